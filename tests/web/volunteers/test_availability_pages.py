"""A volunteer's own week by pages: hours, days, pause, still right, time off, and clocks."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.models import RequestWindow, Seat
from core.week_mask import Window, round_inward
from core.week_regimes import split_into_regimes
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import create_match
from tests.web.volunteers.start_steps import text_of
from volunteers.models import TimeOff, Volunteer

WEEK: dict[str, Any] = {"max_hours_per_week": "4", "windows": ["0-evening"], "time_zone": "America/New_York"}


@pytest.fixture
def client(cast: Cast) -> Client:
    return sign_in(cast)


@pytest.fixture
def alice(cast: Cast) -> Volunteer:
    return Volunteer.objects.get(user=cast.alice)


def sign_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.alice)
    return client


def windows_of(volunteer: Volunteer) -> list[Window]:
    return [Window(window.weekday, window.starts, window.ends) for window in volunteer.windows.all()]


def test_a_volunteer_changes_the_week_and_the_form_shows_what_is_stored(client: Client, alice: Volunteer) -> None:
    page = client.get("/me/week/").content.decode()
    assert 'name="from_0_0" value="18:00"' in page
    assert "Eastern time (New York)" in page

    sent = WEEK | {"windows": ["0-evening", "5-daytime"], "from_4_0": "17:00", "to_4_0": "19:00"}
    answer = client.post("/me/week/", sent, follow=True)
    assert "Saved: 4 hours a week, at these times. From now on we ask you for these times only." in text_of(answer)
    assert windows_of(alice) == [
        Window(0, time(17), time(22)),
        Window(4, time(17), time(19)),
        Window(5, time(9), time(17)),
    ]
    shown = answer.content.decode()
    assert re.findall(r'value="(\d-\w+)" id="[^"]+" checked', shown) == ["5-daytime", "0-evening"]
    assert 'class="cell partly"><input type="checkbox" name="windows" value="4-evening"' in shown


def test_a_week_that_was_changed_elsewhere_is_not_written_over(client: Client, alice: Volunteer) -> None:
    client.post("/me/week/", WEEK | {"version": alice.version})
    answer = client.post("/me/week/", WEEK | {"version": alice.version, "max_hours_per_week": "2"})

    assert answer.status_code == 409
    alice.refresh_from_db()
    assert alice.max_hours_per_week == 4


def test_fewer_hours_than_a_running_project_takes_are_warned_of_and_nothing_ends(
    client: Client, cast: Cast, alice: Volunteer, now: datetime
) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    match = create_match(MatchState.ACTIVE, volunteer=alice, seat=seat, at=now)
    assert "You work on one project. Its hours and meetings stay as agreed. The people there see the hours" in text_of(
        client.get("/me/week/")
    )

    page = client.post("/me/week/", WEEK | {"max_hours_per_week": "1"}, follow=True)
    assert "You said yes to 4 hours a week, and now offer 1." in text_of(page)
    [warned] = re.findall(r'name="warned" value="([^"]+)"', page.content.decode())
    assert client.post("/me/week/", WEEK | {"max_hours_per_week": "1", "warned": warned}).status_code == 302
    assert Match.objects.get(pk=match.pk).state == "active"


def test_a_week_in_kathmandu_keeps_its_quarter_hours(client: Client, alice: Volunteer) -> None:
    sent = WEEK | {"time_zone": "Asia/Kathmandu", "windows": [], "from_0_0": "18:15", "to_0_0": "22:15"}
    page = client.post("/me/week/", sent, follow=True)

    assert "Kathmandu" in page.content.decode()
    alice.refresh_from_db()
    assert (alice.time_zone, windows_of(alice)) == ("Asia/Kathmandu", [Window(0, time(18, 15), time(22, 15))])
    [regime] = split_into_regimes(["Asia/Kathmandu"], date(2026, 3, 2), date(2026, 3, 8))
    assert round_inward(windows_of(alice), "Asia/Kathmandu", regime).bit_count() == 8  # 12:30 to 16:30 in UTC


def test_a_clock_change_is_announced_and_the_windows_stay_on_the_volunteers_clock(cast: Cast, alice: Volunteer) -> None:
    with time_machine.travel(datetime(2026, 10, 12, 12).astimezone(), tick=False):
        client = sign_in(cast)
        page = client.get("/me/week/")
        assert "Your clock changes on Sunday, 1 November." in text_of(page)
        client.post("/me/week/", WEEK)

    assert windows_of(alice) == [Window(0, time(17), time(22))]
    summer, winter = split_into_regimes(["America/New_York"], date(2026, 10, 12), date(2026, 11, 8))
    masks = [round_inward(windows_of(alice), "America/New_York", regime) for regime in (summer, winter)]
    assert masks[1] == masks[0] << 2


def test_a_zone_without_clock_changes_announces_none(client: Client, alice: Volunteer) -> None:
    Volunteer.objects.filter(pk=alice.pk).update(time_zone="Asia/Kathmandu")

    assert "Your clock changes" not in text_of(client.get("/me/week/"))


def test_the_week_is_confirmed(cast: Cast, alice: Volunteer, now: datetime) -> None:
    later = now + timedelta(days=40)
    with time_machine.travel(later, tick=False):
        client = sign_in(cast)
        page = client.get("/me/still-right/")
        assert "Are your hours still right?" in text_of(page)
        client.post("/me/still-right/")

    alice.refresh_from_db()
    assert alice.availability_confirmed_at == later


def test_a_volunteer_pauses_and_is_back(client: Client, alice: Volunteer) -> None:
    assert "You end the pause on the page of your week" in text_of(client.get("/me/week/pause/"))
    page = client.post("/me/week/pause/", follow=True)
    assert "You are on a pause." in text_of(page)
    alice.refresh_from_db()
    assert (alice.state, alice.answer_due_at) == ("paused", None)

    [address] = re.findall(r'action="([^"]+)">(?:(?!</form>).)*I am back', page.content.decode())
    assert address == "/me/back/"
    assert client.post(address)["Location"] == "/me/"
    alice.refresh_from_db()
    assert alice.state == "active"
    assert alice.answer_due_at is not None


def test_a_volunteer_who_left_comes_back(client: Client, alice: Volunteer, now: datetime) -> None:
    Volunteer.objects.filter(pk=alice.pk).update(state="left", left_at=now, answer_due_at=None)
    assert "You have left." in text_of(client.get("/me/week/"))
    refused = client.post("/me/week/", WEEK)
    assert "You have left, so there is nothing to change. Come back first." in text_of(refused)

    client.post("/me/back/")
    alice.refresh_from_db()
    assert alice.state == "active"


@pytest.mark.parametrize(
    ("state", "words", "unsaid"),
    [
        (MatchState.ACTIVE, "You work on one project. Its hours and meetings stay as agreed.", "not answered yet"),
        (MatchState.ACCEPTED, "You said yes to one project, and they have not answered yet.", "stay as agreed"),
    ],
)
def test_the_week_says_what_is_agreed_and_who_sees_a_change(
    client: Client, cast: Cast, alice: Volunteer, now: datetime, state: MatchState, words: str, unsaid: str
) -> None:
    create_match(state, volunteer=alice, seat=Seat.objects.get(role__request=cast.request), at=now)

    page = text_of(client.get("/me/week/"))

    assert f"{words} The people there see the hours and times that you save here." in page
    assert unsaid not in page


def test_days_are_those_of_the_readers_calendar(cast: Cast, alice: Volunteer) -> None:
    late = datetime(2026, 11, 30, 2, tzinfo=UTC)  # on the Pacific coast it is Sunday still
    Volunteer.objects.filter(pk=alice.pk).update(time_zone="America/Los_Angeles", availability_confirmed_at=late)
    TimeOff.objects.create(volunteer=alice, starts_on=date(2026, 11, 29), ends_on=date(2026, 11, 29))

    with time_machine.travel(late, tick=False):
        client = sign_in(cast)
        week, off, desk = (text_of(client.get(page)) for page in ("/me/week/", "/me/time-off/", "/me/"))

    assert "You entered or confirmed it on Sunday, 29 November." in week
    assert "Remove 29 November" in off
    assert "Away on 29 November" in desk


def test_a_button_names_all_days_that_it_takes_away(client: Client, alice: Volunteer) -> None:
    TimeOff.objects.create(volunteer=alice, starts_on=date(2030, 12, 7), ends_on=date(2030, 12, 13))

    assert "Remove 7 to 13 December 2030" in text_of(client.get("/me/time-off/"))


def test_days_off_are_told_by_whom_they_concern(client: Client, cast: Cast, alice: Volunteer, now: datetime) -> None:
    assert "No campaign sees your days off. We use them" in text_of(client.get("/me/time-off/"))
    seat = Seat.objects.get(role__request=cast.request)
    match = create_match(MatchState.ACTIVE, volunteer=alice, seat=seat, at=now)

    page = client.get("/me/time-off/")

    assert "No campaign sees your days off. Tell those for whom you work:" in text_of(page)
    assert f'href="/me/projects/{match.public_id}/messages/"' in page.content.decode()


def test_a_meeting_on_days_off_is_told_with_the_way_to_write(
    client: Client, cast: Cast, alice: Volunteer, now: datetime
) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    match = create_match(MatchState.ACTIVE, volunteer=alice, seat=seat, at=now)
    RequestWindow.objects.get_or_create(
        request=cast.request,
        kind=RequestWindow.Kind.MEETING,
        defaults={"weekday": 2, "starts": time(19), "ends": time(20)},
    )
    first = cast.request.starts_on + timedelta(days=7)
    days = {"starts_on": first.isoformat(), "ends_on": (first + timedelta(days=6)).isoformat()}

    with time_machine.travel(now, tick=False):
        page = sign_in(cast).post("/me/time-off/", days, follow=True)

    assert f"“{cast.request.title}” meets on these days: " in text_of(page)
    assert f'href="/me/projects/{match.public_id}/messages/">Write to them' in page.content.decode()


def test_a_changed_week_says_how_many_places_fit_now(client: Client, alice: Volunteer) -> None:
    page = client.post("/me/week/", WEEK | {"version": alice.version}, follow=True)

    assert re.search(r"(No open place fits|\d+ open places? fits?) you now\.\s+Look at open places", text_of(page))


def test_days_off_are_added_and_removed(client: Client, alice: Volunteer) -> None:
    assert "No time off" in text_of(client.get("/me/time-off/"))
    page = client.post("/me/time-off/", {"starts_on": "2030-12-24", "ends_on": "2030-12-20"})
    assert page.status_code == 400

    first = alice.availability_confirmed_at
    assert first is not None
    day = first.date() + timedelta(days=30)
    page = client.post("/me/time-off/", {"starts_on": day.isoformat()}, follow=True)
    assert f"Remove {day.day}" in text_of(page)
    assert list(alice.time_off.values_list("starts_on", "ends_on")) == [(day, day)]
    again = client.post("/me/time-off/", {"starts_on": day.isoformat()})
    assert "Two times off start on the same day." in text_of(again)

    for _click in range(2):
        client.post("/me/time-off/", {"remove": day.isoformat()})
    assert not alice.time_off.exists()


def test_who_has_no_profile_is_led_to_raise_a_hand(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.dave)

    for address in ("/me/week/", "/me/week/pause/", "/me/time-off/"):
        assert client.get(address)["Location"] == "/start/"
        assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_each_page_asks_the_database_a_fixed_number_of_times(client: Client, alice: Volunteer) -> None:
    counts = count_queries(client)
    for week in range(1, 4):
        day = (alice.availability_confirmed_at or datetime.now().astimezone()).date() + timedelta(weeks=week)
        client.post("/me/time-off/", {"starts_on": day.isoformat()})

    assert count_queries(client) == counts == {"/me/week/": 7, "/me/time-off/": 7}


def count_queries(client: Client) -> dict[str, int]:
    counts = {}
    for address in ("/me/week/", "/me/time-off/"):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts[address] = len(captured)
    return counts
