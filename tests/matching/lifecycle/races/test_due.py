"""Whatever is due happens once, however many sweeps there are and however late they come."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from campaigns.models import Request
from core.models import Notice
from matching.lifecycle.actions.campaign_answers import confirm_match, finish_work
from matching.lifecycle.actions.clocks import process_due_matches
from matching.lifecycle.actions.meeting_reminders import remind_of_meetings
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.models import Match
from matching.rules.states import MatchState
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import disable_row_locks, fail_on_logged_errors, run_at_once
from tests.matching.lifecycle.races.random_actions import sweep_everything_due
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal, create_raced_offer
from tests.notices import mark_notices_sent

TRIES = 40  # how often a harness may be repeated until it sees what it must see without its guard


def under_way(stage: RaceScenario) -> None:
    """One match in each state that has a clock, and a race that nobody answers."""
    stage.reset()
    Request.objects.filter(emergency=True).update(state=Request.State.CLOSED)
    at, rita, carol = stage.at, stage.rita, stage.carol
    site, rival, texts, team = (stage.list_seats(name) for name in ("site", "rival", "texts", "team"))
    ones = stage.volunteers
    create_proposal(ones[0], site[0], at=at)
    Match.objects.update(due_at=at + timedelta(days=1))
    approve_match(actor=rita, match=create_proposal(ones[1], site[1], at=at), at=at)
    accepted = approve_match(actor=rita, match=create_proposal(ones[2], rival[0], at=at), at=at)
    accept_offer(actor=ones[2].user, match=accepted, at=at)  # type: ignore[arg-type]
    active = approve_match(actor=rita, match=create_proposal(ones[3], texts[0], at=at), at=at)
    accept_offer(actor=ones[3].user, match=active, at=at)  # type: ignore[arg-type]
    finish_work(actor=carol, match=active, at=at)
    for one in (ones[4], ones[5]):
        create_raced_offer(one, texts[1], at=at)
    approve_match(actor=rita, match=create_proposal(ones[6], team[0], at=at), at=at)
    working = approve_match(actor=rita, match=create_proposal(ones[7], texts[2], at=at), at=at)
    accept_offer(actor=ones[7].user, match=working, at=at)  # type: ignore[arg-type]
    mark_notices_sent()


def moves() -> dict[int, tuple[str, int]]:
    return {pk: (state, version) for pk, state, version in Match.objects.values_list("pk", "state", "version")}


@pytest.mark.parametrize("days", [4, 90])
def test_three_sweeps_at_once_after_days_without_one_do_everything_once(
    stage: RaceScenario, thorough: bool, days: int
) -> None:
    for _ in range(8 if thorough else 1):
        under_way(stage)
        before = moves()
        late = stage.at + timedelta(days=days)

        with fail_on_logged_errors():
            outcomes = run_at_once([partial(sweep_everything_due, at=late)] * 3)

        assert [outcome.error for outcome in outcomes if outcome.error] == []
        assert find_broken_invariants() == {}
        after, told = moves(), Notice.objects.count()
        # Nobody is taken further than one step by a clock, so that nobody is stormed after a day without a worker.
        steps = Counter(after[pk][1] - version for pk, (_, version) in before.items())
        assert set(steps) == {0, 1}
        assert Counter(state for state, _ in after.values())[MatchState.EXPIRED] == 3
        sweep_everything_due(at=late)
        assert (moves(), Notice.objects.count()) == (after, told)


def test_three_sweeps_at_once_remind_each_person_once_of_a_meeting(stage: RaceScenario) -> None:
    under_way(stage)
    request = Match.objects.get(state=MatchState.ACTIVE).request
    starts_at = find_next_meeting(request, request.windows.get(kind="meeting"), at=stage.at + timedelta(days=2))
    assert starts_at is not None

    outcomes = run_at_once([partial(remind_of_meetings, at=starts_at - timedelta(hours=1))] * 3)

    assert [outcome.error for outcome in outcomes if outcome.error] == []
    reminders = Notice.objects.filter(kind="meeting-day-before", subjects__request=str(request.public_id))
    readers = list(reminders.values_list("recipient", flat=True))
    assert len(readers) == 2
    assert set(readers) == {stage.carol.pk, stage.volunteers[7].user_id}


def test_without_locks_two_sweeps_do_something_twice(stage: RaceScenario) -> None:
    for _ in range(TRIES):
        under_way(stage)
        with disable_row_locks():
            run_at_once([partial(process_due_matches, at=stage.at + timedelta(days=4))] * 8)
        if find_broken_invariants():
            return
    pytest.fail("Without locks nothing was done twice, so the test above proves nothing.")


def test_a_campaign_that_was_told_of_a_yes_still_has_its_time_after_a_day_without_a_worker(stage: RaceScenario) -> None:
    under_way(stage)
    accepted = Match.objects.get(state=MatchState.ACCEPTED)

    sweep_everything_due(at=stage.at + timedelta(days=30))

    accepted.refresh_from_db()
    assert accepted.state == MatchState.ACCEPTED
    assert accepted.due_at is not None
    assert accepted.due_at > stage.at + timedelta(days=31)
    assert confirm_match(actor=stage.carol, match=accepted, at=stage.at + timedelta(days=31)).state == MatchState.ACTIVE
