"""Proposals to be reviewed, and every match."""

from collections.abc import Callable, Iterable
from datetime import date
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

from core.admin import ReadOnlyAdmin, ReadOnlyInline
from core.api.caller import caller
from core.errors import HandraiserError
from matching import wording
from matching.actions.review import approve, reject
from matching.actions.verbs import VERBS, Verb, verbs_of
from matching.models import Check, Match, Message, Proposal, Report
from matching.queries.alternates import may_be_raced
from matching.queries.matches import active_policy, with_story
from matching.queries.teams import missing, together
from matching.rules import REASONS, RejectReason, Who, verbs


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

    search_fields: tuple[str, ...] = (
        "volunteer__first_name",
        "volunteer__last_name",
        "request__title",
        "request__campaign__name",
    )
    fields: tuple[str, ...] = (
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
    """The review list: whoever waits longest is first."""

    list_display = ("volunteer", "place", "campaign", "skill", "flags", "parts_named", "waits", "due_at")
    list_filter = ("request__priority", "request__urgent", "request__staffing", "seat__role__skill__parent")
    ordering = ("volunteer__raised_at", "pk")
    actions = ("approve_selected", "reject_selected")
    actions_detail = ("approve_one", "reject_one")

    @admin.display(description=gettext_lazy("waits since"), ordering="volunteer__raised_at")
    def waits(self, match: Match) -> date:
        """When they raised their hand, or ended their last project."""
        return match.volunteer.raised_at.date()

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


class MoveForm(forms.Form):
    """What a move asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, verb: str, told: Verb, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in told.asks:
            needed = "reason" in told.needs
            choices = [one for one in REASONS[verb].choices if one[0] or not needed]
            self.fields["reason"] = forms.ChoiceField(
                choices=choices, required=needed, label=_("Reason"), widget=UnfoldAdminSelectWidget
            )
        if "note" in told.asks:
            self.fields["note"] = forms.CharField(
                max_length=500,
                required="note" in told.needs,
                label=_("In your words"),
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
                help_text=_("Seen by reviewers only."),
            )

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action wants it."""
        return dict(self.cleaned_data)


class MessageInline(ReadOnlyInline):
    """What the two sides wrote."""

    model = Message
    fields = ("written_at", "side", "text")


class ReportInline(ReadOnlyInline):
    """What was reported."""

    model = Report
    fields = ("reported_at", "side", "problem", "text", "due_at", "handled_at")


class CheckInline(ReadOnlyInline):
    """What was ticked."""

    model = Check
    fields = ("stage", "code", "done_at")


class MatchAdmin(MatchStory):
    """Every match, whatever became of it."""

    list_display = ("volunteer", "place", "campaign", "skill", "state", "score", "moved_at", "due_at", "escalated_at")
    list_filter = ("state", "raced", ("escalated_at", admin.EmptyFieldListFilter))
    ordering = ("-moved_at", "-pk")
    inlines = (MessageInline, ReportInline, CheckInline)
    fields = (
        *("volunteer", "why", "seat", "skill", "request", "campaign", "state", "parts_named", "common"),
        *("proposed_at", "offered_at", "moved_at", "due_at", "remind_at", "escalated_at", "raced"),
        *("reason", "note", "version", "run"),
    )
    # One button for each of a reviewer's verbs; those that the match's state does not allow are not shown.
    actions_detail = tuple(f"do_{verb}" for verb in verbs_of(Who.REVIEWER))

    @admin.display(description=gettext_lazy("the team together"))
    def common(self, match: Match) -> str:
        """When everybody of the request has time, and who is missing."""
        told = together(match.request, at=timezone.now())
        lacking = missing(match.request) if match.request.staffing == "whole" else []
        hours = _("%(people)d people, %(hours)g hours a week in common") % {"people": told.people, "hours": told.hours}
        return f"{hours}. {wording.not_complete(lacking)}" if lacking else f"{hours}."

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Those of the moves that a reviewer can make now."""
        match = Match.objects.filter(pk=object_id).first()
        can = {f"matching_match_do_{verb}" for verb in verbs(match.state, Who.REVIEWER)} if match else set()
        if match and may_be_raced(match.seat, policy=active_policy()) is not None:
            can.discard("matching_match_do_race")
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name in can]


def _button(verb: str, told: Verb) -> Callable[[MatchAdmin, HttpRequest, str], HttpResponse]:
    """A page that asks what the move needs and has the button that makes it: a link changes nothing."""

    def press(self: MatchAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
        back = reverse("admin:matching_match_change", args=[object_id])
        match = self.get_queryset(request).filter(pk=object_id).first()
        if match is None or verb not in verbs(match.state, Who.REVIEWER):
            messages.warning(request, _("This is no longer possible. Below is how it stands now."))
            return HttpResponseRedirect(back)
        form = MoveForm(verb, told, request.POST or None, initial={"version": match.version})
        if form.is_valid():
            try:
                told.act(actor=caller(request), match=match, at=timezone.now(), **form.said())
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("Done: %(what)s.") % {"what": told.label})
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": form, "match": match, "opts": self.opts}
        words = {"title": told.label, "summary": told.summary, "back": back, "danger": told.danger}
        return render(request, "admin/matching/move.html", context | words)

    press.__name__ = f"do_{verb}"
    variant = ActionVariant.DANGER if told.danger else ActionVariant.SUCCESS
    button: Callable[[MatchAdmin, HttpRequest, str], HttpResponse]
    button = action(description=told.label, url_path=f"do-{verb}", variant=variant)(press)
    return button


for _verb in verbs_of(Who.REVIEWER):
    setattr(MatchAdmin, f"do_{_verb}", _button(_verb, VERBS[Who.REVIEWER, _verb]))
admin.site.register(Match, MatchAdmin)
