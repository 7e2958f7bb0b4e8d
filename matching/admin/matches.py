"""The admin pages of all matches, with a button for each action of a reviewer."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action
from unfold.enums import ActionVariant

from core.admin_base import ReadOnlyInline, get_row_or_404
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from matching.admin.match_base import BaseMatchAdmin
from matching.admin.transition_form import TransitionForm
from matching.lifecycle.acceptance_obstacles import explain_incomplete_team
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS, PersonAction, actions_of_actor
from matching.lifecycle.queries.alternates import broadcast_obstacle
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.teams import compute_team_hours, find_missing_roles
from matching.models import ChecklistTick, Match, Message, ProblemReport
from matching.rules.transitions import ActorKind, available_actions


class MessageInline(ReadOnlyInline):
    """The messages between the two sides."""

    model = Message
    contest_path = f"match__{CONTEST_OF_MATCH}"
    fields = ("written_at", "side", "text")


class ProblemReportInline(ReadOnlyInline):
    """The problem reports of the match."""

    model = ProblemReport
    contest_path = f"match__{CONTEST_OF_MATCH}"
    fields = ("reported_at", "side", "kind", "text", "answer_due_at", "handled_at")


class ChecklistTickInline(ReadOnlyInline):
    """The ticked lines of the match's checklists."""

    model = ChecklistTick
    contest_path = f"match__{CONTEST_OF_MATCH}"
    fields = ("stage", "item_code", "ticked_at")


class MatchAdmin(BaseMatchAdmin):
    """All matches in every state."""

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
            "offer_leaves_at",
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
    # One button for each action of a reviewer; `get_actions_detail` hides those that the match's state does not allow.
    actions_detail = tuple(f"do_{name}" for name in actions_of_actor(ActorKind.REVIEWER))

    @admin.display(description=gettext_lazy("the team together"))
    def team_hours(self, match: Match) -> str:
        """Return the hours that the team has in common, and the roles that are missing."""
        common = compute_team_hours(match.request, at=timezone.now())
        missing_roles = find_missing_roles(match.request) if match.request.staffing == "whole" else []
        hours = ngettext(
            "%(people)d person, free for %(hours)g hours a week",
            "%(people)d people, %(hours)g hours a week in common",
            common.people,
        ) % {"people": common.people, "hours": common.hours}
        return f"{hours}. {explain_incomplete_team(missing_roles)}" if missing_roles else f"{hours}."

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Return the buttons of the actions that a reviewer can take now."""
        match = self.get_queryset(request).filter(pk=object_id).first() if str(object_id).isdigit() else None
        available = (
            {f"matching_match_do_{name}" for name in available_actions(match.state, ActorKind.REVIEWER)}
            if match
            else set()
        )
        if match and broadcast_obstacle(match.seat, policy=get_active_policy()) is not None:
            available.discard("matching_match_do_broadcast")
        return [button for button in super().get_actions_detail(request, object_id) if button.action_name in available]


def _build_action_page(
    name: str, person_action: PersonAction
) -> Callable[[MatchAdmin, HttpRequest, str], HttpResponse]:
    """Build the page of an action: it asks for the inputs and has the button, since a link must change nothing."""

    def serve_action_page(self: MatchAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
        back = reverse("admin:matching_match_change", args=[object_id])
        match = get_row_or_404(self.get_queryset(request), object_id)
        if name not in available_actions(match.state, ActorKind.REVIEWER):
            messages.warning(request, _("This is no longer possible. Below is how it stands now."))
            return HttpResponseRedirect(back)
        form = TransitionForm(name, person_action, request.POST or None, initial={"version": match.version})
        if form.is_valid():
            try:
                person_action.perform(
                    actor=get_current_user(request), match=match, at=timezone.now(), **form.action_inputs()
                )
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("Done: %(action)s.") % {"action": person_action.label})
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": form, "match": match, "opts": self.opts}
        texts = {"title": person_action.label, "summary": person_action.summary}
        details = {"back": back, "danger": person_action.is_destructive}
        return render(request, "admin/action_form.html", context | texts | details)

    serve_action_page.__name__ = f"do_{name}"
    variant = ActionVariant.DANGER if person_action.is_destructive else ActionVariant.SUCCESS
    button: Callable[[MatchAdmin, HttpRequest, str], HttpResponse]
    button = action(description=person_action.label, url_path=f"do-{name}", variant=variant)(serve_action_page)
    return button


# The methods come from the table of transitions, so that a new action of a reviewer gets its button by itself.
for _name in actions_of_actor(ActorKind.REVIEWER):
    setattr(MatchAdmin, f"do_{_name}", _build_action_page(_name, PERSON_ACTIONS[ActorKind.REVIEWER, _name]))
admin.site.register(Match, MatchAdmin)
