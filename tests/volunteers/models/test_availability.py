"""Free time as bits: what the database writes is what `core.week_mask` says."""

import random
from datetime import UTC, datetime, time
from zoneinfo import available_timezones

import pytest
from django.db import connection
from django.db.models import F

from core.week_mask import FULL_WEEK, WINDOW_PRESETS, Window, mask_to_local_quarters, round_inward
from core.week_regimes import Regime, split_into_regimes
from tests.cast import Cast, create_volunteer
from volunteers.models import AvailabilityWindow, FreeTime, Volunteer

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONES = ["America/New_York", "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe", "America/St_Johns", "UTC"]


def bits(volunteer: Volunteer) -> str | None:
    found = FreeTime.objects.filter(volunteer=volunteer).first()
    return found.half_hours if found else None


def in_utc(half_hours: str, zone: str, regime: Regime) -> int:
    """The half-hours of UTC among those that the bits say are free."""
    begun = mask_to_local_quarters(FULL_WEEK, zone, regime)
    free = {quarter for quarter in range(672) if half_hours[quarter] == begun[quarter] == "1"}
    return sum(1 << slot for slot in range(336) if mask_to_local_quarters(1 << slot, zone, regime).index("1") in free)


@pytest.mark.parametrize("seed", range(12))
def test_the_half_hours_are_those_that_lie_inside_the_windows_on_every_clock(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    windows = {}
    for _ in range(chance.randrange(1, 9)):
        starts, ends = (
            time(chance.randrange(24), chance.choice([0, 0, 10, 15, 30, 45, 59])) if chance.random() < 0.8 else time(0)
            for _ in range(2)
        )
        if starts != ends:
            weekday = chance.choice([0, 6, chance.randrange(7)])
            windows[weekday, starts] = Window(weekday, starts, ends)
    if not windows:
        windows[0, time(0)] = Window(6, time(23), time(1))
    volunteer = create_volunteer(cast.dave, NOW, windows=list(windows.values()))

    found = bits(volunteer)

    assert found is not None
    for zone in ZONES:
        for regime in split_into_regimes([zone], NOW.date(), NOW.date().replace(year=2027)):
            assert in_utc(found, zone, regime) == round_inward(windows.values(), zone, regime), zone


def test_windows_that_touch_are_joined_also_where_sunday_meets_monday(cast: Cast) -> None:
    volunteer = create_volunteer(
        cast.dave,
        NOW,
        windows=[
            Window(6, time(23, 40), time(0)),
            Window(0, time(0), time(0, 20)),
            Window(0, time(0, 20), time(0, 30)),
            Window(2, time(9, 10), time(9, 39)),
        ],
    )

    found = bits(volunteer)

    assert found is not None
    assert [quarter for quarter in range(672) if found[quarter] == "1"] == [0, 671]


def test_free_time_follows_every_change_and_goes_with_the_last_window(cast: Cast) -> None:
    volunteer = create_volunteer(cast.dave, NOW, windows=WINDOW_PRESETS["evenings"])
    before = bits(volunteer)
    assert before is not None
    assert before.count("1") == 5 * 15

    AvailabilityWindow.objects.filter(volunteer=volunteer, weekday=0).update(ends=time(19))
    assert (bits(volunteer) or "").count("1") == 4 * 15 + 3
    AvailabilityWindow.objects.filter(volunteer=volunteer).exclude(weekday=0).delete()
    assert (bits(volunteer) or "").count("1") == 3
    AvailabilityWindow.objects.filter(volunteer=volunteer).delete()
    assert bits(volunteer) is None


def test_windows_that_change_hands_leave_nothing_behind(cast: Cast) -> None:
    dave, alice = create_volunteer(cast.dave, NOW), Volunteer.objects.get(user=cast.alice)
    AvailabilityWindow.objects.filter(volunteer=alice).delete()

    AvailabilityWindow.objects.filter(volunteer=dave).update(volunteer=F("volunteer") + (alice.pk - dave.pk))

    assert (bits(dave), (bits(alice) or "").count("1")) == (None, 75)


def test_somebody_who_goes_takes_it_along(cast: Cast) -> None:
    volunteer = create_volunteer(cast.dave, NOW)

    volunteer.delete()

    assert not FreeTime.objects.filter(volunteer_id=volunteer.pk).exists()


def test_what_was_there_before_is_filled_in_in_steps(cast: Cast) -> None:
    create_volunteer(cast.dave, NOW)
    before = dict(FreeTime.objects.values_list("volunteer", "half_hours"))
    FreeTime.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_refresh_free_time(array_agg(id)) FROM volunteers_volunteer")

    assert len(before) == 3
    assert dict(FreeTime.objects.values_list("volunteer", "half_hours")) == before


def test_every_clock_is_on_the_quarter_hour() -> None:
    for zone in sorted(available_timezones()):
        for regime in split_into_regimes([zone], NOW.date(), NOW.date().replace(year=2028)):
            assert mask_to_local_quarters(FULL_WEEK, zone, regime).count("1") == 336
