"""What the pages of a stranger's first visit share: their draft, and which step comes before which."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from web.design.visit_code import waits_for_code
from web.design.visit_drafts import VisitDraftStore
from web.design.visit_pages import VisitPage, render_way_on
from web.volunteers.start_drafts import (
    START_DRAFTS,
    StartDraft,
    find_latest_draft,
    keep_form_of_draft,
    read_draft,
)

STEP_COUNT = 5


class StartPage(VisitPage):
    """A page of the first visit. `needs` names what must have been said before."""

    drafts: ClassVar[VisitDraftStore] = START_DRAFTS
    step_count: ClassVar[int] = STEP_COUNT
    needs: ClassVar[tuple[str, ...]] = ()
    draft: StartDraft

    def read_draft(self, *, at: datetime) -> StartDraft:
        """Return the draft that the address names."""
        return read_draft(self.request, at=at)

    def remember_kept_form(self, kept: str) -> None:
        """Store under which id the form of the last page is kept."""
        keep_form_of_draft(self.request, self.draft, kept, at=self.at)

    def find_missing_step(self, *, at: datetime) -> str:
        """Return the name of the page that has to come before this one; empty if none has to."""
        if "skills" in self.needs and not self.draft.has_skills:
            return "start-skills"
        if "week" in self.needs and self.draft.week is None:
            return "start-when"
        return ""


def find_my_page() -> str:
    """Return the address of the volunteer's own page."""
    return reverse("volunteer-desk")


def find_way_on(request: HttpRequest, *, at: datetime) -> str:
    """Return the address at which the latest draft of this browser goes on; empty without one."""
    draft = find_latest_draft(request, at=at)
    return find_next_step(request, draft) if draft else ""


def find_next_step(request: HttpRequest, draft: StartDraft) -> str:
    """Return the address of the page on which a draft goes on."""
    if not draft.has_skills:
        return draft.build_address("start-skills")
    if draft.week is None:
        return draft.build_address("start-when")
    if request.user.is_authenticated:
        return draft.build_address("start-you")
    return draft.build_address("start-code" if waits_for_code(request, "start-code") else "start-fits")


def find_end_of_visit(draft: StartDraft) -> str:
    """Return where the visit ends: at the open role from which it began, or at the volunteer's own page."""
    return reverse("open-role", args=[draft.open_role]) if draft.open_role else find_my_page()


@require_safe
def begin_page(request: HttpRequest) -> HttpResponse:
    """Offer to go on with the latest draft of this browser, or begin a run with a new id. Nothing is stored."""
    way_on = find_way_on(request, at=timezone.now())
    return render_way_on(request, way_on=way_on, begin=reverse("start-skills")) if way_on else redirect("start-skills")
