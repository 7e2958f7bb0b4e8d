"""Somebody's calendar, read as a calendar program reads it: from what is in the file and nothing else."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from campaigns.draft_rules import RoleDraft
from campaigns.models import Contest, Request, RequestWindow
from core.accounts.mfa_reset import end_all_sessions, remove_all_factors
from core.models import User
from core.week_regimes import split_into_regimes
from matching.lifecycle.actions.calendar_feed import close_calendar_feed, open_calendar_feed
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.calendar import build_calendar, find_feed_opening
from matching.lifecycle.queries.time_zone_rules import build_time_zone_rules
from matching.models import CalendarFeed, Match
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, publish_new_request

SECRET = "a-long-and-random-secret"
FIVE_YEARS = (date(2026, 1, 1), date(2030, 12, 31))
TWO_YEARS_EACH = [
    (date(2026, 1, 1), date(2027, 12, 31)),
    (date(2028, 1, 1), date(2029, 12, 31)),
    (date(2030, 1, 1), date(2030, 12, 31)),
]
"""The same in pieces as long as a request can be."""


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    """Alice was asked."""
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    return approve_match(actor=cast.rita, match=Match.objects.get(volunteer__user=cast.alice), at=now)


def read(match: Match, at: datetime) -> tuple[list[Any], dict[str, Any]]:
    """The events of Alice's file, and the zones that it explains, by name."""
    calendar: Any = Calendar.from_ical(build_calendar(match.volunteer, at=at))
    zones: dict[str, Any] = {str(zone["tzid"]): zone for zone in calendar.walk("VTIMEZONE")}
    return list(calendar.walk("VEVENT")), zones


def wall(event: Any, name: str) -> datetime:
    """What an event says in one of its times, without its zone."""
    moment = event[name].dt
    assert isinstance(moment, datetime)
    return moment.replace(tzinfo=None)


