from datetime import datetime, timedelta

import pytest
from django.core import mail

from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.engine.digest import unpack
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Policy, RunArrays
from matching.rules.states import STATES_NOT_OVER, MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.no_match_notices import notify_unmatched_volunteers
from matching.runs.actions.scheduling import queue_run
from matching.snapshot.available_volunteers import proposable_volunteers
from tests.cast import Cast, create_user, create_volunteer
from volunteers.actions.reminders import ask_to_confirm_availability
from volunteers.models import Volunteer

DAY = timedelta(days=1)


def run(cast: Cast, at: datetime) -> None:
    execute_run(queue_run(actor=cast.rita, at=at).pk, now=lambda: at, seconds=lambda: 0.0)


def told(user: User) -> int:
    return Notice.objects.filter(recipient=user, kind="no-match-yet").count()


def test_whom_nothing_fits_is_told_so_with_what_would_help(cast: Cast, now: datetime) -> None:
    erin = create_user("erin")
    create_volunteer(erin, now, max_hours_per_week=2)
    run(cast, now)

    deliver_due_notices(at=now)

    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(bodies) == {"bob@example.org", "erin@example.org"}  # Alice was proposed, which is not told
    assert "Adding another skill that you would like to use may help." in bodies["bob@example.org"]
    assert "What would help most: more hours a week." in bodies["erin@example.org"]


@pytest.mark.parametrize("first", [0, 1, 12, 13, 14])
def test_nobody_hears_it_twice_within_the_days_that_the_policy_says(cast: Cast, now: datetime, first: int) -> None:
    run(cast, now)
    problem = unpack(bytes(RunArrays.objects.get().problem))
    Notice.objects.all().delete()
    begun = now + first * DAY
    for hours in range(0, 29 * 24, 8):
        notify_unmatched_volunteers(problem, policy=get_active_policy(), at=begun + timedelta(hours=hours))

    owed = (
        Notice.objects.filter(recipient=cast.bob, kind="no-match-yet")
        .order_by("pk")
        .values_list("created_at", flat=True)
    )
    assert list(owed) == [begun, begun + 14 * DAY, begun + 28 * DAY]


def test_two_runs_on_a_day_tell_nobody_twice_even_when_it_was_not_sent(cast: Cast, now: datetime) -> None:
    run(cast, now)
    Notice.objects.update(obsolete_at=now)

    run(cast, now + timedelta(hours=1))

    assert told(cast.bob) == 1


def test_word_that_was_dated_while_a_clock_was_wrong_silences_nobody(cast: Cast, now: datetime) -> None:
    run(cast, now)
    Notice.objects.update(created_at=now + 400 * DAY)

    run(cast, now + DAY)

    assert told(cast.bob) == 2


@pytest.mark.parametrize("state", [state for state in STATES_NOT_OVER if state != MatchState.PROPOSED])
def test_who_has_something_in_hand_is_not_told(cast: Cast, now: datetime, state: MatchState) -> None:
    run(cast, now)
    Notice.objects.all().delete()
    Match.objects.update(volunteer=cast.bob.volunteer, state=state)

    run(cast, now)

    assert told(cast.bob) == 0


@pytest.mark.parametrize("change", [{"state": "paused"}, {"state": "left"}])
def test_who_rests_is_not_told(cast: Cast, now: datetime, change: dict[str, str]) -> None:
    Volunteer.objects.filter(user=cast.bob).update(**change, answer_due_at=None)

    run(cast, now)

    assert told(cast.bob) == 0


def test_who_paused_after_it_was_owed_does_not_hear_it(cast: Cast, now: datetime) -> None:
    run(cast, now)
    Volunteer.objects.filter(user=cast.bob).update(state="paused", answer_due_at=None)

    assert deliver_due_notices(at=now) == 0


def test_who_was_asked_after_it_was_owed_does_not_hear_it(cast: Cast, now: datetime) -> None:
    run(cast, now)
    Match.objects.update(volunteer=cast.bob.volunteer, state=MatchState.OFFERED, due_at=now + DAY)

    assert deliver_due_notices(at=now) == 0


# Whether they are still there


def confirmed(user: User, at: datetime) -> None:
    Volunteer.objects.filter(user=user).update(availability_confirmed_at=at)


def ask(at: datetime, limit: int = 500) -> int:
    return ask_to_confirm_availability(valid_days=get_active_policy().availability_valid_days, at=at, limit=limit)


