"""One volunteer asks for a role twice at the same moment, or takes it back while it is offered."""

from functools import partial

import pytest

from campaigns.models import Role
from core.errors import TooMany
from matching.lifecycle.actions.interests import end_settled_interests, withdraw_interest
from matching.lifecycle.actions.review import approve_match
from matching.models import Interest, Match
from matching.open_roles.actions.interests import express_interest
from matching.rules.interest_ends import InterestEnd
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from matching.rules.states import MatchState
from tests.matching.lifecycle.races.concurrency import Act, Outcome, disable_row_locks, run_at_once
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal

TRIES = 40  # how often a harness may be repeated until it sees what it must see without its guard


def like(stage: RaceScenario, role: Role) -> Act:
    user = stage.volunteers[0].user
    assert user is not None
    return partial(express_interest, actor=user, open_role_id=role.board_id, at=stage.at)


def list_board_roles(stage: RaceScenario) -> list[Role]:
    return [role for name in ("site", "rival", "texts", "team") for role in stage.list_roles(name)]


def ask_at_the_limit(stage: RaceScenario) -> list[Outcome]:
    """One more is free, and two are asked for at once."""
    stage.reset()
    *before, fourth, fifth = list_board_roles(stage)
    for role in before[: MAX_OPEN_INTERESTS - 1]:
        like(stage, role)()
    return run_at_once([like(stage, fourth), like(stage, fifth)])


def test_of_two_at_the_limit_one_is_taken(stage: RaceScenario, thorough: bool) -> None:
    for _ in range(8 if thorough else 3):
        outcomes = ask_at_the_limit(stage)

        assert [type(outcome.error) for outcome in outcomes if outcome.error] == [TooMany]
        assert Interest.objects.filter(ended_at=None).count() == MAX_OPEN_INTERESTS


def test_without_locks_a_fourth_is_taken(stage: RaceScenario) -> None:
    for _ in range(TRIES):
        with disable_row_locks():
            ask_at_the_limit(stage)
        if Interest.objects.filter(ended_at=None).count() > MAX_OPEN_INTERESTS:
            return
    pytest.fail("Without locks no fourth was taken, so the test above proves nothing.")


def test_the_same_role_asked_for_many_times_is_one_interest(stage: RaceScenario, thorough: bool) -> None:
    for _ in range(8 if thorough else 2):
        stage.reset()
        role = list_board_roles(stage)[0]

        outcomes = run_at_once([like(stage, role)] * 10)

        assert [outcome.error for outcome in outcomes if outcome.error] == []
        interest = Interest.objects.get()
        assert {outcome.result for outcome in outcomes} == {interest}


def test_it_is_offered_while_it_is_taken_back_and_ends_once(stage: RaceScenario, thorough: bool) -> None:
    for _ in range(8 if thorough else 4):
        stage.reset()
        (role,) = stage.list_roles("rival")
        interest = like(stage, role)()
        match = create_proposal(stage.volunteers[0], stage.list_seats("rival")[0], at=stage.at)
        user = stage.volunteers[0].user
        assert user is not None

        outcomes = run_at_once(
            [
                partial(withdraw_interest, actor=user, interest=interest, at=stage.at),
                partial(approve_match, actor=stage.rita, match=match, at=stage.at),
                partial(end_settled_interests, at=stage.at),
            ]
        )

        assert [outcome.error for outcome in outcomes if outcome.error] == []
        assert Match.objects.get().state == MatchState.OFFERED
        interest.refresh_from_db()
        assert interest.ended_at == stage.at
        assert interest.end_reason in (InterestEnd.WITHDRAWN, InterestEnd.OFFERED)
