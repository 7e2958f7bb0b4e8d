"""What a pair that was left out must leave to matter, and finding those that do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.engine.feasibility import Index
from matching.engine.hurdles import Hurdles, hurdles
from matching.engine.kernels.demand import of_all
from matching.engine.kernels.judging import sieve
from matching.engine.kernels.pairs import pairs_above, ranked
from matching.engine.kernels.room import NEVER
from matching.engine.kernels.scratch import scratch
from matching.engine.openings import Openings, openings, rivals
from matching.engine.postings import arrange
from matching.engine.problem import FINE, Int, Problem
from matching.engine.sparse import Sparse, best_of_each, without
from matching.rules.score_parts import PART_NAMES, PARTS, Scope
from tests.matching.engine.graph import build
from tests.matching.engine.instances import middling, tiny

NOBODY: Int = np.empty(0, np.int64)


def all_at_once(problem: Problem) -> Problem:
    """The same with all its requests on the same days, no pins and no whole teams."""
    return replace(
        problem,
        request_first=np.full(problem.requests, int(problem.request_first.min(initial=0))),
        request_last=np.full(problem.requests, int(problem.request_last.max(initial=0))),
        request_whole=np.zeros(problem.requests, np.bool_),
        pin_volunteer=NOBODY,
        pin_role=NOBODY,
    )


def every_pair(problem: Problem, index: Index) -> Sparse:
    return best_of_each(problem, arrange(problem, index, rivals(problem)), index, lambda: None)


def gains(competing: Openings, price: Int) -> Int:
    market = competing.market
    return of_all(market, price, scratch(market, market.value * FINE))[2]


def gains_of_all(problem: Problem, competing: Openings, price: Int) -> list[int]:
    """The same of all volunteers of the problem."""
    gain = np.zeros(problem.volunteers, np.int64)
    gain[competing.person] = gains(competing, price)
    return gain.tolist()


def worked_out(problem: Problem, competing: Openings, price: Int) -> Hurdles:
    return hurdles(problem, competing.market, competing.person, price, gains(competing, price))


@pytest.mark.parametrize("made", [tiny, middling])
@pytest.mark.parametrize("seed", range(30))
def test_nobody_could_do_better_with_all_that_is_below_their_hurdle(made, seed: int) -> None:  # type: ignore[no-untyped-def]
    problem, rng = all_at_once(made(seed)), np.random.default_rng(seed)
    problem = replace(problem, projects=rng.integers(0, 4, problem.volunteers))
    index = Index(problem)
    every = every_pair(problem, index)
    some = without(problem, every, rng.random(len(every.role)) < 0.5)
    price = np.where(rng.random(problem.roles) < 0.5, 0, rng.integers(0, 400 * FINE, problem.roles))
    competing = openings(problem, some, index)

    hurdle = worked_out(problem, competing, price)

    left = FINE * every.score - price[every.role]
    matter = left > hurdle.of(every.volunteer, every.role)
    there = np.isin(_keys(problem, every), _keys(problem, some))
    below = without(problem, every, matter & ~there)
    assert gains_of_all(problem, openings(problem, below, index), price) == gains_of_all(problem, competing, price)
    if made is middling:
        assert (~there & ~matter & (left > 0)).any()  # there is something to leave out


def _keys(problem: Problem, pairs: Sparse) -> Int:
    return pairs.role * problem.volunteers + pairs.volunteer


@pytest.mark.parametrize("seed", range(5))
def test_somebody_with_one_project_wants_what_leaves_more_than_the_best(seed: int) -> None:
    problem = all_at_once(middling(seed))
    problem = replace(problem, projects=np.ones(problem.volunteers, np.int64))
    index = Index(problem)
    competing, price = openings(problem, every_pair(problem, index), index), np.zeros(problem.roles, np.int64)

    assert worked_out(problem, competing, price).lowest().tolist() == gains_of_all(problem, competing, price)


def test_anything_may_matter_where_work_is_spread_over_time_or_there_are_many_projects() -> None:
    problem = all_at_once(middling(1))
    apart = replace(problem, request_first=problem.request_first + np.arange(problem.requests) * 1000)
    apart = replace(apart, request_last=apart.request_first + 30)
    for one in (apart, replace(problem, projects=problem.projects + 9), replace(problem, hours=problem.hours + 101)):
        index = Index(one)
        competing = openings(one, every_pair(one, index), index)
        assert not worked_out(one, competing, np.zeros(one.roles, np.int64)).least.any()


@pytest.mark.parametrize("seed", range(8))
def test_all_pairs_above_their_hurdle_are_found(seed: int) -> None:
    problem, rng = middling(seed), np.random.default_rng(seed)
    index, graph = Index(problem), build(problem)
    arranged = arrange(problem, index, rivals(problem))
    kinds, kind = np.unique(problem.role_hours, return_inverse=True)
    hurdle = Hurdles(
        row=rng.integers(0, 20, problem.volunteers),
        kind=kind,
        least=rng.integers(0, 200 * FINE, (20, len(kinds))),
    )
    price, roles, count = (
        rng.integers(100 * FINE, 400 * FINE, problem.roles),
        np.arange(problem.roles),
        np.zeros(problem.roles, np.int64),
    )
    size = int(np.diff(arranged.postings.start).max())
    chosen, value, left = np.zeros(size, np.int32), np.zeros(size, np.int64), sieve(arranged.postings)
    rank = ranked(arranged.postings, hurdle.lowest())
    done = found = 0
    while done < problem.roles:  # there is room for one or a few of them at a time
        begin, at = done, 0
        done = pairs_above(*arranged, roles, begin, price, hurdle, rank, left, chosen, value, count)
        for role in range(begin, done):
            span = slice(int(graph.role_start[role]), int(graph.role_start[role + 1]))
            volunteer, worth = graph.volunteer[span], graph.score[span]
            better = worth * FINE - price[role] > hurdle.of(volunteer, np.full(len(volunteer), role))
            pairs = zip(chosen[at : at + count[role]].tolist(), value[at : at + count[role]].tolist(), strict=True)
            assert sorted(pairs) == list(zip(volunteer[better].tolist(), worth[better].tolist(), strict=True))
            at += int(count[role])
            found += int(count[role])
    assert 0 < found < len(graph.role)


@pytest.mark.parametrize("seed", range(8))
def test_a_pair_that_is_above_its_hurdle_only_by_what_is_listed_is_found(seed: int) -> None:
    problem, rng = middling(seed), np.random.default_rng(seed)
    spare = PART_NAMES.index("spare")
    problem = replace(problem, weights=np.where(np.arange(len(PARTS)) == spare, 0, problem.weights))  # no slack
    graph, index = build(problem), Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    price = rng.integers(0, 400 * FINE, problem.roles)
    gain = FINE * graph.score - price[graph.role]
    listed = graph.parts[:, [part.scope == Scope.PAIR for part in PARTS]].sum(axis=1) > 0
    least = np.full(problem.volunteers, NEVER)
    # The last fine unit of one listed pair of each person is what makes it matter.
    least[graph.volunteer[listed]] = gain[listed] - 1
    hurdle = Hurdles(np.arange(problem.volunteers), np.zeros(problem.roles, np.int64), least[:, None])

    left, count = sieve(arranged.postings), np.zeros(problem.roles, np.int64)
    room = len(graph.role) + len(left.which)
    chosen, value = np.zeros(room, np.int32), np.zeros(room, np.int64)
    rank = ranked(arranged.postings, hurdle.lowest())
    done = pairs_above(*arranged, np.arange(problem.roles), 0, price, hurdle, rank, left, chosen, value, count)

    better = gain > least[graph.volunteer]
    assert done == problem.roles
    assert (better & listed).sum() > 10
    role, found = np.repeat(np.arange(problem.roles), count), int(count.sum())
    pairs = zip(role.tolist(), chosen[:found].tolist(), value[:found].tolist(), strict=True)
    columns = (graph.role, graph.volunteer, graph.score)
    expected = zip(*(column[better].tolist() for column in columns), strict=True)
    assert sorted(pairs) == sorted(expected)
