"""Columns of whole numbers say what the rows say, whatever these hold."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.column_expressions import as_bit_set, as_integer, date_ordinal, index_in_list, minute_of_day, utc_date_ordinal
from core.numpy_columns import PackedInt, fetch_columns, find_positions
from tests.cast import create_user, create_volunteer
from volunteers.models import AvailabilityWindow, TimeOff, Volunteer

AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


@pytest.fixture
def three(db: None) -> list[Volunteer]:
    """People who differ in everything."""
    said = [
        {
            "languages": ["en", "ee", "es"],
            "max_hours_per_week": 60,
            "may_make_decisions": "yes",
            "levels": ["federal", "state"],
        },
        {
            "languages": [],
            "max_hours_per_week": 1,
            "time_zone": "Asia/Kathmandu",
            "time_off": [(date(2026, 1, 1), date(2031, 3, 2))],
        },
        {"languages": ["zu"], "wants_to_lead": True, "claims": [("copywriting", 1, False)]},
    ]
    return [
        create_volunteer(create_user(f"v{place}"), AT + timedelta(days=place), **one) for place, one in enumerate(said)
    ]


def test_every_kind_of_value_comes_as_a_number_in_the_order_of_the_rows(three: list[Volunteer]) -> None:
    zones = sorted({one.time_zone for one in three})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = fetch_columns(
            Volunteer.objects.order_by("-pk"),
            id=F("pk"),
            hours=F("max_hours_per_week"),
            lead=as_integer("wants_to_lead"),
            rest=utc_date_ordinal("waiting_since"),
            zone=index_in_list("time_zone", zones),
            decides=index_in_list("may_make_decisions", ["yes"]),
            spoken=as_bit_set("languages", ["es", "en", "zu"]),
        )

    people = three[::-1]
    assert len(asked) == 1
    assert {name: column.tolist() for name, column in found.items()} == {
        "id": [one.pk for one in people],
        "hours": [4, 1, 60],
        "lead": [1, 0, 0],
        "rest": [one.waiting_since.date().toordinal() for one in people],
        "zone": [zones.index(one.time_zone) for one in people],
        "decides": [-1, -1, 0],
        "spoken": [0b100, 0, 0b011],
    }
    assert {column.dtype for column in found.values()} == {np.dtype(np.int64)}


def test_small_numbers_travel_together_and_can_be_ordered(three: list[Volunteer]) -> None:
    rows = Volunteer.objects.order_by("-pk")

    found = fetch_columns(
        rows, hours=PackedInt(F("max_hours_per_week"), 6), id=F("pk"), lead=PackedInt(as_integer("wants_to_lead"), 1)
    )
    ordered = fetch_columns(
        rows, ordered=True, lead=PackedInt(as_integer("wants_to_lead"), 1), hours=PackedInt(F("max_hours_per_week"), 6)
    )

    assert {name: column.tolist() for name, column in found.items()} == {
        "hours": [4, 1, 60],
        "id": [one.pk for one in three[::-1]],
        "lead": [1, 0, 0],
    }
    assert {name: column.tolist() for name, column in ordered.items()} == {"lead": [0, 0, 1], "hours": [1, 60, 4]}


def test_what_is_ordered_here_is_not_ordered_by_the_database_too(db: None) -> None:
    windows = AvailabilityWindow.objects.all()
    assert windows.ordered  # as the model says

    with CaptureQueriesContext(connection) as seen:
        fetch_columns(windows, ordered=True, owner=PackedInt(F("volunteer_id"), 39))

    assert "ORDER BY" not in seen.captured_queries[0]["sql"]


def test_more_bits_than_one_number_has_are_two(three: list[Volunteer]) -> None:
    wide: dict[str, Any] = {f"c{place}": PackedInt(F("max_hours_per_week"), 30) for place in range(5)}

    assert {tuple(column.tolist()) for column in fetch_columns(Volunteer.objects.order_by("pk"), **wide).values()} == {
        (60, 1, 4)
    }


@pytest.mark.parametrize("bits", [5, 1])
def test_what_is_too_large_for_its_bits_is_no_other_number(three: list[Volunteer], bits: int) -> None:
    with pytest.raises(ValueError, match="“hours” is null, or too large"):
        fetch_columns(Volunteer.objects.all(), hours=PackedInt(F("max_hours_per_week"), bits))


def test_days_and_minutes_are_those_of_the_calendar_and_the_clock(three: list[Volunteer]) -> None:
    AvailabilityWindow.objects.exclude(volunteer=three[0]).delete()
    windows = AvailabilityWindow.objects.order_by("pk")
    windows.filter(weekday=0).update(starts=time(0, 0), ends=time(23, 59))
    off = fetch_columns(TimeOff.objects.all(), first=date_ordinal("starts_on"), last=date_ordinal("ends_on"))
    minutes = fetch_columns(windows, starts=minute_of_day("starts"), ends=minute_of_day("ends"))

    assert (off["first"].tolist(), off["last"].tolist()) == (
        [date(2026, 1, 1).toordinal()],
        [date(2031, 3, 2).toordinal()],
    )

    year = (date(2026, 1, 1), date(2026, 12, 31))
    cut = fetch_columns(TimeOff.objects.all(), last=date_ordinal("ends_on", within=year))
    assert cut["last"].tolist() == [date(2026, 12, 31).toordinal()]
    told = [(one.starts, one.ends) for one in windows]
    assert list(zip(minutes["starts"].tolist(), minutes["ends"].tolist(), strict=True)) == [
        (starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute) for starts, ends in told
    ]


def test_sixty_four_names_have_a_bit_each(three: list[Volunteer]) -> None:
    names = [f"l{place}" for place in range(63)] + ["en"]

    [found] = fetch_columns(Volunteer.objects.filter(pk=three[0].pk), spoken=as_bit_set("languages", names))["spoken"]

    assert int(np.int64(found).view(np.uint64)) == 1 << 63


@pytest.mark.parametrize("nobody", [Volunteer.objects.none(), Volunteer.objects.filter(max_hours_per_week=99)])
def test_no_rows_are_empty_columns(three: list[Volunteer], nobody) -> None:  # type: ignore[no-untyped-def]
    found = fetch_columns(nobody, id=F("pk"), hours=F("max_hours_per_week"))

    assert {name: column.tolist() for name, column in found.items()} == {"id": [], "hours": []}


def test_what_is_null_must_have_a_number_to_stand_for_it(three: list[Volunteer]) -> None:
    Volunteer.objects.filter(pk=three[1].pk).update(rest_until=date(2026, 5, 1))

    with pytest.raises(ValueError, match="“rest” is null"):
        fetch_columns(Volunteer.objects.all(), rest=date_ordinal("rest_until"))
    assert fetch_columns(Volunteer.objects.order_by("pk"), user=as_integer("user_id", null=-7))["user"].min() > 0


@given(known=st.sets(st.integers(-9, 9)), wanted=st.lists(st.integers(-12, 12)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_found_by_their_ids(known: set[int], wanted: list[int]) -> None:
    ids = sorted(known)

    found = find_positions(np.array(ids, np.int64), np.array(wanted, np.int64))

    assert found.tolist() == [ids.index(one) if one in known else -1 for one in wanted]
