"""The first auction over very many pairs: against a plain twin, and against the best there is."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import replace

import numpy as np
import pytest

from matching.engine import draft as module
from matching.engine.descent import PART
from matching.engine.draft import Drafted, draft
from matching.engine.feasibility import Index
from matching.engine.kernels.draft import PLACES
from matching.engine.openings import rivals
from matching.engine.postings import arrange
from matching.engine.problem import FINE, Int, Problem
from matching.engine.sparse import Sparse, best_of_each
from tests.matching.engine.instances import Shape, middling, random_problem
from tests.matching.engine.optimum import by_highs
from tests.matching.engine.test_hurdles import all_at_once


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bids stay exact for as long as it takes."""
    monkeypatch.setattr(module, "BIDS", 1_000_000)


def every_pair(problem: Problem) -> Sparse:
    index = Index(problem)
    return best_of_each(problem, arrange(problem, index, rivals(problem)), index, lambda: None)


def crowded(seed: int) -> Problem:
    """Nearly as many seats as people can take."""
    return random_problem(Shape(volunteers=60, requests=30, skills=4, projects=4, hours=(4, 20)), seed)


def room_of(problem: Problem) -> tuple[Int, Int]:
    """[V] the projects and hours that nothing held takes."""
    projects, hours = problem.projects.copy(), problem.hours.copy()
    np.subtract.at(projects, problem.held_volunteer, 1)
    np.subtract.at(hours, problem.held_volunteer, problem.held_hours)
    return np.clip(projects, 0, PLACES), np.maximum(0, hours)


class Twin:
    """The same auction over lists."""

    def __init__(self, problem: Problem, sparse: Sparse) -> None:
        self.problem, self.sparse = problem, sparse
        projects, self.hours = room_of(problem)
        # Everybody's places: what is held, and at which bid.
        self.places: list[list[tuple[int, int] | None]] = [[None] * count for count in projects.tolist()]
        self.vacant = problem.role_seats.tolist()

    def run(self, step: int) -> dict[int, int]:
        """Pairs and their bids."""
        waiting = deque(role for role, seats in enumerate(self.vacant) if seats)
        while waiting:
            role = waiting.popleft()
            while self.vacant[role]:
                offers = sorted(self._offers(role), reverse=True)
                if not offers or offers[0][0] <= 0:
                    break
                _, _, pair, gone = offers[0]
                second = max(0, offers[1][0]) if len(offers) > 1 else 0
                mine = self.places[int(self.sparse.volunteer[pair])]
                for place in gone:
                    held = mine[place]
                    mine[place] = None
                    assert held
                    loser = int(self.sparse.role[held[0]])
                    self.vacant[loser] += 1
                    if loser not in waiting:
                        waiting.append(loser)
                worth = FINE * int(self.sparse.score[pair])
                mine[max(place for place, held in enumerate(mine) if not held)] = (
                    pair,
                    min(worth, worth - second + step),
                )
                self.vacant[role] -= 1
        return dict(held for mine in self.places for held in mine if held)

    def _offers(self, role: int) -> list[tuple[int, int, int, tuple[int, ...]]]:
        """What each person would leave, who, and the places that they would free; of equal ones the first places."""
        begin, end = self.sparse.role_start[role : role + 2].tolist()
        found = []
        for pair in range(begin, end):
            volunteer = int(self.sparse.volunteer[pair])
            mine = [(place, *held) for place, held in enumerate(self.places[volunteer]) if held]
            costs = [
                (sum(bid for _, _, bid in gone), sum(1 << place for place, _, _ in gone), gone)
                for size in range(len(mine) + 1)
                for gone in itertools.combinations(mine, size)
                if self._fit(
                    volunteer, [pair, *(other for place, other, bid in mine if (place, other, bid) not in gone)]
                )
            ]
            if costs and pair not in [other for _, other, _ in mine]:
                cost, _, gone = min(costs)
                left = FINE * int(self.sparse.score[pair]) - cost
                found.append((left, -pair, pair, tuple(place for place, _, _ in gone)))
        return found

    def _fit(self, volunteer: int, pairs: list[int]) -> bool:
        roles = self.sparse.role[pairs]
        requests = self.problem.role_request[roles]
        return (
            len(pairs) <= len(self.places[volunteer])
            and int(self.problem.role_hours[roles].sum()) <= self.hours[volunteer]
            and len(set(requests.tolist())) == len(pairs)
        )


def step_of(sparse: Sparse) -> int:
    return FINE * int(sparse.score.max()) // PART


def value_of(sparse: Sparse, pair: Int) -> int:
    return int(sparse.score[pair].sum())


@pytest.mark.parametrize("seed", range(20))
def test_it_ends_as_a_plain_auction_does(seed: int) -> None:
    problem = crowded(seed)
    sparse = every_pair(problem)

    drafted = draft(problem, sparse)

    held = dict(zip(drafted.pair.tolist(), drafted.bid.tolist(), strict=True))
    assert held == Twin(problem, sparse).run(step_of(sparse))


@pytest.mark.parametrize("made", [crowded, middling])
@pytest.mark.parametrize("seed", range(10))
def test_nobody_has_more_than_they_have_room_for(made, seed: int) -> None:  # type: ignore[no-untyped-def]
    problem = made(seed)
    sparse = every_pair(problem)

    drafted = draft(problem, sparse)

    volunteer, role = sparse.volunteer[drafted.pair], sparse.role[drafted.pair]
    projects, hours = room_of(problem)
    assert (np.bincount(volunteer, minlength=problem.volunteers) <= projects).all()
    assert (np.bincount(volunteer, problem.role_hours[role], problem.volunteers) <= hours).all()
    assert (np.bincount(role, minlength=problem.roles) <= problem.role_seats).all()
    one_of_each = {(who, problem.role_request[which]) for who, which in zip(volunteer.tolist(), role, strict=True)}
    assert len(one_of_each) == len(role) > 0
    assert ((drafted.bid >= 0) & (drafted.bid <= FINE * sparse.score[drafted.pair])).all()


@pytest.mark.parametrize("seed", range(10))
def test_where_everybody_takes_one_project_it_is_within_a_step_a_seat_of_the_best(seed: int) -> None:
    problem = single(crowded(seed))
    sparse = every_pair(problem)

    drafted = draft(problem, sparse)

    best = by_highs(problem)
    assert best - problem.seats * step_of(sparse) // FINE <= value_of(sparse, drafted.pair) <= best
    _costs_explain(problem, sparse, drafted)


def single(problem: Problem) -> Problem:
    """The same where nobody holds anything, and everybody takes one project, however many hours it asks for."""
    none = np.empty(0, np.int64)
    return replace(
        all_at_once(problem),
        projects=np.ones(problem.volunteers, np.int64),
        hours=np.full(problem.volunteers, 1000),
        held_volunteer=none,
        held_request=none,
        held_hours=none,
    )


def _costs_explain(problem: Problem, sparse: Sparse, drafted: Drafted) -> None:
    """No pair that was not drafted is worth more than its seat and its person cost, but for a step of each."""
    left = FINE * sparse.score - drafted.price[sparse.role] - drafted.least[sparse.volunteer]
    left[drafted.pair] = 0
    assert left.max() <= 2 * step_of(sparse)
