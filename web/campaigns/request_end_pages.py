"""The base of the pages before a request ends. It counts by stage what happens to people."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Request
from core.api.current_user import get_current_user
from core.errors import Stale
from core.models import User
from matching.lifecycle.queries.request_people import count_known_people
from matching.rules.states import MatchState
from web.campaigns.stored_plan_pages import find_plan
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.design.form_pages import VERSION_FIELD
from web.design.told_sentences import digest_sentences

TOLD_FIELD = "told"


class EndRequestForm(forms.Form):
    """The version of the request that its reader saw, and the digest of what they were told."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    told = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class EndRequestPage(ConfirmPage):
    """Base of both. A request that is over, or was never published, leads to where it stands."""

    form_class: type[forms.Form] = EndRequestForm
    keep_label = gettext_lazy("No, go back")
    ended_states: ClassVar[tuple[MatchState, ...]]
    open_states: ClassVar[tuple[Request.State, ...]]
    user: User
    stored: Request

    def load(self, **kwargs: Any) -> None:
        """Find the request, and count its people. Raises Http404."""
        self.user = get_current_user(self.request)
        self.stored = find_plan(self.user, campaign_id=kwargs["campaign_id"], request_id=kwargs["request_id"])
        self.counts = count_known_people(self.user, self.stored)
        self.what_happens = list(self.list_consequences())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or show where the request stands if there is nothing to end."""
        if self.stored.state not in self.open_states:
            return redirect(self.build_back().href)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Return the version that the reader sees, and the digest of what they are told."""
        return {VERSION_FIELD: self.stored.version, TOLD_FIELD: digest_sentences(self.what_happens)}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page, whose form says what its reader is told now."""
        if self.form.is_bound:
            data = QueryDict(mutable=True)
            data.update(self.form.data)
            data[TOLD_FIELD] = digest_sentences(self.what_happens)
            self.form.data = data
        return super().render_page(status=status, **more)

    def check_told(self) -> None:
        """Raise Stale where something else happens by now than the reader was told; what is over, the action says."""
        if not Request.objects.filter(pk=self.stored.pk, state__in=self.open_states).exists():
            return
        self.counts = count_known_people(self.user, self.stored)
        self.what_happens = list(self.list_consequences())
        if self.form.cleaned_data[TOLD_FIELD] != digest_sentences(self.what_happens):
            raise Stale(_("Somebody has answered meanwhile. Read what happens now, and decide again."))

    def build_context(self) -> dict[str, Any]:
        """Return a title without the name of the project."""
        return {"page_title": self.button}

    def build_back(self) -> Link:
        """Return the way back to the request."""
        ids = [self.stored.campaign.public_id, self.stored.public_id]
        return Link(reverse("campaign-request", args=ids), self.stored.shown_title)

    def list_consequences(self) -> Iterator[str]:
        """Yield in whole sentences what happens to whom, and when."""
        raise NotImplementedError

    def count_ended(self, state: MatchState) -> int:
        """Return how many places have a person at this stage whom it ends for."""
        return self.counts.get(state, 0) if state in self.ended_states else 0

    def describe_asked(self) -> Iterator[str]:
        """Yield what happens to those who have not begun."""
        asked, said_yes = self.count_ended(MatchState.OFFERED), self.count_ended(MatchState.ACCEPTED)
        if asked:
            text = ngettext(
                "A person is asked for %(count)d place. They hear today that plans changed.",
                "People are asked for %(count)d places. They hear today that plans changed.",
                asked,
            )
            yield text % {"count": asked}
        if said_yes:
            text = ngettext(
                "%(count)d person said yes and has not begun. They hear today, kindly, that nothing comes of it.",
                "%(count)d people said yes and have not begun. They hear today, kindly, that nothing comes of it.",
                said_yes,
            )
            yield text % {"count": said_yes}
        if asked or said_yes:
            yield _("It does not set them back: they keep their turn.")
        elif not any(self.counts.values()):
            yield _("Nobody is asked or at work, so it concerns nobody.")
