"""Every match, with a button for every move that a reviewer can make."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from core.admin import ReadOnlyInline, get_row_or_404
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from matching.admin.match_base import BaseMatchAdmin
from matching.lifecycle import explanations
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS, PersonAction, actions_of_actor
from matching.lifecycle.queries.alternates import broadcast_obstacle
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.teams import compute_team_hours, find_missing_roles
from matching.models import ChecklistTick, Match, Message, ProblemReport
from matching.rules.reasons import REASONS_BY_ACTION
from matching.rules.transitions import ActorKind, available_actions


class TransitionForm(forms.Form):
    """What a move asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, verb: str, told: PersonAction, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in told.optional_inputs:
            needed = "reason" in told.required_inputs
            choices = [one for one in REASONS_BY_ACTION[verb].choices if one[0] or not needed]
            self.fields["reason"] = forms.ChoiceField(
                choices=choices, required=needed, label=_("Reason"), widget=UnfoldAdminSelectWidget
            )
        if "note" in told.optional_inputs:
            self.fields["note"] = forms.CharField(
                max_length=500,
                required="note" in told.required_inputs,
                label=_("In your words"),
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
                help_text=_("Seen by reviewers only."),
            )
        if "conduct_heard" in told.optional_inputs:
            self.fields["conduct_heard"] = forms.BooleanField(
                required=False,
                label=_("They keep to the code of conduct"),
                widget=UnfoldBooleanWidget,
                help_text=_("Ask them, unless they have said so before."),
            )

    def action_inputs(self) -> dict[str, Any]:
        """What was filled in, as the action wants it."""
        return dict(self.cleaned_data)


class MessageInline(ReadOnlyInline):
    """What the two sides wrote."""

    model = Message
    fields = ("written_at", "side", "text")


class ProblemReportInline(ReadOnlyInline):
    """What was reported."""

    model = ProblemReport
    fields = ("reported_at", "side", "problem", "text", "due_at", "handled_at")


class ChecklistTickInline(ReadOnlyInline):
    """What was ticked."""

    model = ChecklistTick
    fields = ("stage", "code", "done_at")


class MatchAdmin(BaseMatchAdmin):
    """Every match, whatever became of it."""

    list_display = (
        "volunteer",
        "place",
        "campaign",
        "skill",
        "state",
        "score",
        "state_changed_at",
        "due_at",
        "escalated_at",
    )
    list_filter = ("state", "is_broadcast", ("escalated_at", admin.EmptyFieldListFilter))
    ordering = ("-state_changed_at", "-pk")
    inlines = (MessageInline, ProblemReportInline, ChecklistTickInline)
    fields = (
        *("volunteer", "explanation", "seat", "skill", "request", "campaign", "state", "score_breakdown", "team_hours"),
        *(
            "proposed_at",
            "offered_at",
            "state_changed_at",
            "due_at",
            "remind_at",
            "escalated_at",
            "campaign_asked_at",
            "is_broadcast",
        ),
        *("reason", "note", "version", "run"),
    )
    # One button for each of a reviewer's verbs; those that the match's state does not allow are not shown.
    actions_detail = tuple(f"do_{verb}" for verb in actions_of_actor(ActorKind.REVIEWER))

    @admin.display(description=gettext_lazy("the team together"))
    def team_hours(self, match: Match) -> str:
        """When everybody of the request has time, and who is missing."""
        told = compute_team_hours(match.request, at=timezone.now())
        lacking = find_missing_roles(match.request) if match.request.staffing == "whole" else []
        hours = ngettext(
            "%(people)d person, free for %(hours)g hours a week",
            "%(people)d people, %(hours)g hours a week in common",
            told.people,
        ) % {"people": told.people, "hours": told.hours}
        return f"{hours}. {explanations.explain_incomplete_team(lacking)}" if lacking else f"{hours}."

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Those of the moves that a reviewer can make now."""
        match = self.get_queryset(request).filter(pk=object_id).first() if str(object_id).isdigit() else None
        can = (
            {f"matching_match_do_{verb}" for verb in available_actions(match.state, ActorKind.REVIEWER)}
            if match
            else set()
        )
        if match and broadcast_obstacle(match.seat, policy=get_active_policy()) is not None:
            can.discard("matching_match_do_broadcast")
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name in can]


def _build_action_page(verb: str, told: PersonAction) -> Callable[[MatchAdmin, HttpRequest, str], HttpResponse]:
    """A page that asks what the move needs and has the button that makes it: a link changes nothing."""

    def press(self: MatchAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
        back = reverse("admin:matching_match_change", args=[object_id])
        match = get_row_or_404(self.get_queryset(request), object_id)
        if verb not in available_actions(match.state, ActorKind.REVIEWER):
            messages.warning(request, _("This is no longer possible. Below is how it stands now."))
            return HttpResponseRedirect(back)
        form = TransitionForm(verb, told, request.POST or None, initial={"version": match.version})
        if form.is_valid():
            try:
                told.perform(actor=get_current_user(request), match=match, at=timezone.now(), **form.action_inputs())
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("Done: %(what)s.") % {"what": told.label})
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": form, "match": match, "opts": self.opts}
        words = {"title": told.label, "summary": told.summary, "back": back, "danger": told.is_destructive}
        return render(request, "admin/move.html", context | words)

    press.__name__ = f"do_{verb}"
    variant = ActionVariant.DANGER if told.is_destructive else ActionVariant.SUCCESS
    button: Callable[[MatchAdmin, HttpRequest, str], HttpResponse]
    button = action(description=told.label, url_path=f"do-{verb}", variant=variant)(press)
    return button


for _verb in actions_of_actor(ActorKind.REVIEWER):
    setattr(MatchAdmin, f"do_{_verb}", _build_action_page(_verb, PERSON_ACTIONS[ActorKind.REVIEWER, _verb]))
admin.site.register(Match, MatchAdmin)