def test_people_are_asked_a_week_before_their_hours_stop_to_count_and_once(cast: Cast, now: datetime) -> None:
    due = now + 53 * DAY
    confirmed(cast.alice, now)
    confirmed(cast.bob, now + DAY)

    assert [ask(due - timedelta(seconds=1)), ask(due), ask(due), ask(due + DAY), ask(due + 6 * DAY)] == [0, 1, 0, 1, 0]

    assert not proposable_volunteers(policy=get_active_policy(), at=now + 60 * DAY).filter(user=cast.alice).exists()


def test_everybody_is_asked_in_the_end_however_many_there_are(cast: Cast, now: datetime) -> None:
    for user in (cast.alice, cast.bob):
        confirmed(user, now)

    assert [ask(now + 53 * DAY, limit=1) for _ in range(3)] == [1, 1, 0]
    assert set(Notice.objects.values_list("recipient", flat=True)) == {cast.alice.pk, cast.bob.pk}


def test_a_worker_that_was_down_for_weeks_still_asks(cast: Cast, now: datetime) -> None:
    confirmed(cast.alice, now)
    confirmed(cast.bob, now - 300 * DAY)  # silent since long before: left alone

    assert ask(now + 80 * DAY) == 1


def test_who_confirms_is_asked_again_only_after_the_next_time(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.bob).update(state="paused", answer_due_at=None)
    confirmed(cast.alice, now)
    assert ask(now + 53 * DAY) == 1
    [notice] = Notice.objects.all()
    assert isinstance(render_notices([notice], language="en", at=now)[notice.pk], RenderedNotice)

    confirmed(cast.alice, now + 54 * DAY)

    assert render_notices([notice], language="en", at=now)[notice.pk] is None  # no longer true, so not sent
    assert [ask(now + 54 * DAY), ask(now + 107 * DAY)] == [0, 1]


# The contact budget


def test_nobody_is_asked_more_often_in_a_week_than_the_policy_says(cast: Cast, now: datetime) -> None:
    run(cast, now)
    match = approve_match(actor=cast.rita, match=Match.objects.get(), at=now)
    policy = get_active_policy()
    policy.max_offers_per_week = 1

    def in_play(at: datetime, rules: Policy = policy) -> bool:
        return proposable_volunteers(policy=rules, at=at).filter(user=cast.alice).exists()

    assert match.offered_at == now
    assert [in_play(now + timedelta(seconds=1)), in_play(now + 7 * DAY), in_play(now, get_active_policy())] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("people", "words"),
    # Up to four people count as none, so that no campaign learns of one.
    [(5, "What would help most: asking for fewer hours a week."), (4, "Hardly anyone here fits just now.")],
)
def test_a_campaign_for_which_nobody_is_found_is_told_so_with_what_would_help(
    cast: Cast, now: datetime, people: int, words: str
) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    for number in range(people):
        create_volunteer(create_user(f"erin{number}"), now, max_hours_per_week=2)
    run(cast, now)
    assert not Notice.objects.filter(kind="empty-seats").exists()  # it has just been published

    for day in (3, 4, 16, 17):
        run(cast, now + day * DAY)
    deliver_due_notices(at=now + 17 * DAY)

    owed = Notice.objects.filter(kind="empty-seats").order_by("pk")
    assert [(one.recipient, one.created_at) for one in owed] == [
        (cast.carol, now + 3 * DAY),
        (cast.carol, now + 17 * DAY),
    ]
    [body] = {letter.body for letter in mail.outbox if letter.to == ["carol@example.org"]}
    assert "for 1 place that you ask for we have found nobody yet" in body
    assert words in body


def test_word_of_an_empty_place_is_for_its_campaign_alone_and_only_while_it_is_empty(cast: Cast, now: datetime) -> None:
    subjects = {"request": str(cast.request.public_id)}

    def heard(reader: User) -> bool:
        notice = Notice(recipient=reader, kind="empty-seats", subjects=subjects)
        return isinstance(render_notices([notice], language="en", at=now)[notice.pk], RenderedNotice)

    assert [heard(reader) for reader in (cast.carol, cast.dave, cast.alice, cast.rita)] == [True, False, False, False]
    run(cast, now)
    assert heard(cast.carol)  # Alice is proposed, which the campaign must not learn
    Match.objects.update(state="offered", offered_at=now, due_at=now + DAY)
    assert not heard(cast.carol)
