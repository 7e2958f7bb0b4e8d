"""What the pages of a first visit share: the draft in the address, the steps, and the way to the next."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from core.errors import Invalid, TooManyRequests
from web.design.components import Link
from web.design.form_pages import FormPage
from web.design.kept_forms import KEPT_FORM_PARAMETER, keep_form
from web.design.visit_drafts import DRAFT_LIFETIME, DRAFT_PARAMETER, VisitDraft, VisitDraftStore, count_new_visit


class VisitPage(FormPage):
    """A page of a first visit. `step` is its number; `drafts` are those of its room.

    A room says how a draft is read, and which step must come before this page.
    """

    login_required = False
    mfa_required = False
    redirects_errors = True
    drafts: ClassVar[VisitDraftStore]
    step: ClassVar[int] = 0
    step_count: ClassVar[int] = 0
    draft: Any
    page_to_mend = ""
    """The earlier page on which what is wrong is mended; empty if it is this one. `error_before` says what is wrong."""

    error_before: Invalid

    def read_draft(self, *, at: datetime) -> VisitDraft:
        """Return the draft that the address names, empty if there is none."""
        raise NotImplementedError

    def remember_kept_form(self, kept: str) -> None:
        """Store in the draft under which id the form of its last page is kept."""
        raise NotImplementedError

    def find_missing_step(self, *, at: datetime) -> str:
        """Return the name of the page that has to come before this one; empty if none has to."""
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or lead to the step that is missing."""
        at = timezone.now()
        self.draft = self.read_draft(at=at)
        if request.method != "POST" and DRAFT_PARAMETER not in request.GET:
            return redirect(f"{request.path}?{DRAFT_PARAMETER}={self.draft.id}")
        missing = self.find_missing_step(at=at)
        if missing and request.method != "POST":
            return redirect(self.draft.build_address(missing))
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def warn_of_lost_draft(self) -> None:
        """Say that a draft has ended, where the browser still names it."""
        if DRAFT_PARAMETER in self.request.GET and not self.drafts.knows(self.request, at=self.at):
            messages.warning(
                self.request, _("What you said before was kept for a day, and that is over. Say it once more.")
            )

    def build_back(self) -> Link | None:
        """Return the way to the step before."""
        return None

    def build_context(self) -> dict[str, Any]:
        """Return the step, and the way back."""
        return {"step": self.step, "step_count": self.step_count, "back": self.build_back(), "draft": self.draft}

    def go_to(self, name: str, **parameters: str) -> HttpResponse:
        """Return the redirect to another page of the same draft."""
        return redirect(self.draft.build_address(name, **parameters))

    def refuse(self, *, status: int = HTTPStatus.BAD_REQUEST, **more: Any) -> HttpResponse:
        """Show what is wrong, or lead to the page on which it is mended; what was typed here is kept."""
        if not self.page_to_mend:
            return super().refuse(status=status, **more)
        messages.error(self.request, self.error_before.message)
        return self.keep_and_go_to(self.page_to_mend)

    def keep_refused(self) -> str:
        """Keep a wrong form. The session of a visitor ends after a day, and of too many from a network none begins."""
        if self.request.user.is_authenticated:
            return super().keep_refused()
        try:
            self.count_session()
        except TooManyRequests:
            return ""
        address = super().keep_refused()
        if f"{KEPT_FORM_PARAMETER}=" in address:
            self.request.session.set_expiry(DRAFT_LIFETIME)
        return address

    def count_session(self) -> None:
        """Count the session that begins where this visitor has none. Raises TooManyRequests."""
        if not self.request.user.is_authenticated and self.request.session.session_key is None:
            count_new_visit(self.request, at=self.at)

    def keep_and_go_to(self, name: str) -> HttpResponse:
        """Keep what was typed here, and lead to an earlier page, after which this one shows it again."""
        self.keep_typed()
        return self.go_to(name)

    def keep_typed(self) -> None:
        """Keep what was typed here, and remember in the draft under which id. Raises TooManyRequests."""
        self.count_session()
        self.remember_kept_address(keep_form(self.request, at=self.at, changed=self.request.POST))

    def remember_kept_address(self, address: str) -> str:
        """Store in the draft under which id an address shows a kept form, and return the address."""
        self.remember_kept_form(parse_qs(urlsplit(address).query).get(KEPT_FORM_PARAMETER, [""])[0])
        return address


def render_way_on(request: HttpRequest, *, way_on: str, begin: str, note: str = "", heading: str = "") -> HttpResponse:
    """Offer to go on with the latest draft of this browser, or to begin another. Nothing is stored.

    `note` says where a draft is kept that is not the browser's. `heading` stands in place of the question.
    """
    heading = heading or _("Go on where you were?")
    note = note or _("What you said in this browser is kept for a day.")
    shown = {"way_on": way_on, "begin": begin, "note": note, "heading": heading}
    response = render(request, "design/visit_again.html", shown)
    patch_cache_control(response, no_store=True, private=True)
    return response
