"""What the pages of a plan share: their draft, and which step comes before which."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.request_queries import find_unpublished_request
from core.models import User
from web.campaigns.plan_draft_parts import StoredPlan, TypedForm
from web.campaigns.plan_drafts import (
    PLAN_DRAFTS,
    PlanDraft,
    find_latest_draft,
    is_kept_with_account,
    keep_form_of_draft,
    read_draft,
    store_draft,
)
from web.design.form_keys import MARK_FIELDS
from web.design.kept_forms import KEPT_FORM_PARAMETER
from web.design.visit_drafts import VisitDraftStore
from web.design.visit_pages import VisitPage, render_way_on

STEP_COUNT = 8
FIRST_PAGE = "plan-outcome"
LATER_PARAMETER = "later"
MAX_TYPED_CHARACTERS = 3_000


class PlanPage(VisitPage):
    """A page of a plan that is not stored yet. `needs` names what must have been said before.

    With `keeps_for_later` its form has a second button, which keeps what stands in it.
    """

    drafts: ClassVar[VisitDraftStore] = PLAN_DRAFTS
    step_count: ClassVar[int] = STEP_COUNT
    needs: ClassVar[tuple[str, ...]] = ()
    keeps_for_later: ClassVar[bool] = False
    draft: PlanDraft

    def read_draft(self, *, at: datetime) -> PlanDraft:
        """Return the draft that the address names."""
        return read_draft(self.request, at=at)

    def remember_kept_form(self, kept: str) -> None:
        """Store under which id the form of the last page is kept."""
        keep_form_of_draft(self.request, self.draft, kept, at=self.at)

    def build_context(self) -> dict[str, Any]:
        """Return the step, the way back, and where it is said how a plan goes on later."""
        return super().build_context() | {
            "later": f"{reverse('plan')}?{LATER_PARAMETER}=1",
            "later_button": LATER_PARAMETER if self.keeps_for_later else "",
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page, with what stood in its form when its writer left to go on later."""
        typed = self.draft.typed
        if typed is None or typed.page != self._find_name() or KEPT_FORM_PARAMETER in request.GET:
            return super().get(request, **kwargs)
        return self.show_unjudged(QueryDict(urlencode(typed.fields, doseq=True)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Perform the form, or keep what stands in it for later."""
        if self.keeps_for_later and LATER_PARAMETER in request.POST:
            return self._keep_for_later()
        if self.draft.typed is not None and self.draft.typed.page == self._find_name():
            self.draft = replace(self.draft, typed=None)
        return super().post(request, **kwargs)

    def _keep_for_later(self) -> HttpResponse:
        fields = {
            name: texts
            for name, texts in self.request.POST.lists()
            if name not in (*MARK_FIELDS, LATER_PARAMETER) and any(text.strip() for text in texts)
        }
        size = sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
        if size > MAX_TYPED_CHARACTERS:
            message = _("This has more than %(limit)s characters, so we can't keep it. Shorten a text, then try again.")
            return self._show_unkept(message % {"limit": MAX_TYPED_CHARACTERS})
        if fields or self.draft.has_outcome:
            typed = TypedForm(self._find_name(), fields) if fields else self.draft.typed
            store_draft(self.request, replace(self.draft, typed=typed), at=self.at)
        return redirect(f"{reverse('plan')}?{LATER_PARAMETER}=1")

    def _show_unkept(self, message: str) -> HttpResponse:
        messages.warning(self.request, message)
        page = self.show_unjudged(self.request.POST)
        page.status_code = HTTPStatus.BAD_REQUEST
        return page

    def _find_name(self) -> str:
        match = self.request.resolver_match
        return match.url_name or "" if match else ""

    def find_missing_step(self, *, at: datetime) -> str:
        """Return the name of the page that has to come before this one; empty if none has to."""
        if "outcome" in self.needs and not self.draft.has_outcome:
            return FIRST_PAGE
        if "plan" in self.needs and not self.draft.has_plan:
            return "plan-closest"
        if "race" in self.needs and self.draft.race is None:
            return "plan-race"
        return ""


class SignedInPlanPage(PlanPage):
    """A page after the code. Who comes back to it once the plan is stored goes on with the stored one.

    A second factor is asked where the role needs one: the same account may act for a campaign that sees people.
    """

    login_required = True
    mfa_required = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page, or lead to the plan that is stored."""
        if self.draft.stored is not None:
            return go_to_stored(self.draft.stored)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Perform the form; what was typed is kept while a step is missing."""
        if self.draft.stored is not None:
            return go_to_stored(self.draft.stored)
        missing = self.find_missing_step(at=self.at)
        if missing:
            self.warn_of_lost_draft()
            return self.keep_and_go_to(missing)
        return super().post(request, **kwargs)


def go_to_stored(stored: StoredPlan) -> HttpResponse:
    """Return the redirect to the page on which a stored plan is checked and published."""
    return redirect("campaign-publish", campaign_id=UUID(stored.campaign), request_id=UUID(stored.request))


def find_way_on(request: HttpRequest, *, at: datetime) -> str:
    """Return the address at which the latest plan of this browser goes on; empty without one."""
    draft = find_latest_draft(request, at=at)
    if draft is None:
        return ""
    if draft.stored is not None:
        return reverse("campaign-publish", args=[draft.stored.campaign, draft.stored.request])
    if draft.typed is not None:
        return draft.build_address(draft.typed.page)
    if not draft.has_plan:
        return draft.build_address("plan-closest")
    if not request.user.is_authenticated:
        return draft.build_address("plan-project")
    return draft.build_address("plan-campaign" if draft.race else "plan-race")


def find_unstored_way_on(request: HttpRequest, *, at: datetime) -> str:
    """Return the address at which a plan of this browser goes on that no account has yet; empty without one."""
    draft = find_latest_draft(request, at=at)
    return find_way_on(request, at=at) if draft is not None and draft.stored is None else ""


@require_safe
def begin_page(request: HttpRequest) -> HttpResponse:
    """Offer to go on with the latest plan of this browser, or with one that waits to be published; else begin one."""
    begin, way_on = reverse(FIRST_PAGE), find_way_on(request, at=timezone.now())
    is_later = LATER_PARAMETER in request.GET
    is_kept = is_kept_with_account(request, at=timezone.now())
    if way_on and is_later:
        heading = _("Your plan is kept")
        return render_way_on(request, way_on=way_on, begin=begin, note=_describe_keeping(is_kept), heading=heading)
    if way_on:
        return render_way_on(request, way_on=way_on, begin=begin, note=_describe_keeping(is_kept))
    if is_later:
        return redirect("home")
    unpublished = find_unpublished_request(request.user) if isinstance(request.user, User) else None
    if unpublished is None:
        return redirect(FIRST_PAGE)
    way_on = reverse("campaign-publish", args=[unpublished.campaign.public_id, unpublished.public_id])
    note = _("You have a plan that is saved and not published yet: %(title)s.") % {"title": unpublished.shown_title}
    return render_way_on(request, way_on=way_on, begin=begin, note=note)


def _describe_keeping(is_kept_with_account: bool) -> str:
    """Return where a plan is kept, and for how long: at first in the browser, with the account after a sign-in."""
    if is_kept_with_account:
        return _("It is kept with your account for 30 days. Sign in on any device, and “My plan” leads you back to it.")
    return _(
        "It is kept in this browser for a day. Go on while you are signed in, and your account keeps it for 30 days, "
        "on any device."
    )
