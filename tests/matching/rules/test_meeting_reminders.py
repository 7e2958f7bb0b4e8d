"""When a reminder of a meeting is due, on the wall clock of the person who gets it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import Request, RequestWindow
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.rules.meeting_reminders import LONGEST_LEAD, choose_due_reminder, compute_day_reminder_time
from matching.rules.notice_types import MatchingNotice

DAY_BEFORE, HOUR_BEFORE = MatchingNotice.MEETING_DAY_BEFORE, MatchingNotice.MEETING_HOUR_BEFORE
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = (
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "America/Phoenix",
    "Asia/Kolkata",
)
MEETING = datetime(2026, 3, 10, 19, tzinfo=UTC)


def on_clock(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("meets", "reminded"),
    [
        ((10, 19, 0), (9, 19, 0)),
        ((10, 9, 0), (9, 9, 0)),
        ((10, 20, 59), (9, 20, 59)),
        ((10, 8, 59), (8, 20, 0)),  # 8:59 the day before is in the quiet hours, so it is the evening before those
        ((10, 0, 0), (8, 20, 0)),
        ((10, 21, 0), (9, 20, 0)),
        ((10, 23, 59), (9, 20, 0)),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_a_day_before_is_the_same_time_and_never_at_night(
    zone: str, meets: tuple[int, int, int], reminded: tuple[int, int, int]
) -> None:
    found = compute_day_reminder_time(on_clock(zone, 2026, 6, *meets), zone)

    assert found == on_clock(zone, 2026, 6, *reminded)


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_before_keeps_its_time_and_the_night_over_all_changes_of_clocks(zone: str) -> None:
    for number in range(0, 366 * 24, 5):  # 5 and 24 share no factor: each hour of the day comes
        starts_at = datetime(2026, 1, 1, tzinfo=UTC) + number * HOUR
        local, found = starts_at.astimezone(ZoneInfo(zone)), compute_day_reminder_time(starts_at, zone)

        told = found.astimezone(ZoneInfo(zone))
        assert time(9) <= told.time() < time(21)
        assert DAY - HOUR <= starts_at - found < LONGEST_LEAD
        if time(9) <= local.time() < time(21):
            assert (told.date(), told.time()) == (local.date() - DAY, local.time())
        else:
            assert told.time() == time(20)


def due(at: datetime, *, day: bool = True, hour: bool = True, zone: str = "UTC") -> MatchingNotice | None:
    return choose_due_reminder(MEETING, zone, a_day_before=day, an_hour_before=hour, at=at)


def test_each_reminder_has_its_first_and_its_last_moment() -> None:
    assert due(MEETING - DAY - SECOND) is None
    assert due(MEETING - DAY) == DAY_BEFORE
    assert due(MEETING - HOUR - SECOND) == DAY_BEFORE
    assert due(MEETING - HOUR) == HOUR_BEFORE
    assert due(MEETING - SECOND) == HOUR_BEFORE
    assert [due(MEETING), due(MEETING + SECOND)] == [None, None]


def test_only_the_chosen_ones_are_due() -> None:
    moments = [MEETING - DAY, MEETING - HOUR, MEETING - MINUTE]

    assert [due(at, hour=False) for at in moments] == [DAY_BEFORE] * 3
    assert [due(at, day=False) for at in moments] == [None, HOUR_BEFORE, HOUR_BEFORE]
    assert [due(at, day=False, hour=False) for at in moments] == [None] * 3


def test_a_late_one_waits_for_the_morning_and_that_of_the_last_hour_does_not() -> None:
    early = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)

    def found(at: datetime) -> MatchingNotice | None:
        return choose_due_reminder(early, "UTC", a_day_before=True, an_hour_before=True, at=at)

    night = [datetime(2026, 3, 9, 21, tzinfo=UTC), datetime(2026, 3, 10, 8, 29, tzinfo=UTC)]
    assert [found(at) for at in (night[0] - SECOND, *night, early - HOUR)] == [DAY_BEFORE, None, None, HOUR_BEFORE]
    morning = datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert choose_due_reminder(early, "UTC", a_day_before=True, an_hour_before=False, at=morning) == DAY_BEFORE
    assert choose_due_reminder(early, "UTC", a_day_before=True, an_hour_before=False, at=morning - SECOND) is None


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("starts", [time(19), time(8, 15), time(0, 30), time(1, 30), time(2, 15)])
def test_weekly_meetings_stay_on_the_clock_of_the_request_over_both_changes(zone: str, starts: time) -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    request = Request(time_zone=zone, starts_on=first, ends_on=last)
    window = RequestWindow(
        kind="meeting", weekday=6, starts=starts, ends=time(starts.hour + 1)
    )  # clocks change on Sundays
    sundays = [first + DAY * number for number in range(365) if (first + DAY * number).weekday() == 6]

    at, found = datetime(2025, 12, 31, tzinfo=UTC), []
    while (starts_at := find_next_meeting(request, window, at=at)) is not None:
        found.append(starts_at)
        at = starts_at + SECOND

    # A time that a change of clocks leaves out is read by the clock before the change, as calendar programs do.
    assert found == [datetime.combine(day, starts, ZoneInfo(zone)).astimezone(UTC) for day in sundays]
    assert len(found) == 52
