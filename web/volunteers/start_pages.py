"""What the pages of a stranger's first visit share: the draft in the address, the steps, and the way to the next."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from web.design.components import Link
from web.design.form_pages import FormPage
from web.volunteers.start_drafts import DRAFT_PARAMETER, StartDraft, find_latest_draft, has_draft, read_draft

STEP_COUNT = 5


class StartPage(FormPage):
    """A page of the first visit. `step` is its number; `needs` names what must have been said before."""

    login_required = False
    mfa_required = False
    step: ClassVar[int] = 0
    needs: ClassVar[tuple[str, ...]] = ()
    draft: StartDraft

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or lead to the step that is missing."""
        at = timezone.now()
        self.draft = read_draft(request, at=at)
        if request.method != "POST" and DRAFT_PARAMETER not in request.GET:
            return redirect(f"{request.path}?{DRAFT_PARAMETER}={self.draft.id}")
        missing = self.find_missing_step(at=at)
        if missing and request.method != "POST":
            return redirect(self.draft.build_address(missing))
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def find_missing_step(self, *, at: datetime) -> str:
        """Return the name of the page that has to come before this one; empty if none has to."""
        if "skills" in self.needs and not self.draft.has_skills:
            return "start-skills"
        if "week" in self.needs and self.draft.week is None:
            return "start-when"
        return ""

    def warn_of_lost_draft(self) -> None:
        """Say that a draft has ended, where the browser still names it."""
        if DRAFT_PARAMETER in self.request.GET and not has_draft(self.request, at=self.at):
            messages.warning(
                self.request, _("What you said before was kept for a day, and that is over. Say it once more.")
            )

    def build_back(self) -> Link | None:
        """Return the way to the step before."""
        return None

    def build_context(self) -> dict[str, Any]:
        """Return the step, and the way back."""
        return {"step": self.step, "step_count": STEP_COUNT, "back": self.build_back(), "draft": self.draft}

    def go_to(self, name: str, **parameters: str) -> HttpResponse:
        """Return the redirect to another page of the same draft."""
        return redirect(self.draft.build_address(name, **parameters))


def find_my_page() -> str:
    """Return the address of the volunteer's own page."""
    return reverse("volunteer-desk")


def find_way_on(request: HttpRequest, *, at: datetime) -> str:
    """Return the address at which the latest draft of this browser goes on; empty without one."""
    draft = find_latest_draft(request, at=at)
    if draft is None:
        return ""
    if not draft.has_skills:
        return draft.build_address("start-skills")
    if draft.week is None:
        return draft.build_address("start-when")
    return draft.build_address("start-you" if request.user.is_authenticated else "start-fits")


@require_safe
def begin_page(request: HttpRequest) -> HttpResponse:
    """Offer to go on with the latest draft of this browser, or begin a run with a new id. Nothing is stored."""
    way_on = find_way_on(request, at=timezone.now())
    if not way_on:
        return redirect("start-skills")
    response = render(request, "volunteers/start_again.html", {"way_on": way_on})
    patch_cache_control(response, no_store=True, private=True)
    return response
