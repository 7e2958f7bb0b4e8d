"""When people meet, on the clock of a reader elsewhere."""

from datetime import date, datetime, time

import pytest

from campaigns.models import Request
from core.week_mask import Window
from matching.lifecycle.queries.meeting_times import MeetingTime, list_meeting_times
from matching.lifecycle.volunteer_explanations import describe_meetings
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request

TUESDAY, WEDNESDAY, MONDAY = 1, 2, 0


@pytest.fixture
def request_in_new_york(cast: Cast) -> Request:
    """It meets on Tuesdays at 19:00, from 9 March to 19 April."""
    return Request.objects.prefetch_related("windows").get(pk=cast.request.pk)


def test_in_the_same_zone_nothing_moves(request_in_new_york: Request, now: datetime) -> None:
    assert list_meeting_times(request_in_new_york, "America/New_York", at=now) == [
        MeetingTime(TUESDAY, time(19), time(20), TUESDAY)
    ]


def test_in_kathmandu_it_is_the_next_day_at_a_quarter_to(request_in_new_york: Request, now: datetime) -> None:
    [meeting] = list_meeting_times(request_in_new_york, "Asia/Kathmandu", at=now)

    assert meeting == MeetingTime(WEDNESDAY, time(4, 45), time(5, 45), TUESDAY)
    assert meeting.is_on_other_day


def test_in_honolulu_it_is_the_same_day_and_no_clock_changes(request_in_new_york: Request, now: datetime) -> None:
    [meeting] = list_meeting_times(request_in_new_york, "Pacific/Honolulu", at=now)

    assert (meeting.starts, meeting.is_on_other_day) == (time(13), False)


def test_a_change_of_clocks_in_mid_project_is_a_second_time(request_in_new_york: Request, now: datetime) -> None:
    assert list_meeting_times(request_in_new_york, "Europe/Berlin", at=now) == [
        MeetingTime(WEDNESDAY, time(0), time(1), TUESDAY),
        MeetingTime(WEDNESDAY, time(1), time(2), TUESDAY, since=date(2026, 4, 1)),
    ]


def test_a_meeting_early_in_sydney_is_the_day_before_in_new_york(cast: Cast, now: datetime) -> None:
    early = {"time_zone": "Australia/Sydney", "meetings": [Window(TUESDAY, time(7), time(8))]}
    made = publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title="Other", **early)
    loaded = Request.objects.prefetch_related("windows").get(pk=made.pk)

    first, *_later = list_meeting_times(loaded, "America/New_York", at=now)

    assert (first.weekday, first.starts) == (MONDAY, time(16))
    assert describe_meetings([first], "America/New_York") == [
        "Every Monday, 4 pm to 5 pm, Eastern time (New York).",
        "For you that is the day before: it is Monday where you live, and Tuesday there.",
    ]


def test_a_request_that_is_over_has_no_second_time(request_in_new_york: Request) -> None:
    after = datetime.fromisoformat("2026-06-01T12:00:00+00:00")

    assert len(list_meeting_times(request_in_new_york, "Europe/Berlin", at=after)) <= 1
