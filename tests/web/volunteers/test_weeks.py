"""The drawing of a week: free, partly free, and where a meeting lies."""

from datetime import time

import pytest
from django.utils import translation

from matching.lifecycle.queries.meeting_times import MeetingTime
from tests.cast import Cast
from volunteers.models import AvailabilityWindow, Volunteer
from web.design.components import SlotState
from web.volunteers.desk_cards import describe_free_days
from web.volunteers.weeks import build_week


def window(weekday: int, starts: time, ends: time) -> AvailabilityWindow:
    return AvailabilityWindow(weekday=weekday, starts=starts, ends=ends)


def test_an_evening_is_free_and_half_an_afternoon_is_partly() -> None:
    week = build_week([window(0, time(17), time(22)), window(2, time(13), time(15))], [], time_zone="Asia/Kathmandu")

    rows = {part.name: [slot.state for slot in part.slots] for part in week.parts}
    assert list(rows) == ["9 am–5 pm", "5–10 pm"]
    assert rows["5–10 pm"][0] == SlotState.FREE
    assert rows["9 am–5 pm"][2] == SlotState.PARTLY
    assert week.sentence == "You are free on: Monday, Wednesday."


def test_a_meeting_stands_in_its_part_and_in_the_sentence() -> None:
    week = build_week(
        [window(1, time(18), time(22))], [MeetingTime(1, time(19), time(20), 1)], time_zone="Asia/Kathmandu"
    )

    assert week.parts[-1].slots[1].text == "7"
    assert week.sentence == "You are free on: Tuesday. They meet once: Tuesday 7 pm, Kathmandu time."


def test_a_meeting_in_spanish_fits_its_narrow_slot() -> None:
    with translation.override("es"):
        week = build_week([], [MeetingTime(1, time(19), time(20), 1)], time_zone="America/New_York")

    assert week.parts[-1].slots[1].text == "7"
    assert week.sentence.endswith("martes a las 7:00 p.\N{NO-BREAK SPACE}m., hora del este (Nueva York).")


def test_a_meeting_at_night_gets_a_row_of_its_own() -> None:
    week = build_week([], [MeetingTime(2, time(4, 45), time(5, 45), 1)], time_zone="Asia/Kathmandu")

    assert week.parts[0].name == "midnight–6 am"
    assert week.parts[0].slots[2].text == "4:45"
    assert week.sentence.startswith("You have named no free time.")


def test_a_window_over_midnight_reaches_into_the_next_day() -> None:
    week = build_week([window(6, time(22), time(6))], [], time_zone="Asia/Kathmandu")

    rows = {part.name: [slot.state for slot in part.slots] for part in week.parts}
    assert (rows["10 pm–midnight"][6], rows["midnight–6 am"][0]) == (SlotState.FREE, SlotState.FREE)


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        ([0, 1, 2, 3, 4], "2 hours a week, Monday to Friday."),
        ([0, 5], "2 hours a week, Monday and Saturday."),
        ([], "2 hours a week"),
    ],
)
def test_the_hours_of_a_person_are_said_in_few_words(cast: Cast, weekdays: list[int], words: str) -> None:
    volunteer = Volunteer.objects.get(user=cast.alice)
    volunteer.max_hours_per_week = 2
    volunteer.windows.exclude(weekday__in=weekdays).delete()
    for weekday in set(weekdays) - set(volunteer.windows.values_list("weekday", flat=True)):
        volunteer.windows.create(weekday=weekday, starts=time(9), ends=time(12))

    assert describe_free_days(volunteer) == words
