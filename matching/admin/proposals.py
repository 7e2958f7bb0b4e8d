"""The review list: proposals that wait for a reviewer."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant

from core.admin_seen_versions import SeenVersionsMixin, find_seen_version, render_version_input
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from matching.admin.match_base import BaseMatchAdmin
from matching.admin.proposal_forms import AlternateForm, RejectForm
from matching.lifecycle.actions.review import approve_alternate, approve_match, reject_match
from matching.lifecycle.queries.alternates import find_alternates, reviewer_profile_ids
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Proposal
from matching.rules.states import MatchState
from volunteers.models import Volunteer

MAX_ALTERNATES = 10


@admin.register(Proposal)
class ProposalAdmin(SeenVersionsMixin, BaseMatchAdmin):
    """The review list; the volunteer who has waited longest is first.

    Columns that all lists of matches share are methods in `match_base.py`.
    """

    list_display = (
        "volunteer",
        "place",
        "campaign",
        "skill",
        "review_warnings",
        "score_breakdown",
        "waiting_since",
        "due_at",
    )
    list_filter = ("request__priority", "request__urgent", "request__staffing", "seat__role__skill__parent")
    ordering = ("volunteer__waiting_since", "pk")
    actions = ("approve_selected", "reject_selected")
    actions_detail = ("approve_one", "reject_one", "choose_alternate")

    @admin.display(description=gettext_lazy("waiting since"), ordering="volunteer__waiting_since")
    def waiting_since(self, match: Match) -> date:
        """Return the day when the volunteer signed up or ended their last project."""
        return match.volunteer.waiting_since.date()

    @admin.display(description=gettext_lazy("to check"))
    def review_warnings(self, match: Match) -> str:
        """Return what a reviewer should check."""
        warnings = {
            _("the job may restrict political work"): match.volunteer.job_restricts == "yes",
            _("asks for vetting"): bool(match.seat.role.vetted_for),
            _("takes decisions"): match.seat.role.makes_decisions,
            _("urgent"): match.request.urgent,
        }
        return ", ".join(text for text, applies in warnings.items() if applies) or "–"

    def get_name(self, match: Match) -> str:
        """Return how messages name a proposal: by its volunteer."""
        return str(match.volunteer)

    @admin.action(description=gettext_lazy("Approve"))
    def approve_selected(self, request: HttpRequest, matches: QuerySet[Match]) -> None:
        """Approve each selected proposal, and show an error for those that have changed."""
        self._decide_each(request, matches, partial(approve_match, actor=get_current_user(request), at=timezone.now()))

    @admin.action(description=gettext_lazy("Not this time…"))
    def reject_selected(self, request: HttpRequest, matches: QuerySet[Match]) -> HttpResponse | None:
        """Ask for the reason, then reject each selected proposal."""
        form = RejectForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            reject = partial(reject_match, actor=get_current_user(request), at=timezone.now(), **form.cleaned_data)
            self._decide_each(request, matches, reject)
            return None
        return self._render_decision_page(request, matches, "reject_selected", _("Not this time"), form)

    @action(description=gettext_lazy("Approve"), url_path="approve", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def approve_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the approve button of one proposal, because a link must not change anything."""
        return self._confirm_one(request, object_id, "approve_selected", _("Approve this proposal?"))

    @action(description=gettext_lazy("Not this time…"), url_path="reject", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    def reject_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason to reject one proposal."""
        return self._confirm_one(request, object_id, "reject_selected", _("Not this time"))

    @action(description=gettext_lazy("Somebody else…"), url_path="somebody-else")  # type: ignore[untyped-decorator]
    def choose_alternate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the alternates for the seat, and approve the one that the reviewer chooses."""
        match = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdigit() else None
        if match is None:
            return self._redirect_already_decided(request)
        seat, at = match.seat, timezone.now()
        besides = [match.volunteer_id, *reviewer_profile_ids(get_current_user(request))]
        alternates = find_alternates(seat, policy=get_active_policy(), at=at, most=MAX_ALTERNATES, besides=besides)
        form = AlternateForm(alternates, request.POST or None)
        if form.is_valid():
            return self._approve_alternate(request, match, form.cleaned_data["volunteer"])
        texts = {
            "title": _("Somebody else for this place"),
            "summary": _("Choose another volunteer than the run proposed. Your choice is approved at once."),
            "button": _("Approve this person"),
            "back": reverse("admin:matching_proposal_change", args=[object_id]),
        }
        context = {**self.admin_site.each_context(request), "form": form, "match": match, "opts": self.opts}
        return render(request, "admin/action_form.html", context | texts)

    def _approve_alternate(self, request: HttpRequest, match: Match, volunteer: Volunteer) -> HttpResponse:
        try:
            approved = approve_alternate(
                actor=get_current_user(request), seat=match.seat, volunteer=volunteer, at=timezone.now()
            )
        except HandraiserError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("admin:matching_proposal_change", args=[match.pk]))
        if approved.state == MatchState.PROPOSED:
            messages.info(request, _("Your approval is stored. Another reviewer has to approve, too."))
        else:
            messages.success(request, _("Approved: %(name)s.") % {"name": volunteer})
        return HttpResponseRedirect(reverse("admin:matching_match_change", args=[approved.pk]))

    def _redirect_already_decided(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, _("Another reviewer has decided about this proposal meanwhile. Choose another one."))
        return HttpResponseRedirect(reverse("admin:matching_proposal_changelist"))

    def _confirm_one(self, request: HttpRequest, object_id: str, action_name: str, title: str) -> HttpResponse:
        match = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdigit() else None
        if match is None:
            return self._redirect_already_decided(request)
        form = RejectForm() if action_name == "reject_selected" else None
        return self._render_decision_page(request, [match], action_name, title, form)

    def _render_decision_page(
        self, request: HttpRequest, matches: Iterable[Match], action_name: str, title: str, form: RejectForm | None
    ) -> HttpResponse:
        """Render the page with the deciding button; its form posts to the list, like the list's own actions."""
        back = reverse("admin:matching_proposal_changelist")
        rows = [
            (match, render_version_input(match.pk, find_seen_version(request, match.pk) or match.version))
            for match in matches
        ]
        context = {**self.admin_site.each_context(request), "form": form, "rows": rows, "opts": self.opts}
        return render(
            request, "admin/matching/decide.html", {**context, "title": title, "action_name": action_name, "back": back}
        )

    def _decide_each(self, request: HttpRequest, matches: QuerySet[Match], decide: Callable[..., Match]) -> None:
        decided: list[Match] = []
        self.act_on_each(
            request,
            matches.order_by("pk"),
            lambda match, version: decided.append(decide(match=match, version=version)),
        )
        waiting = [match for match in decided if match.state == MatchState.PROPOSED]
        if waiting:
            messages.info(request, _("Your approval is stored. Another reviewer has to approve, too."))
        if len(decided) > len(waiting):
            messages.success(request, _("Decided: %(count)d.") % {"count": len(decided) - len(waiting)})
