"""What all pages about one of the reader's own matches share."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from core.api.current_user import get_current_user
from core.models import User
from matching.lifecycle.queries.own_matches import find_own_match
from matching.models import Match
from web.design.components import Link
from web.design.form_pages import FormPage
from web.volunteers.match_words import find_match_address


class OwnMatchPage(FormPage):
    """A page with a form about one of the reader's own matches; any other match is not there."""

    mfa_required = False
    template_name = "volunteers/question.html"
    user: User
    match: Match

    def load(self, **kwargs: Any) -> None:
        """Find the match."""
        self.user = get_current_user(self.request)
        match = find_own_match(self.user, kwargs["match"])
        if match is None:
            raise Http404
        self.match = match

    def reload_match(self) -> None:
        """Read the match again, after an action found it changed."""
        self.load(match=self.match.public_id)

    def build_back(self) -> Link:
        """Return the way back to the page on which the match is read."""
        label = _("The offer") if self.match.state == "offered" else _("Your project")
        return Link(find_match_address(self.match), label)

    def build_context(self) -> dict[str, Any]:
        """Return the match and the way back."""
        return {"match": self.match, "back": self.build_back(), "sentences": self.list_sentences()}

    def list_sentences(self) -> list[str]:
        """Return what stands above the form."""
        return []
