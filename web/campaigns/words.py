"""The words in which the pages of a campaign tell what is stored: levels, bands, days, clocks and stages."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.fill_counts import FillCounts
from core.enums import VettingArea
from core.notifications.moments import describe_day, describe_moment
from core.time_zones import name_time_zone
from core.week_mask import Window
from matching.lifecycle.explanations import join_phrases
from matching.lifecycle.queries.own_matches import StateDates
from matching.models import Match
from matching.rules.states import MatchState
from matching.rules.supply_estimate import CountBand
from web.design.components import Clock, Stage, StageState, find_clock_mood

LEVEL_WORDS: dict[int, str | Promise] = {
    1: gettext_lazy("is learning it"),
    2: gettext_lazy("does it with some help"),
    3: gettext_lazy("does it on their own"),
    4: gettext_lazy("knows it well"),
    5: gettext_lazy("could teach it"),
}
"""What a level from 1 to 5 says about a person."""

_STAGES: tuple[tuple[MatchState, str | Promise], ...] = (
    (MatchState.OFFERED, gettext_lazy("Asked")),
    (MatchState.ACCEPTED, gettext_lazy("Said yes")),
    (MatchState.ACTIVE, gettext_lazy("At work")),
    (MatchState.CLOSING, gettext_lazy("Hand-over")),
    (MatchState.COMPLETED, gettext_lazy("Done")),
)


def describe_date(day: date) -> str:
    """Return a day without its year: “20 October”."""
    return date_format(day, "j F")


def describe_completed(band: CountBand) -> str:
    """Return how many projects a person has completed here, as a band."""
    if band == CountBand.NONE:
        return _("None yet: this would be the first")
    return _("%(band)s projects") % {"band": band.label}


def describe_vetting(match: Match, until: date | None) -> str:
    """Return what the person is vetted for and until when, as far as the role asks for it."""
    if not match.seat.role.vetted_for:
        return _("Not needed for this place")
    area = str(VettingArea(match.seat.role.vetted_for).label)
    if until is None:
        return _("Not vetted for: %(area)s") % {"area": area}
    return _("%(area)s, until %(day)s") % {"area": area, "day": date_format(until, "j F Y")}


def describe_windows(windows: Sequence[Window], zone: str) -> str:
    """Return weekly windows on one line, days with the same hours together, with the name of the zone."""
    ordered = sorted(windows, key=lambda window: (window.starts, window.ends, window.weekday))
    parts = [
        _("%(days)s, %(starts)s to %(ends)s")
        % {
            "days": _name_days([window.weekday for window in group]),
            "starts": f"{starts:%H:%M}",
            "ends": f"{ends:%H:%M}",
        }
        for (starts, ends), group in groupby(ordered, key=lambda window: (window.starts, window.ends))
    ]
    return _("%(times)s, %(zone)s") % {"times": "; ".join(parts), "zone": name_time_zone(zone)} if parts else ""


def _name_days(weekdays: Sequence[int]) -> str:
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) > 2 and last - first == len(weekdays) - 1:
        return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
    return join_phrases([str(WEEKDAYS[weekday]) for weekday in weekdays])


def describe_hours(hours: float, asked: int) -> str:
    """Return how many hours a person is free when the work is done, beside the hours that the place asks for."""
    number = int(hours) if hours == int(hours) else hours
    free = ngettext("Free %(hours)s hour a week", "Free %(hours)s hours a week", int(hours)) % {"hours": number}
    return _("%(free)s when the work is done; you ask for %(asked)d") % {"free": free, "asked": asked}


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


def describe_role_fill(fill: FillCounts) -> str:
    """Return how far the places of a role are filled; people who are only asked are a number."""
    said_yes = ngettext(
        "%(filled)d of %(count)d place taken", "%(filled)d of %(count)d places taken", fill.seat_count
    ) % {"filled": fill.filled_count, "count": fill.seat_count}
    asked = ngettext("%(count)d person asked", "people asked for %(count)d places", fill.offered_count)
    parts = [said_yes, asked % {"count": fill.offered_count}] if fill.offered_count else [said_yes]
    return " · ".join(parts)
