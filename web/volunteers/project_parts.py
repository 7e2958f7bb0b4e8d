"""What the page of a project shows: the clock of its state, and what people at work see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.notifications.moments import describe_moment, format_number
from matching.lifecycle.queries.checklists import ChecklistLine, build_kick_off_card
from matching.lifecycle.queries.teams import CommonHours, compute_visible_team_hours, list_other_members
from matching.models import Match
from matching.rules.checklists import ChecklistStage
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from web.design.components import Clock


def build_work_context(match: Match, *, at: datetime) -> dict[str, Any]:
    """Return what people at work see: the kick-off card, both lists, and the team with its hours in common.

    While a report pauses contact, none is shown.
    """
    card = build_kick_off_card(match, at=at)
    paused: bool = match.paused  # type: ignore[attr-defined]
    zone = match.volunteer.time_zone
    stage = ChecklistStage.KICKOFF if match.state == MatchState.ACTIVE else ChecklistStage.CLOSING
    owner = match.volunteer.user
    common = compute_visible_team_hours(owner, match.request, at=at) if owner else None
    return {
        "card": card,
        "shows_contact": not paused,
        "paused": paused,
        "next_meeting": describe_moment(card.first_meeting, zone) if card.first_meeting else "",
        "stage": stage,
        "is_list_open": any(line.ticked_at is None for line in card.checklists if line.stage == stage),
        "own_lines": select_lines(card.checklists, stage, own=True),
        "their_lines": select_lines(card.checklists, stage, own=False),
        "team": list_other_members(match),
        "common_hours": describe_common_hours(common),
    }


def describe_common_hours(common: CommonHours | None) -> str:
    """Return how many hours a week the people at work have in common; an empty text while one works alone."""
    if common is None or common.people <= 1:
        return ""
    return _("All of you are free at the same time for %(hours)s hours a week.") % {
        "hours": format_number(common.hours)
    }


def select_lines(lines: Sequence[ChecklistLine], stage: ChecklistStage, *, own: bool) -> list[ChecklistLine]:
    """Return the lines of a stage that are the volunteer's own, or those of the campaign."""
    return [line for line in lines if line.stage == stage and (line.side == MatchSide.VOLUNTEER) == own]


def build_state_clock(match: Match, *, gets_letter: bool, at: datetime) -> Clock | None:
    """Return what happens next, and by when, in the volunteer's zone.

    `gets_letter` says that the volunteer has not stopped letters about it.
    """
    if match.due_at is None or match.due_at <= at:
        return None
    moment = describe_moment(match.due_at, match.volunteer.time_zone)
    if match.state == MatchState.CLOSING:
        note = _("After that it counts as handed over.")
        return Clock(_("Hand over by %(moment)s") % {"moment": moment}, note, match.due_at)
    if match.state != MatchState.ACCEPTED:
        return None
    if match.campaign_asked_at is None:
        note = _("You begin together. If the team is not there by then, we look at it.")
        return Clock(_("We wait for the rest of the team until %(moment)s") % {"moment": moment}, note, match.due_at)
    note = _("If they don’t, we remind them. After that you are free again.")
    if gets_letter:
        note += " " + _("You get a letter either way.")
    return Clock(_("They answer by %(moment)s") % {"moment": moment}, note, match.due_at)


def describe_revocable(match: Match, *, at: datetime) -> str:
    """Return until when a yes that was given on the phone can be taken back; an empty text for any other."""
    if match.revocable_until is None or match.revocable_until <= at:
        return ""
    return describe_moment(match.revocable_until, match.volunteer.time_zone)
