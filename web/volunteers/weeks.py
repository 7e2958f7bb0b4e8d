"""Draw a volunteer's week: when they are free, and when a project meets."""

from collections.abc import Iterable, Sequence
from datetime import time

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notifications.moments import format_hours, format_time, format_weekly_time
from core.time_zones import name_time_zone
from matching.lifecycle.queries.meeting_times import MeetingTime
from volunteers.models import AvailabilityWindow
from web.design.components import SlotState, Week, WeekPart, WeekSlot
from web.volunteers.availability_parts import PART_HOURS, DayPart

_DAY = 24 * 60
_PARTS = tuple(PART_HOURS.values())
"""The parts of the day that a volunteer ticks when they raise their hand."""
_NIGHT = (0, 6)
_ALWAYS_SHOWN = (PART_HOURS[DayPart.DAYTIME], PART_HOURS[DayPart.EVENING])


def build_week(windows: Iterable[AvailabilityWindow], meetings: Sequence[MeetingTime], *, time_zone: str) -> Week:
    """Return the week on the volunteer's own clock, without the early and late hours in which nothing happens."""
    free = _list_free_minutes(windows)
    current = [meeting for meeting in meetings if meeting.since is None]
    parts = []
    for first, past in sorted((*_PARTS, _NIGHT)):
        slots = [
            _build_slot(free[day], [one for one in current if one.weekday == day], first, past) for day in range(7)
        ]
        if (first, past) in _ALWAYS_SHOWN or any(slot.state != SlotState.BUSY for slot in slots):
            parts.append(WeekPart(format_hours(first, past), slots))
    days = [str(WEEKDAYS_ABBR[day])[:2] for day in range(7)]
    return Week(days, parts, _describe_week(free, current, time_zone))


def _list_free_minutes(windows: Iterable[AvailabilityWindow]) -> list[set[int]]:
    """Return for each day of the week the minutes that are free, in steps of a quarter of an hour."""
    free: list[set[int]] = [set() for _day in range(7)]
    for window in windows:
        starts, ends = _minute_of(window.starts), _minute_of(window.ends)
        length = (ends - starts) % _DAY
        for minute in range(starts - starts % 15, starts + length, 15):
            free[(window.weekday + minute // _DAY) % 7].add(minute % _DAY)
    return free


def _build_slot(free: set[int], meetings: Sequence[MeetingTime], first: int, past: int) -> WeekSlot:
    for meeting in meetings:
        if first <= meeting.starts.hour < past:
            # The row says which half of the day it is, and the sentence has the whole time: the slot is narrow.
            return WeekSlot(SlotState.MEETS, format_time(meeting.starts).split()[0].removesuffix(":00"))
    quarters = set(range(first * 60, past * 60, 15))
    if quarters <= free:
        return WeekSlot(SlotState.FREE)
    return WeekSlot(SlotState.PARTLY if quarters & free else SlotState.BUSY)


def _describe_week(free: Sequence[set[int]], meetings: Sequence[MeetingTime], time_zone: str) -> str:
    days = [str(WEEKDAYS[day]) for day in range(7) if free[day]]
    sentence = (
        _("You are free on: %(days)s.") % {"days": ", ".join(days)} if days else _("You have named no free time.")
    )
    if meetings:
        times = ", ".join(format_weekly_time(one.weekday, one.starts) for one in meetings)
        sentence += " " + ngettext(
            "They meet once: %(times)s, %(zone)s.", "They meet at: %(times)s, %(zone)s.", len(meetings)
        ) % {"times": times, "zone": name_time_zone(time_zone)}
    return sentence


def _minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute
