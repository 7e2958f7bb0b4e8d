"""Two who do, at the same moment, what only one of them may."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from core.errors import Full, Invalid
from matching.lifecycle.actions.broadcasts import broadcast_seat
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.review import approve_match
from matching.models import Match
from matching.rules.transitions import ActorKind
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import (
    Outcome,
    disable_row_locks,
    drop_index,
    fail_on_logged_errors,
    run_at_once,
)
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal

TRIES = 40  # how often a harness may be repeated until it sees what it must see without its guard
SEAT_HELD, SEAT_PROPOSED = "matching_match_seat_held_once", "matching_match_seat_proposed_once"


@contextmanager
def dropped(*indexes: str) -> Iterator[None]:
    with ExitStack() as stack:
        for name in indexes:
            stack.enter_context(drop_index(name))
        yield


def approve_at_once(stage: RaceScenario, *matches: Match) -> list[Outcome]:
    def act(match: Match) -> Callable[[], Match]:
        return lambda: approve_match(actor=stage.rita, match=match, at=stage.at)

    return run_at_once([act(match) for match in matches])


def two_for_one_person(stage: RaceScenario, one: str, other: str) -> list[Outcome]:
    """Both proposals of one person, in two requests, are approved."""
    stage.reset()
    volunteer = stage.volunteers[0]
    return approve_at_once(
        stage, *[create_proposal(volunteer, stage.list_seats(name)[0], at=stage.at) for name in (one, other)]
    )


def two_for_one_seat(stage: RaceScenario, name: str) -> list[Outcome]:
    """Two people's proposals for one seat are approved; the index that keeps there from being two is away."""
    stage.reset()
    seat = stage.list_seats(name)[0]
    return approve_at_once(stage, *[create_proposal(one, seat, at=stage.at) for one in stage.volunteers[:2]])


PAIRS = {
    "a person gives more hours than they have": ("rival", "team"),
    "a person has more projects at once than they want": ("rival", "team"),
    "a person meets twice at the same time": ("site", "texts"),
    "a person serves both sides of a contest": ("site", "rival"),
}


def narrow(stage: RaceScenario, what: str) -> tuple[str, str]:
    """Two requests that the first volunteer, as they are now, cannot both have, for this one reason."""
    if "hours" in what:
        stage.volunteers[0].max_hours_per_week = 7
    if "projects" in what:
        stage.volunteers[0].max_projects = 1
    return PAIRS[what]


@pytest.mark.parametrize("what", PAIRS)
def test_of_two_places_that_do_not_fit_together_a_person_gets_one(
    stage: RaceScenario, thorough: bool, what: str
) -> None:
    names = narrow(stage, what)
    for _ in range(8 if thorough else 2):
        outcomes = two_for_one_person(stage, *names)

        assert [type(outcome.error) for outcome in outcomes if outcome.error] == [Invalid]
        assert find_broken_invariants() == {}


@pytest.mark.parametrize("what", PAIRS)
def test_without_locks_a_person_gets_both(stage: RaceScenario, what: str) -> None:
    names = narrow(stage, what)
    for _ in range(TRIES):
        with disable_row_locks():
            two_for_one_person(stage, *names)
        if what in find_broken_invariants():
            return
    pytest.fail("Without locks nobody got both, so the test above proves nothing.")


@pytest.mark.parametrize("name", ["rival", "site"])
@pytest.mark.parametrize("indexes", [(SEAT_PROPOSED,), (SEAT_PROPOSED, SEAT_HELD)])
def test_of_two_people_for_one_seat_one_gets_it(
    stage: RaceScenario, thorough: bool, name: str, indexes: tuple[str, ...]
) -> None:
    with dropped(*indexes):
        for _ in range(8 if thorough else 2):
            outcomes = two_for_one_seat(stage, name)

            assert [o.error for o in outcomes if o.error and not isinstance(o.error, (Full, Invalid))] == []
            assert sum(outcome.error is None for outcome in outcomes) == 1
            assert find_broken_invariants() == {}


def test_the_index_alone_keeps_a_seat_from_being_held_twice(stage: RaceScenario) -> None:
    with dropped(SEAT_PROPOSED), disable_row_locks():
        for _ in range(5):
            outcomes = two_for_one_seat(stage, "rival")

            assert [outcome.error for outcome in outcomes if not outcome.is_clean] == []
            assert find_broken_invariants() == {}


def test_without_index_and_locks_a_seat_is_held_twice(stage: RaceScenario) -> None:
    with dropped(SEAT_PROPOSED, SEAT_HELD), disable_row_locks():
        for _ in range(TRIES):
            two_for_one_seat(stage, "rival")
            if "a seat is held twice" in find_broken_invariants():
                return
    pytest.fail("Without index and locks no seat was held twice, so the tests above prove nothing.")


def race_two_emergencies(stage: RaceScenario) -> list[Outcome]:
    """The same people fit both."""
    stage.reset()
    (one,), (other,) = stage.list_seats("hacked"), stage.list_seats("breached")
    return run_at_once([partial(broadcast_seat, seat, ActorKind.SYSTEM, most=5, at=stage.at) for seat in (one, other)])


def test_nobody_is_asked_in_two_emergencies_at_once(stage: RaceScenario, thorough: bool) -> None:
    for _ in range(8 if thorough else 4):
        outcomes = race_two_emergencies(stage)

        assert [outcome.error for outcome in outcomes if outcome.error] == []
        assert find_broken_invariants() == {}


def test_without_locks_somebody_is_asked_in_two_emergencies_at_once(stage: RaceScenario) -> None:
    for _ in range(TRIES):
        with disable_row_locks():
            race_two_emergencies(stage)
        if "a person is asked in two emergencies at once" in find_broken_invariants():
            return
    pytest.fail("Without locks nobody was asked twice, so the test above proves nothing.")


def test_two_sweeps_ask_for_each_emergency_once(stage: RaceScenario, thorough: bool) -> None:
    for _ in range(8 if thorough else 2):
        stage.reset()

        with fail_on_logged_errors():
            outcomes = run_at_once([lambda: broadcast_emergencies(at=stage.at)] * 2)

        assert sum(outcome.result for outcome in outcomes) == len(stage.volunteers) == Match.objects.count()
        assert find_broken_invariants() == {}