def clock(*parts: int) -> datetime:
    """What a wall clock shows, wherever it hangs."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]


def weekly(event: Any) -> list[datetime]:
    """When a weekly event is held, on the wall clock that it names."""
    rule = event["rrule"]
    assert set(rule) == {"FREQ", "UNTIL"}
    assert rule["FREQ"] == ["WEEKLY"]
    [until] = rule["UNTIL"]
    zone = ZoneInfo(event["dtstart"].params.get("tzid", "UTC"))
    last = until.astimezone(zone).replace(tzinfo=None)
    moment, held = wall(event, "dtstart"), []
    while moment <= last:
        held.append(moment)
        moment += timedelta(days=7)
    return held


def kinds_of_clock() -> list[str]:
    """A zone for every way in which clocks go in these five years."""
    first, last = FIVE_YEARS
    days = [datetime.combine(first, time(12), UTC) + timedelta(days=day) for day in range(0, (last - first).days, 5)]
    found: dict[tuple[object, ...], str] = {}
    for name in sorted(available_timezones() - {"localtime", "Factory"}):
        zone = ZoneInfo(name)
        found.setdefault(tuple(day.astimezone(zone).utcoffset() for day in days), name)
    return sorted(found.values())


@pytest.mark.parametrize(("first", "last"), TWO_YEARS_EACH)
def test_meetings_stay_on_the_wall_clock_in_every_kind_of_zone_for_five_years(
    cast: Cast, match: Match, now: datetime, first: date, last: date
) -> None:
    Contest.objects.update(election_on=last)
    clocks = kinds_of_clock()
    assert len(clocks) > 50
    Match.objects.update(state=MatchState.ACTIVE)
    for number, name in enumerate(clocks):
        Request.objects.update(time_zone=name, starts_on=first, ends_on=last)
        [meeting], zones = read(match, now)
        tuesdays = [first + timedelta(days=day) for day in range((last - first).days + 1)]
        expected = [
            datetime.combine(day, time(19), ZoneInfo(name)).astimezone(UTC) for day in tuesdays if day.weekday() == 1
        ]

        held = weekly(meeting)
        stated = meeting["dtstart"].params.get("tzid")
        if stated is None:  # a clock that is UTC's for ever
            found = [moment.replace(tzinfo=UTC) for moment in held]
        else:
            own = zones[stated].to_tz(lookup_tzid=False)  # by the rules in the file alone
            found = [(moment - (own.utcoffset(moment) or timedelta())).replace(tzinfo=UTC) for moment in held]
        assert found == expected, name

        theirs = ZoneInfo(clocks[(number * 7 + 3) % len(clocks)])  # the volunteer's, whose clock changes on other days
        shown = [moment.astimezone(theirs).astimezone(ZoneInfo(name)) for moment in found]
        assert {(each.weekday(), each.time()) for each in shown} == {(1, time(19))}, (name, theirs)


@pytest.mark.parametrize("name", ["Africa/Casablanca", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham"])
def test_a_zone_is_explained_to_the_minute(name: str) -> None:
    rules = build_time_zone_rules(name, *FIVE_YEARS)

    assert len(rules.subcomponents) == len(split_into_regimes([name], *FIVE_YEARS)) >= 10
    offset = None
    listed: list[Any] = rules.subcomponents
    for rule in listed:
        assert offset in (None, rule["tzoffsetfrom"].td)
        offset = rule["tzoffsetto"].td
        onset = rule["dtstart"].dt
        moment = (onset - rule["tzoffsetfrom"].td).replace(tzinfo=UTC)
        assert moment.astimezone(ZoneInfo(name)).utcoffset() == offset
        if rule is not listed[0]:
            a_minute_before = (moment - timedelta(minutes=1)).astimezone(ZoneInfo(name))
            assert a_minute_before.utcoffset() == rule["tzoffsetfrom"].td


def test_the_file_is_what_calendar_programs_expect(cast: Cast, match: Match, now: datetime) -> None:
    accept_offer(actor=cast.alice, match=match, at=now, accepts_code_of_conduct=True)
    data = build_calendar(match.volunteer, at=now)

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    calendar: Any = Calendar.from_ical(data)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Handraiser//Calendar//EN")
    named = {event["dtstart"].params["tzid"] for event in calendar.walk("VEVENT")}
    assert named == {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")} == {"America/New_York"}
    [meeting] = calendar.walk("VEVENT")
    assert (wall(meeting, "dtstart"), wall(meeting, "dtend")) == (clock(2026, 3, 10, 19), clock(2026, 3, 10, 20))
    assert meeting["dtstamp"].dt == now
    assert b"DTSTAMP:20260302T120000Z" in data
    assert meeting.decoded("rrule")["UNTIL"] == [datetime(2026, 4, 20, 3, 59, 59, tzinfo=UTC)]
    assert (meeting["class"], meeting["transp"]) == ("PRIVATE", "OPAQUE")


@pytest.mark.parametrize(
    ("day", "hour", "triggers"),
    [
        (True, False, ["-P1D"]),
        (False, True, ["-PT1H"]),
        (True, True, ["-P1D", "-PT1H"]),
        (False, False, []),
    ],
)
def test_a_meeting_has_an_alarm_for_each_reminder_that_was_chosen(
    cast: Cast, match: Match, now: datetime, day: bool, hour: bool, triggers: list[str]
) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_reminded_a_day_before=day, is_reminded_an_hour_before=hour)
    assert not read(match, now)[0][0].walk("VALARM")  # an answer that is due has none
    Match.objects.update(state=MatchState.ACTIVE)

    [meeting], _zones = read(Match.objects.get(), now)

    alarms = meeting.walk("VALARM")
    assert [alarm["trigger"].to_ical().decode() for alarm in alarms] == triggers
    assert {(str(alarm["action"]), str(alarm["description"])) for alarm in alarms} <= {("DISPLAY", "Meeting")}


def test_an_event_keeps_its_name_and_two_have_two(cast: Cast, match: Match, now: datetime) -> None:
    RequestWindow.objects.create(request=match.request, kind="meeting", weekday=3, starts=time(23), ends=time(1))
    Match.objects.update(state=MatchState.ACTIVE)

    names = [[str(event["uid"]) for event in read(match, at)[0]] for at in (now, now + timedelta(days=9))]

    assert names[0] == names[1]
    assert len(set(names[0])) == 2
    late = read(match, now)[0][1]
    assert (wall(late, "dtstart"), wall(late, "dtend")) == (clock(2026, 3, 12, 23), clock(2026, 3, 13, 1))


def test_a_deadline_is_the_half_hour_before_it_and_blocks_no_time(cast: Cast, match: Match, now: datetime) -> None:
    [event], zones = read(match, now)

    assert (event["summary"], event["transp"], zones) == ("Answer", "TRANSPARENT", {})
    assert event["dtend"].dt == match.due_at
    assert match.due_at is not None
    assert event["dtstart"].dt == match.due_at - timedelta(minutes=30)


def test_what_a_calendar_shows_follows_the_match(cast: Cast, match: Match, now: datetime) -> None:
    shown = {}
    for state in MatchState:
        Match.objects.update(state=state, due_at=now)
        shown[state] = [str(event["summary"]) for event in read(match, now)[0]]

    assert {state: names for state, names in shown.items() if names} == {
        MatchState.OFFERED: ["Answer"],
        MatchState.ACCEPTED: ["Meeting"],
        MatchState.ACTIVE: ["Meeting"],
        MatchState.CLOSING: ["Hand-over"],
    }


def test_a_calendar_takes_two_queries_for_one_project_and_for_three(
    cast: Cast, match: Match, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    volunteer = match.volunteer
    Match.objects.update(state=MatchState.ACTIVE)
    with django_assert_num_queries(2):
        build_calendar(volunteer, at=now)
    front = RoleDraft(name="Front end", skill="front-end", hours_per_week=1)
    for zone in ("Europe/London", "America/New_York"):
        publish_new_request(cast.carol, cast.campaign, now, roles=[front], meetings=[], title=zone, time_zone=zone)
    for request in Request.objects.exclude(pk=match.request_id):
        RequestWindow.objects.create(request=request, kind="meeting", weekday=5, starts=time(10), ends=time(11))
        Match.objects.create(
            volunteer=volunteer,
            seat=request.roles.get().seats.get(),
            state=MatchState.ACTIVE,
            score=0,
            score_parts={},
            proposed_at=now,
            state_changed_at=now,
        )
    with django_assert_num_queries(2):
        events, zones = read(match, now)
    assert (len(events), sorted(zones)) == (3, ["America/New_York", "Europe/London"])


# The address


def test_only_the_digest_of_an_address_is_kept(cast: Cast, now: datetime) -> None:
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)

    [row] = CalendarFeed.objects.values()
    assert SECRET not in str(row)
    assert len(row["secret_digest"]) == 64


def _read_headers(answer: Any) -> dict[str, str]:
    """Return the headers but for the length, which is that of the way back, too."""
    return {name: value for name, value in answer.headers.items() if name != "Content-Length"}


def _read_body(answer: Any) -> str:
    """Return the page without the switch of languages, whose token and way back are others each time."""
    return re.sub(r"<form.*?</form>", "", answer.content.decode(), flags=re.DOTALL)


def test_an_address_that_was_taken_back_is_one_that_never_was(cast: Cast, match: Match, now: datetime) -> None:
    client = Client(headers={"X-Request-Id": "0123456789abcdef0123456789abcdef"})
    missing = client.get("/calendar/never-given-out.ics")
    assert missing.status_code == 404
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)
    assert client.get(f"/calendar/{SECRET}.ics").status_code == 200

    open_calendar_feed(actor=cast.alice, secret="another", authenticated_at=now, at=now)
    replaced = client.get(f"/calendar/{SECRET}.ics")
    close_calendar_feed(actor=cast.alice)
    closed = client.get("/calendar/another.ics")

    for answer in (replaced, closed, client.get(f"/calendar/{CalendarFeed(secret_digest='x').secret_digest}.ics")):
        assert (answer.status_code, _read_body(answer)) == (404, _read_body(missing))
        assert _read_headers(answer) == _read_headers(missing)


def test_the_calendar_of_a_closed_account_is_none(cast: Cast, now: datetime) -> None:
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)
    cast.alice.is_active = False
    cast.alice.save()

    assert Client().get(f"/calendar/{SECRET}.ics").status_code == 404


def test_the_answer_is_kept_by_nobody_and_names_nobody(cast: Cast, match: Match, now: datetime) -> None:
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)
    for state in (MatchState.OFFERED, MatchState.ACTIVE, MatchState.CLOSING):
        Match.objects.update(state=state)
        answer = Client().get(f"/calendar/{SECRET}.ics")

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="calendar.ics"'
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies
        said = answer.content.decode().lower()
        for name in ("doe", "kim", "senate", "website", "front", "alice", "carol", "small site", "swordfish"):
            assert name not in said, (state, name)


def test_looking_at_a_calendar_changes_nothing_and_nothing_else_is_answered(cast: Cast, now: datetime) -> None:
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)

    assert [Client().generic(verb, f"/calendar/{SECRET}.ics").status_code for verb in ("HEAD", "POST", "DELETE")] == [
        200,
        405,
        405,
    ]
    assert CalendarFeed.objects.count() == 1


def test_the_words_follow_the_language_of_whose_calendar_it_is(cast: Cast, match: Match, now: datetime) -> None:
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)

    answer = Client().get(f"/calendar/{SECRET}.ics", headers={"Accept-Language": "de"})

    assert b"SUMMARY:Answer" in answer.content


@pytest.mark.parametrize(
    "end",
    [
        lambda user: user.set_password("quite another horse") or user.save(),
        lambda user: end_all_sessions(user),
        lambda user: remove_all_factors(user),
    ],
)
def test_an_address_ends_with_a_new_password_and_with_an_account_recovery(
    cast: Cast, match: Match, now: datetime, end: Callable[[User], object]
) -> None:
    open_calendar_feed(actor=cast.alice, secret=SECRET, authenticated_at=now, at=now)
    assert find_feed_opening(cast.alice) == now
    end(cast.alice)

    assert Client().get(f"/calendar/{SECRET}.ics").status_code == 404
    assert find_feed_opening(cast.alice) is None
    open_calendar_feed(actor=cast.alice, secret="another", authenticated_at=now, at=now)
    assert Client().get("/calendar/another.ics").status_code == 200
