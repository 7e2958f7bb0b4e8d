"""Tell when a request's people meet, on the wall clock of a reader who may live in another time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaigns.models import Request, RequestWindow
from core.date_rules import limit_to_countable_days
from core.week_regimes import Regime, split_into_regimes
from core.zone_loading import load_time_zone


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """A weekly meeting in the reader's zone, until the clocks of one side change.

    `there_weekday` is its day where the request is, which may be the day before or after. `since` is the first such
    day after a change of clocks; None for the time that holds first.
    """

    weekday: int
    starts: time
    ends: time
    there_weekday: int
    since: date | None = None

    @property
    def is_on_other_day(self) -> bool:
        """Return whether it is another day for the reader than for the request."""
        return self.weekday != self.there_weekday


def list_meeting_times(request: Request, zone: str, *, at: datetime) -> list[MeetingTime]:
    """Return the weekly meetings that are still to come, each followed by what clock changes make of it.

    The request's windows are prefetched.
    """
    first, last = limit_to_countable_days(request.starts_on, request.ends_on, on=at.date())
    first = max(first, at.date())
    regimes = split_into_regimes({request.time_zone, zone}, first, max(first, last))
    meetings = [window for window in request.windows.all() if window.kind == RequestWindow.Kind.MEETING]
    return [moved for window in meetings for moved in _list_times_of_window(window, request.time_zone, zone, regimes)]


def _list_times_of_window(window: RequestWindow, there: str, zone: str, regimes: list[Regime]) -> Iterator[MeetingTime]:
    earlier: MeetingTime | None = None
    for regime in regimes:
        day = regime.first + timedelta(days=(window.weekday - regime.first.weekday()) % 7)
        if day > regime.last:
            continue
        starts = datetime.combine(day, window.starts, load_time_zone(there)).astimezone(load_time_zone(zone))
        ends_on = day + timedelta(days=1) if window.ends <= window.starts else day
        ends = datetime.combine(ends_on, window.ends, load_time_zone(there)).astimezone(load_time_zone(zone))
        found = MeetingTime(starts.weekday(), starts.time(), ends.time(), window.weekday)
        if earlier is None:
            yield found
        elif found != earlier:
            yield MeetingTime(found.weekday, found.starts, found.ends, found.there_weekday, starts.date())
        earlier = found
