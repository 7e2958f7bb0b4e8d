"""Proposals to be reviewed, and every match."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core.admin import ReadOnlyAdmin
from core.api.caller import caller
from core.errors import HandraiserError
from matching import wording
from matching.actions.review import approve, reject
from matching.models import Match, Proposal
from matching.queries.matches import with_story
from matching.rules import RejectReason


class RejectForm(forms.Form):
    """Why not, as a choice and in words."""

    reason = forms.ChoiceField(
        choices=RejectReason.choices, label=gettext_lazy("Reason"), widget=UnfoldAdminSelectWidget
    )
    note = forms.CharField(
        max_length=500,
        required=False,
        label=gettext_lazy("In your words"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Seen by reviewers only."),
    )


class MatchStory(ReadOnlyAdmin):
    """What both lists say about a match."""

    search_fields = ("volunteer__first_name", "volunteer__last_name", "request__title", "request__campaign__name")
    fields = (
        *("volunteer", "why", "seat", "skill", "request", "campaign", "state", "parts_named"),
        *("proposed_at", "due_at", "reason", "note", "run"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With everything that a row says, in one statement."""
        return with_story(super().get_queryset(request))

    @admin.display(description=gettext_lazy("skill"), ordering="seat__role__skill__name")
    def skill(self, match: Match) -> str:
        """What the place asks for."""
        return f"{match.seat.role.skill} {match.seat.role.level}+"

    @admin.display(description=gettext_lazy("campaign"), ordering="request__campaign__name")
    def campaign(self, match: Match) -> str:
        """Whose place it is."""
        return match.request.campaign.name

    @admin.display(description=gettext_lazy("place"))
    def place(self, match: Match) -> str:
        """Role and project."""
        return f"{match.seat.role.name}, {match.request.title}"

    @admin.display(description=gettext_lazy("why"))
    def why(self, match: Match) -> str:
        """The reason in one sentence."""
        return wording.why_match(match)

    @admin.display(description=gettext_lazy("score"), ordering="score")
    def parts_named(self, match: Match) -> str:
        """The score and what it is made of, the largest part first."""
        parts = sorted(((value, name) for name, value in match.parts.items() if value), reverse=True)
        rows = format_html_join(" + ", "{} {}", ((wording.NAMES[name], value) for value, name in parts))
        return format_html('<span class="inline-block py-2"><strong>{}</strong> = {}</span>', match.score, rows)


@admin.register(Proposal)
class ProposalAdmin(MatchStory):
    """The review list: the best first."""

    list_display = ("volunteer", "place", "campaign", "skill", "flags", "parts_named", "proposed_at")
    list_filter = ("request__priority", "request__urgent", "request__staffing", "seat__role__skill__parent")
    ordering = ("-score", "pk")
    actions = ("approve_selected", "reject_selected")
    actions_detail = ("approve_one", "reject_one")

    @admin.display(description=gettext_lazy("look twice"))
    def flags(self, match: Match) -> str:
        """What a reviewer should think about."""
        told = {
            _("the job may restrict political work"): match.volunteer.job_restricts == "yes",
            _("asks for vetting"): bool(match.seat.role.vetted_for),
            _("takes decisions"): match.seat.role.decides,
            _("urgent"): match.request.urgent,
        }
        return ", ".join(text for text, true in told.items() if true) or "–"

    @admin.action(description=gettext_lazy("Approve"))
    def approve_selected(self, request: HttpRequest, matches: QuerySet[Match]) -> None:
        """Approves each; what has moved meanwhile is told."""
        self._each(request, matches, lambda match: approve(actor=caller(request), match=match, at=timezone.now()))

    @admin.action(description=gettext_lazy("Not this time…"))
    def reject_selected(self, request: HttpRequest, matches: QuerySet[Match]) -> HttpResponse | None:
        """Asks for the reason first, then rejects each."""
        form = RejectForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            said = form.cleaned_data
            self._each(
                request, matches, lambda match: reject(actor=caller(request), match=match, at=timezone.now(), **said)
            )
            return None
        return self._ask(request, matches, "reject_selected", _("Not this time"), form)

    @action(description=gettext_lazy("Approve"), url_path="approve", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def approve_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks once more, because a link must not change anything; then approves."""
        return self._one(request, object_id, "approve_selected", _("Approve this proposal?"))

    @action(description=gettext_lazy("Not this time…"), url_path="reject", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    def reject_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the reason, then rejects."""
        return self._one(request, object_id, "reject_selected", _("Not this time"))

    def _one(self, request: HttpRequest, object_id: str, verb: str, title: str) -> HttpResponse:
        match = self.get_queryset(request).filter(pk=object_id).first()
        if match is None:
            messages.warning(request, _("Somebody has decided about this proposal meanwhile."))
            return HttpResponseRedirect(reverse("admin:matching_proposal_changelist"))
        form = RejectForm() if verb == "reject_selected" else None
        return self._ask(request, [match], verb, title, form)

    def _ask(
        self, request: HttpRequest, matches: Iterable[Match], verb: str, title: str, form: RejectForm | None
    ) -> HttpResponse:
        """A page with the button that decides; it answers to the list, as the list's own actions do."""
        back = reverse("admin:matching_proposal_changelist")
        context = {**self.admin_site.each_context(request), "form": form, "matches": matches, "opts": self.opts}
        return render(request, "admin/matching/decide.html", {**context, "title": title, "verb": verb, "back": back})

    def _each(self, request: HttpRequest, matches: QuerySet[Match], decide: Callable[[Match], Match]) -> None:
        done = 0
        for match in matches.order_by("pk"):
            try:
                decide(match)
            except HandraiserError as error:
                messages.error(request, f"{match.volunteer}: {error.message}")
            else:
                done += 1
        if done:
            messages.success(request, _("Decided: %(count)d.") % {"count": done})


@admin.register(Match)
class MatchAdmin(MatchStory):
    """Every match, whatever became of it."""

    list_display = ("volunteer", "place", "campaign", "skill", "state", "score", "moved_at", "due_at")
    list_filter = ("state",)
    ordering = ("-moved_at", "-pk")
