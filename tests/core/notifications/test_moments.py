"""Times of day as readers of each language write them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from core.notifications.moments import (
    describe_moment,
    format_day,
    format_day_with_year,
    format_days,
    format_hour,
    format_hours,
    format_month,
    format_number,
    format_time,
    format_weekday,
    format_weekday_with_year,
    format_weekly_time,
    join_phrases,
)


@pytest.mark.parametrize(
    ("moment", "english", "spanish"),
    [
        (time(9), "9 am", "9:00 a.\N{NO-BREAK SPACE}m."),
        (time(18, 30), "6:30 pm", "6:30 p.\N{NO-BREAK SPACE}m."),
        (time(12), "noon", "12:00 p.\N{NO-BREAK SPACE}m."),
        (time(0), "midnight", "12:00 a.\N{NO-BREAK SPACE}m."),
        (time(0, 30), "12:30 am", "12:30 a.\N{NO-BREAK SPACE}m."),
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
        assert format_hours(6, 9) == "6:00–9:00 a.\N{NO-BREAK SPACE}m."


def test_a_moment_names_its_zone() -> None:
    moment = datetime(2026, 3, 4, 14, tzinfo=UTC)

    assert describe_moment(moment, "America/New_York") == "Wednesday, 4 March, 9 am, Eastern time (New York)"


DAY, END = date(2026, 10, 14), date(2027, 1, 3)


@pytest.mark.parametrize(
    ("written", "english", "spanish"),
    [
        (lambda: format_day(DAY), "14 October", "14 de octubre"),
        (lambda: format_day_with_year(DAY), "14 October 2026", "14 de octubre de 2026"),
        (lambda: format_weekday(DAY), "Wednesday, 14 October", "miércoles 14 de octubre"),
        (lambda: format_weekday_with_year(DAY), "Wednesday, 14 October 2026", "miércoles 14 de octubre de 2026"),
        (lambda: format_month(DAY), "October 2026", "octubre de 2026"),
        (lambda: format_days(DAY, DAY.replace(day=20), on=DAY), "14 to 20 October", "del 14 al 20 de octubre"),
        (
            lambda: format_days(DAY, END),
            "14 October 2026 to 3 January 2027",
            "del 14 de octubre de 2026 al 3 de enero de 2027",
        ),
        (lambda: format_weekly_time(0, time(18, 30)), "Monday 6:30 pm", "lunes a las 6:30 p.\N{NO-BREAK SPACE}m."),
        (lambda: format_weekly_time(6, time(1)), "Sunday 1 am", "domingo a la 1:00 a.\N{NO-BREAK SPACE}m."),
        (lambda: format_number(2.5), "2.5", "2,5"),
        (lambda: format_number(2.0), "2", "2"),
        (lambda: format_number(17_000).replace("\xa0", " "), "17,000", "17 000"),
    ],
)
def test_days_times_and_numbers_are_written_as_the_reader_writes_them(
    written: Callable[[], str], english: str, spanish: str
) -> None:
    assert written() == english
    with translation.override("es"):
        assert written() == spanish


@pytest.mark.parametrize(
    ("hour", "spanish"),
    [
        (13, "miércoles 14 de octubre, a las 9:00 a.\N{NO-BREAK SPACE}m., hora del este (Nueva York)"),
        (17, "miércoles 14 de octubre, a la 1:00 p.\N{NO-BREAK SPACE}m., hora del este (Nueva York)"),
        (5, "miércoles 14 de octubre, a la 1:00 a.\N{NO-BREAK SPACE}m., hora del este (Nueva York)"),
    ],
)
def test_a_spanish_moment_has_one_hour_or_several(hour: int, spanish: str) -> None:
    with translation.override("es"):
        assert describe_moment(datetime(2026, 10, 14, hour, tzinfo=UTC), "America/New_York") == spanish


@pytest.mark.parametrize(
    ("phrases", "english", "spanish"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a y b"),
        (["a", "b", "c"], "a, b and c", "a, b y c"),
        (["español", "inglés"], "español and inglés", "español e inglés"),
        (["agua", "hielo"], "agua and hielo", "agua y hielo"),
        (["madre", "hija"], "madre and hija", "madre e hija"),
    ],
)
def test_a_list_is_written_in_words(phrases: list[str], english: str, spanish: str) -> None:
    assert join_phrases(phrases) == english
    with translation.override("es"):
        assert join_phrases(phrases) == spanish
