"""Times of day as readers of each language write them."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation

from core.notifications.moments import describe_moment, format_hour, format_hours, format_time


@pytest.mark.parametrize(
    ("moment", "english", "spanish"),
    [
        (time(9), "9 am", "09:00"),
        (time(18, 30), "6:30 pm", "18:30"),
        (time(12), "noon", "12:00"),
        (time(0), "midnight", "00:00"),
        (time(0, 30), "12:30 am", "00:30"),
    ],
)
def test_a_time_is_written_as_the_reader_writes_it(moment: time, english: str, spanish: str) -> None:
    assert format_time(moment) == english
    with translation.override("es"):
        assert format_time(moment) == spanish


def test_a_day_ends_at_midnight() -> None:
    assert (format_hour(0), format_hour(17), format_hour(24)) == ("midnight", "5 pm", "midnight")


def test_hours_in_one_half_of_the_day_name_it_once() -> None:
    assert [format_hours(6, 9), format_hours(9, 17), format_hours(17, 22)] == ["6–9 am", "9 am–5 pm", "5–10 pm"]
    with translation.override("es"):
        assert format_hours(6, 9) == "06:00–09:00"


def test_a_moment_names_its_zone() -> None:
    moment = datetime(2026, 3, 4, 14, tzinfo=UTC)

    assert describe_moment(moment, "America/New_York") == "Wednesday, 4 March, 9 am, Eastern time (New York)"
