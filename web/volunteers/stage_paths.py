"""Draw the path of a match for its volunteer: where it stands, and the date of each stage."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Request, RequestWindow
from core.notifications.moments import describe_day, describe_moment, format_day
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.lifecycle.queries.own_matches import StateDates
from matching.lifecycle.volunteer_explanations import describe_end
from matching.models import Match
from matching.rules.states import STATES_ENDED_EARLY, MatchState
from web.design.components import Stage, StageState

_ORDER = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)


def build_stage_path(match: Match, dates: StateDates, *, at: datetime) -> list[Stage]:
    """Return the stages of a match: those that are done with their dates, and when the next ones come."""
    if match.state in STATES_ENDED_EARLY:
        return _build_ended_path(match, dates)
    zone = match.volunteer.time_zone
    now = _ORDER.index(MatchState(match.state))
    notes = {
        "yes": _note_date(dates, MatchState.ACCEPTED, zone),
        "theirs": _note_date(dates, MatchState.ACTIVE, zone) or _note_answer(match, zone),
        "work": _note_work(match, at=at) if match.state == MatchState.ACTIVE else "",
        "hand-over": _note_hand_over(match, dates, zone),
        "done": _note_date(dates, MatchState.COMPLETED, zone) or _("thanks, and a rest"),
    }
    states = {
        "yes": StageState.DONE,
        "theirs": StageState.NOW if now == 0 else StageState.DONE,
        "work": (StageState.LATER, StageState.NOW, StageState.DONE, StageState.DONE)[now],
        "hand-over": (StageState.LATER, StageState.LATER, StageState.NOW, StageState.DONE)[now],
        "done": StageState.DONE if now == len(_ORDER) - 1 else StageState.LATER,
    }
    names = {
        "yes": _("You said yes"),
        "theirs": _("They said yes") if now else _("They answer"),
        "work": _("Work"),
        "hand-over": _("Hand over"),
        "done": _("Done"),
    }
    return [Stage(names[key], states[key], notes[key]) for key in names]


def find_next_meeting_of_request(request: Request, *, at: datetime) -> datetime | None:
    """Return when the people of a request meet next; its windows are prefetched."""
    meetings = [window for window in request.windows.all() if window.kind == RequestWindow.Kind.MEETING]
    upcoming = [find_next_meeting(request, window, at=at) for window in meetings]
    return min((start for start in upcoming if start), default=None)


def _build_ended_path(match: Match, dates: StateDates) -> list[Stage]:
    zone = match.volunteer.time_zone
    names = {
        MatchState.OFFERED: _("Asked"),
        MatchState.ACCEPTED: _("You said yes"),
        MatchState.ACTIVE: _("They said yes"),
    }
    passed = [
        Stage(name, StageState.DONE, describe_day(dates[state], zone))
        for state, name in names.items()
        if state in dates
    ]
    end = describe_end(match)
    return [*passed, Stage(str(end.label), StageState.OVER, describe_day(match.state_changed_at, zone))]


def _note_date(dates: StateDates, state: MatchState, zone: str) -> str:
    return describe_day(dates[state], zone) if state in dates else ""


def _note_answer(match: Match, zone: str) -> str:
    return _("by %(moment)s") % {"moment": describe_moment(match.due_at, zone)} if match.due_at else ""


def _note_work(match: Match, *, at: datetime) -> str:
    meeting = find_next_meeting_of_request(match.request, at=at)
    if meeting is None:
        return _("until %(day)s") % {"day": format_day(match.request.ends_on)}
    return _("you meet next on %(moment)s") % {"moment": describe_moment(meeting, match.volunteer.time_zone)}


def _note_hand_over(match: Match, dates: StateDates, zone: str) -> str:
    if match.state == MatchState.CLOSING and match.due_at:
        return _("until %(day)s") % {"day": describe_day(match.due_at, zone)}
    if match.state == MatchState.ACTIVE and match.due_at:
        return _("from %(day)s on") % {"day": describe_day(match.due_at, zone)}
    return _note_date(dates, MatchState.CLOSING, zone)
