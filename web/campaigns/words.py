"""The words in which the pages of a campaign tell what is stored: days, clocks, stages and places."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.fill_counts import FillCounts
from core.notifications.moments import describe_day, describe_moment, format_day
from matching.lifecycle.queries.own_matches import StateDates
from matching.models import Match
from matching.rules.states import MatchState
from web.design.components import Clock, Stage, StageState, find_clock_mood

_STAGES: tuple[tuple[MatchState, str | Promise], ...] = (
    (MatchState.OFFERED, gettext_lazy("Asked")),
    (MatchState.ACCEPTED, gettext_lazy("Said yes")),
    (MatchState.ACTIVE, gettext_lazy("At work")),
    (MatchState.CLOSING, gettext_lazy("Hand-over")),
    (MatchState.COMPLETED, gettext_lazy("Done")),
)


def describe_date(day: date) -> str:
    """Return a day without its year: “20 October”."""
    return format_day(day)


def build_clock(sentence: str, due_at: datetime, *, began_at: datetime, zone: str, at: datetime, after: str) -> Clock:
    """Return a clock. `sentence` has a place for %(until)s; `after` says what follows when it ends."""
    mood = find_clock_mood(began_at=began_at, due_at=due_at, at=at)
    left = _("%(time)s left.") % {"time": timeuntil(due_at, at)} if due_at > at else _("The time is over.")
    return Clock(sentence % {"until": describe_moment(due_at, zone)}, f"{left} {after}".strip(), due_at, mood)


def build_stages(match: Match, dates: StateDates | None = None) -> list[Stage]:
    """Return the path of a match from the offer on, with the days on which it came to its stages."""
    states = [state for state, _name in _STAGES]
    now, zone = states.index(MatchState(match.state)), match.request.time_zone
    stages = []
    for index, (state, name) in enumerate(_STAGES):
        is_last = state == MatchState.COMPLETED
        came_at = (dates or {}).get(state) if index <= now else None
        stage_state = StageState.LATER if index > now else StageState.DONE
        if index == now and not is_last:
            stage_state = StageState.NOW
        stages.append(Stage(str(name), stage_state, describe_day(came_at, zone) if came_at else ""))
    return stages


def describe_role_fill(fill: FillCounts, *, unanswered: int, asked_until: str = "", names_open: bool = False) -> str:
    """Return how far the places of a role are filled; people who are only asked are a number.

    `unanswered` people said yes and wait for the campaign, so their places are not taken yet. `asked_until` is the day
    on which the last offer ends. `names_open` adds the places for which nobody is asked.
    """
    if not fill.seat_count:
        return _("Closed: it has no place any more")
    said_yes = ngettext(
        "%(filled)d of %(count)d place taken", "%(filled)d of %(count)d places taken", fill.seat_count
    ) % {"filled": max(0, fill.filled_count - unanswered), "count": fill.seat_count}
    parts = [said_yes]
    if fill.offered_count and asked_until:
        asked = ngettext(
            "%(count)d person asked until %(day)s",
            "people asked for %(count)d places until %(day)s",
            fill.offered_count,
        )
        parts.append(asked % {"count": fill.offered_count, "day": asked_until})
    elif fill.offered_count:
        asked = ngettext("%(count)d person asked", "people asked for %(count)d places", fill.offered_count)
        parts.append(asked % {"count": fill.offered_count})
    if unanswered:
        waits = ngettext("%(count)d waits for your answer", "%(count)d wait for your answer", unanswered)
        parts.append(waits % {"count": unanswered})
    if names_open and fill.empty_count:
        empty = ngettext("%(count)d place open", "%(count)d places open", fill.empty_count)
        parts.append(empty % {"count": fill.empty_count})
    return " · ".join(parts)
