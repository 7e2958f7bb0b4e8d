"""People are reminded of the meetings of their projects: each once, by their choice, and as the project is then."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from campaigns.models import Campaign, Member, Request, RequestWindow, Seat
from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.lifecycle.actions.meeting_reminders import remind_of_meetings
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer
from tests.match_factory import create_match, make_accepted_match, make_active_match
from tests.notices import mark_notices_sent
from volunteers.models import Volunteer

DAY_BEFORE, HOUR_BEFORE = "meeting-day-before", "meeting-hour-before"
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MEETING = datetime(2026, 3, 10, 23, tzinfo=UTC)
"""The first one: a Tuesday, 7 pm in New York, two days after its clocks have changed."""


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    """Alice is at work for Carol."""
    match = make_active_match(cast, now)
    mark_notices_sent()
    return match


def choose(user: User, *, day: bool, hour: bool) -> None:
    User.objects.filter(pk=user.pk).update(is_reminded_a_day_before=day, is_reminded_an_hour_before=hour)


def list_reminders() -> list[tuple[str, str]]:
    reminders = Notice.objects.filter(kind__startswith="meeting-").select_related("recipient").order_by("pk")
    return [(notice.kind, notice.recipient.email.split("@")[0]) for notice in reminders if notice.recipient]


def list_letters() -> list[tuple[str, str]]:
    return [(letter.to[0].split("@")[0], str(letter.subject)) for letter in mail.outbox]


def test_both_sides_are_reminded_a_day_before_each_meeting_and_an_hour_before_by_choice(
    cast: Cast, match: Match
) -> None:
    choose(cast.alice, day=True, hour=True)

    found: list[tuple[datetime, str, str]] = []
    for meeting in (MEETING, MEETING + 7 * DAY):
        for at in (meeting + HOUR * number for number in range(-40, 2)):
            count = remind_of_meetings(at=at)
            new = list_reminders()[len(found) :]
            assert len(new) == count
            found += [(at, kind, name) for kind, name in new]

    first = [
        (MEETING - DAY, DAY_BEFORE, "alice"),
        (MEETING - DAY, DAY_BEFORE, "carol"),
        (MEETING - HOUR, HOUR_BEFORE, "alice"),
    ]
    assert sorted(found) == sorted([*first, *((at + 7 * DAY, kind, name) for at, kind, name in first)])


def test_a_letter_says_when_on_the_clock_of_its_reader_and_leads_to_the_project(cast: Cast, match: Match) -> None:
    Volunteer.objects.filter(user=cast.alice).update(time_zone="America/Los_Angeles")
    choose(cast.alice, day=True, hour=True)

    for at in (MEETING - DAY, MEETING - HOUR):
        remind_of_meetings(at=at)
        deliver_due_notices(at=at)

    assert sorted(list_letters()) == [
        ("alice", "Your meeting begins soon"),
        ("alice", "Your next meeting: Tuesday, 10 March, 4 pm"),
        ("carol", "Your next meeting: Tuesday, 10 March, 7 pm"),
    ]
    texts = {(letter.to[0], letter.subject[:12]): str(letter.body) for letter in mail.outbox}
    alices, carols = texts["alice@example.org", "Your next me"], texts["carol@example.org", "Your next me"]
    assert "Hello Alice,\n\nyou meet on Tuesday, 10 March, 4 pm, Pacific time (Los Angeles)." in alices
    assert f"/me/projects/{match.public_id}/" in alices
    assert "you meet on Tuesday, 10 March, 4 pm" in texts["alice@example.org", "Your meeting"]
    assert "you meet the people who work for you on Tuesday, 10 March, 7 pm" in carols
    assert f"/campaigns/{cast.campaign.public_id}/projects/{match.request.public_id}/" in carols


def test_an_hour_before_comes_at_night_and_a_day_before_does_not(cast: Cast, match: Match) -> None:
    Volunteer.objects.filter(user=cast.alice).update(time_zone="Asia/Tokyo")  # 8 am on Wednesday there
    choose(cast.alice, day=True, hour=True)
    evening = datetime(2026, 3, 9, 11, tzinfo=UTC)  # 8 pm on Monday in Tokyo

    assert remind_of_meetings(at=evening - SECOND) == 0
    assert remind_of_meetings(at=evening) == 1
    Notice.objects.all().delete()
    assert remind_of_meetings(at=evening + HOUR) == 0  # late, and in the quiet hours
    assert remind_of_meetings(at=datetime(2026, 3, 10, 0, tzinfo=UTC)) == 2  # 9 am there; Carol's is due, too
    assert remind_of_meetings(at=MEETING - HOUR) == 1
    assert list_reminders()[-1] == (HOUR_BEFORE, "alice")


def test_a_second_sweep_and_a_second_meeting_at_that_moment_remind_no_one_twice(cast: Cast, match: Match) -> None:
    assert [remind_of_meetings(at=MEETING - DAY + MINUTE * number) for number in range(3)] == [2, 0, 0]
    mark_notices_sent()
    assert remind_of_meetings(at=MEETING - SECOND) == 0
    assert remind_of_meetings(at=MEETING) == 0

    RequestWindow.objects.create(request=match.request, kind="meeting", weekday=1, starts=time(20), ends=time(21))
    assert remind_of_meetings(at=MEETING - DAY + HOUR) == 2  # the other meeting of that day has reminders of its own


def test_a_sweep_enqueues_no_more_than_it_may_and_the_next_one_the_rest(cast: Cast, match: Match) -> None:
    assert [remind_of_meetings(at=MEETING - DAY, most=1) for _number in range(3)] == [1, 1, 0]


def test_a_sweep_takes_as_many_queries_for_one_person_as_for_three(
    cast: Cast, match: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # one, and the two of a savepoint: no meeting is near
        assert remind_of_meetings(at=MEETING - 3 * DAY) == 0
    choose(cast.carol, day=False, hour=False)
    with django_assert_num_queries(6):
        assert remind_of_meetings(at=MEETING - DAY) == 1
    Notice.objects.all().delete()
    choose(cast.carol, day=True, hour=True)
    seat = Seat.objects.create(role=match.seat.role, number=match.seat.number + 1)
    create_match(MatchState.ACTIVE, volunteer=create_volunteer(create_user("erin"), MEETING), seat=seat, at=MEETING)
    with django_assert_num_queries(6):
        assert remind_of_meetings(at=MEETING - DAY) == 3


# Those who are reminded


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda match: None, {"alice", "carol"}),
        (lambda match: Match.objects.update(state=MatchState.ACCEPTED), {"alice"}),
        (lambda match: Match.objects.update(state=MatchState.OFFERED), set()),
        (lambda match: Match.objects.update(state=MatchState.CLOSING), set()),
        (lambda match: Match.objects.update(state=MatchState.WITHDRAWN), set()),
        (lambda match: Volunteer.objects.update(state="left", answer_due_at=None), set()),
        (lambda match: User.objects.filter(email="alice@example.org").update(is_active=False), {"carol"}),
        (lambda match: User.objects.filter(email="carol@example.org").update(is_active=False), {"alice"}),
        (lambda match: Request.objects.update(contact=None), {"alice"}),
        (lambda match: Request.objects.update(state="closed"), {"alice", "carol"}),
        (lambda match: Request.objects.update(state="cancelled"), set()),
        (lambda match: Request.objects.update(ends_on=MEETING.date() - DAY), set()),
        (lambda match: RequestWindow.objects.update(kind="work"), set()),
        (lambda match: RequestWindow.objects.update(weekday=5), set()),
        (lambda match: Campaign.objects.update(state="ended"), set()),
        (lambda match: User.objects.update(is_reminded_a_day_before=False), set()),
    ],
)
def test_those_who_meet_are_reminded_and_those_who_wanted_one_hear_nothing_once_it_is_untrue(
    cast: Cast, match: Match, change: Callable[[Match], object], names: set[str]
) -> None:
    remind_of_meetings(at=MEETING - DAY)
    reminders = list(Notice.objects.filter(kind=DAY_BEFORE))
    assert len(reminders) == 2
    change(match)

    deliver_due_notices(at=MEETING - DAY)
    assert {name for name, _subject in list_letters()} == names
    assert {name for _kind, name in list_reminders()} == {"alice", "carol"}

    Notice.objects.all().delete()
    remind_of_meetings(at=MEETING - DAY)
    assert {name for _kind, name in list_reminders()} == names


def test_while_a_report_pauses_contact_no_one_is_reminded(cast: Cast, match: Match) -> None:
    remind_of_meetings(at=MEETING - DAY)
    report_problem(actor=cast.alice, match=match, kind="conduct", text="Bassoon", at=MEETING - DAY)

    deliver_due_notices(at=MEETING - DAY)

    assert not [subject for _name, subject in list_letters() if "meeting" in subject]
    Notice.objects.all().delete()
    assert remind_of_meetings(at=MEETING - DAY) == 0


def test_who_waits_for_the_campaigns_answer_reads_that_it_is_still_to_come(cast: Cast, now: datetime) -> None:
    make_accepted_match(cast, now)
    remind_of_meetings(at=MEETING - DAY)

    deliver_due_notices(at=MEETING - DAY)

    [letter] = mail.outbox
    assert letter.to == ["alice@example.org"]
    assert "They have not answered you yet, and expect you once they have." in str(letter.body)


def test_no_letter_about_an_emergency_goes_to_its_campaign(cast: Cast, match: Match) -> None:
    Request.objects.update(emergency=True)

    remind_of_meetings(at=MEETING - DAY)
    deliver_due_notices(at=MEETING - DAY)

    assert {name for name, _subject in list_letters()} == {"alice"}
    assert Notice.objects.get(recipient=cast.carol, kind=DAY_BEFORE).muted_at == MEETING - DAY


def test_only_who_still_acts_for_the_campaign_reads_its_reminder(cast: Cast, match: Match) -> None:
    remind_of_meetings(at=MEETING - DAY)
    Member.objects.filter(user=cast.carol).update(position=Member.Position.TREASURER)

    deliver_due_notices(at=MEETING - DAY)

    assert {name for name, _subject in list_letters()} == {"alice"}


# A meeting that changes


def read_subjects(at: datetime) -> list[str]:
    notices = list(Notice.objects.filter(recipient__email="alice@example.org", kind=DAY_BEFORE).order_by("pk"))
    rendered = render_notices(notices, language="en", at=at)
    return [outcome.subject if isinstance(outcome := rendered[notice.pk], RenderedNotice) else "" for notice in notices]


def test_a_meeting_that_was_moved_is_told_at_its_new_time_alone(cast: Cast, match: Match) -> None:
    at = MEETING - DAY
    remind_of_meetings(at=at)
    RequestWindow.objects.update(starts=time(17), ends=time(18))

    assert read_subjects(at) == [""]
    assert remind_of_meetings(at=at) == 2
    assert read_subjects(at) == ["", "Your next meeting: Tuesday, 10 March, 5 pm"]
    deliver_due_notices(at=at)
    assert sorted(list_letters()) == [
        ("alice", "Your next meeting: Tuesday, 10 March, 5 pm"),
        ("carol", "Your next meeting: Tuesday, 10 March, 5 pm"),
    ]


def test_a_request_in_another_time_zone_meets_at_another_moment(cast: Cast, match: Match) -> None:
    remind_of_meetings(at=MEETING - DAY)
    Request.objects.update(time_zone="America/Chicago")

    assert read_subjects(MEETING - DAY) == [""]
    assert remind_of_meetings(at=MEETING - DAY + HOUR) == 2


def test_nothing_leaves_once_a_meeting_has_begun(cast: Cast, match: Match) -> None:
    remind_of_meetings(at=MEETING - DAY)

    assert read_subjects(MEETING - SECOND) == ["Your next meeting: Tuesday, 10 March, 7 pm"]
    assert read_subjects(MEETING) == [""]
    assert deliver_due_notices(at=MEETING) == 0
    assert not mail.outbox


def test_muted_meetings_stand_in_the_inbox(cast: Cast, match: Match) -> None:
    cast.alice.mutes.create(topic="meetings")
    remind_of_meetings(at=MEETING - DAY)

    deliver_due_notices(at=MEETING - DAY)

    assert {name for name, _subject in list_letters()} == {"carol"}
    assert read_subjects(MEETING - DAY) == ["Your next meeting: Tuesday, 10 March, 7 pm"]
