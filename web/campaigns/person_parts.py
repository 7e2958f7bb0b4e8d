"""The parts of a person's page, by the stage to which both sides have come."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Request
from core.models import User
from core.notifications.moments import describe_moment
from matching.lifecycle.acceptance_obstacles import explain_confirm_obstacle
from matching.lifecycle.queries.checklists import KickOffCard, build_kick_off_card
from matching.lifecycle.queries.offer_details import describe_volunteer_to_campaign
from matching.lifecycle.queries.own_matches import count_weeks_of_work, find_state_dates
from matching.lifecycle.queries.placements import count_silences_left, find_volunteer_note
from matching.lifecycle.queries.teams import STATES_IN_TEAM, TeamMember, list_other_members
from matching.lifecycle.queries.unread_messages import list_unread_messages
from matching.lifecycle.seen_facts import list_seen_facts
from matching.models import Match
from matching.rules.checklists import ChecklistStage
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_CONTACT_SHARED, MatchState
from web.campaigns.words import (
    build_clock,
    build_stages,
    describe_date,
)
from web.design.components import Clock

Facts = list[tuple[str, str]]


def build_person_context(match: Match, user: User, *, at: datetime) -> dict[str, Any]:
    """Return what the page of a person shows in the state of their match."""
    dates = find_state_dates([match])[match.pk]
    context: dict[str, Any] = {
        "heading": describe_heading(match),
        "place": build_place_facts(match),
        "person": build_person_facts(match, at=at),
        "stages": build_stages(match, dates),
        "weeks": count_weeks_of_work(dates),
        "is_paused": match.paused,  # type: ignore[attr-defined]
    }
    if match.state == MatchState.ACCEPTED:
        return context | _build_accepted_parts(match, at=at)
    context["unread_count"] = len(list_unread_messages(user, match))
    if match.state in STATES_CONTACT_SHARED:
        return context | _build_work_parts(match, user, at=at)
    return context


def describe_heading(match: Match) -> str:
    """Return the heading of the page."""
    names = {"name": match.volunteer.first_name}
    if match.state == MatchState.ACCEPTED:
        return _("%(name)s said yes to you") % names
    if match.state == MatchState.ACTIVE:
        return _("%(name)s is at work for you") % names
    if match.state == MatchState.CLOSING:
        return _("Take over from %(name)s") % names
    return _("%(name)s has done it") % names


def build_place_facts(match: Match) -> Facts:
    """Return what the person was asked for."""
    request, role = match.request, match.seat.role
    days = {"first": describe_date(request.starts_on), "last": describe_date(request.ends_on)}
    hours = ngettext("%(count)d hour a week", "%(count)d hours a week", role.hours_per_week)
    return [
        (_("Place"), role.shown_name),
        (_("Project"), request.shown_title),
        (_("Time"), hours % {"count": role.hours_per_week}),
        (_("Days"), _("%(first)s to %(last)s") % days),
    ]


def build_person_facts(match: Match, *, at: datetime) -> Facts:
    """Return what a campaign sees of a person who said yes."""
    return list_seen_facts(match, describe_volunteer_to_campaign(match, time_zone=match.request.time_zone, at=at))


def _build_accepted_parts(match: Match, *, at: datetime) -> dict[str, Any]:
    obstacle = explain_confirm_obstacle(match, at=at)
    if not obstacle and match.request.auto_confirm:
        obstacle = _("You chose that work begins by itself. It does so in a moment, and you need do nothing.")
    return {
        "obstacle": obstacle,
        "clock": _build_answer_clock(match, at=at) if match.campaign_asked_at else None,
        "note": find_volunteer_note(match),
    }


def _build_answer_clock(match: Match, *, at: datetime) -> Clock | None:
    if match.due_at is None or match.campaign_asked_at is None:
        return None
    name = match.volunteer.first_name
    if match.escalated_at is None:
        after = _("Without an answer we look into it.")
    else:
        left = count_silences_left(match.request.campaign)
        after = _("Without an answer %(name)s is free again.") % {"name": name}
        if left == 1:
            after += " " + _("Then we ask nobody new for you until we have spoken.")
    began_at = match.escalated_at or match.campaign_asked_at
    zone = match.request.time_zone
    return build_clock(_("Answer by %(until)s"), match.due_at, began_at=began_at, zone=zone, at=at, after=after)


def _build_work_parts(match: Match, user: User, *, at: datetime) -> dict[str, Any]:
    card = build_kick_off_card(match, at=at)
    stage = ChecklistStage.KICKOFF if match.state == MatchState.ACTIVE else ChecklistStage.CLOSING
    team = [member for member in list_other_members(match) if member.state in STATES_IN_TEAM]
    return {
        "note": find_volunteer_note(match),
        "kick_off": _build_kick_off_facts(match.request, card, user),
        "checklist": [line for line in card.checklists if line.stage == stage],
        "own_side": MatchSide.CAMPAIGN,
        "clock": _build_handover_clock(match, at=at) if match.state == MatchState.CLOSING else None,
        "team": [(member.role, _describe_member(member)) for member in team],
    }


def _describe_member(member: TeamMember) -> str:
    states: dict[str, str] = {
        MatchState.ACCEPTED: _("said yes"),
        MatchState.ACTIVE: _("at work"),
        MatchState.CLOSING: _("hands over"),
    }
    return f"{member.first_name} · {states[member.state]}" if member.first_name else states[member.state]


def _build_kick_off_facts(request: Request, card: KickOffCard, user: User) -> Facts:
    # What was written in an emergency may have been written on a machine that others watch: it is not shown again.
    answers = _("You") if card.owner_account == user.pk else _("A colleague of yours")
    meeting = describe_moment(card.first_meeting, request.time_zone) if card.first_meeting else ""
    facts = [
        (_("What it is"), request.shown_summary if request.emergency else card.scope),
        (_("Not part of it"), card.out_of_scope),
        (_("Where you talk"), "" if request.emergency else card.channel),
        (_("Whom they ask"), answers if card.owner_account else ""),
        (_("Next meeting"), meeting),
    ]
    return [(label, fact) for label, fact in facts if fact]


def _build_handover_clock(match: Match, *, at: datetime) -> Clock | None:
    if match.due_at is None:
        return None
    return build_clock(
        _("The hand-over ends on %(until)s"),
        match.due_at,
        began_at=match.state_changed_at,
        zone=match.request.time_zone,
        at=at,
        after=_("Then contact ends by itself."),
    )
