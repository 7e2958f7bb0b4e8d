"""Times of day as readers of each language write them."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation

from core.notifications.moments import describe_moment, format_hour, format_time


@pytest.mark.parametrize(
    ("moment", "english", "spanish"),
    [
        (time(9), "9 am", "9:00"),
        (time(18, 30), "6:30 pm", "18:30"),
        (time(12), "noon", "12:00"),
        (time(0), "midnight", "0:00"),
        (time(0, 30), "12:30 am", "0:30"),
    ],
)
def test_a_time_is_written_as_the_reader_writes_it(moment: time, english: str, spanish: str) -> None:
    assert format_time(moment) == english
    with translation.override("es"):
        assert format_time(moment) == spanish


def test_a_day_ends_at_midnight() -> None:
    assert (format_hour(0), format_hour(17), format_hour(24)) == ("midnight", "5 pm", "midnight")


def test_a_moment_names_its_zone() -> None:
    moment = datetime(2026, 3, 4, 14, tzinfo=UTC)

    assert describe_moment(moment, "America/New_York") == "Wednesday, 4 March, 9 am, Eastern time (New York)"
