from dataclasses import replace

import numpy as np
import pytest

from matching.engine.explain import why, why_empty, why_not
from matching.engine.feasibility import REASONS, Index, Reason, judge
from matching.engine.problem import Problem
from matching.engine.run import match
from tests.matching.engine.instances import tiny


@pytest.mark.parametrize("seed", range(30))
def test_every_pair_is_explained_as_it_was_judged(seed: int) -> None:
    problem = tiny(seed)
    index = Index(problem)

    for role in range(problem.roles):
        fails = judge(index, role).fails
        for volunteer in range(problem.volunteers):
            told = why(problem, volunteer, role)
            assert told.failing == tuple(np.array(REASONS)[fails[:, volunteer]])
            assert bool(told.parts) == (not told.failing)


def test_the_parts_of_a_match_sum_to_its_score() -> None:
    problem = tiny(4)
    solution, _ = match(problem, clock=lambda: 0.0)

    for volunteer, role, score in zip(solution.volunteer, solution.role, solution.score, strict=True):
        assert sum(why(problem, int(volunteer), int(role)).parts.values()) == score


@pytest.mark.parametrize("seed", range(30))
def test_everybody_without_the_place_is_counted_once(seed: int) -> None:
    problem = tiny(seed)
    solution, _ = match(problem, clock=lambda: 0.0)

    for role in range(problem.roles):
        found = why_empty(Index(problem), solution, role)
        holders = int((solution.role == role).sum())
        assert found.feasible + sum(found.first.values()) + holders == problem.volunteers
        assert all(found.alone.get(reason, 0) <= problem.volunteers - found.feasible for reason in REASONS)
        assert found.elsewhere <= found.feasible


@pytest.mark.parametrize("seed", range(30))
def test_whoever_has_no_place_breaks_a_rule_or_did_not_meet_a_price(seed: int) -> None:
    problem = tiny(seed)
    solution, _ = match(problem, clock=lambda: 0.0)
    placed = set(zip(solution.volunteer.tolist(), solution.role.tolist(), strict=True))

    for role in range(problem.roles):
        for volunteer in range(problem.volunteers):
            told, found = why_not(problem, solution, volunteer, role), why(problem, volunteer, role)
            assert told.failing == found.failing
            assert told.score == sum(found.parts.values())
            # What fits and is not placed gains nothing by these prices, where they prove the answer to be the best; of
            # a team one seat may pay for another.
            whole = problem.request_whole[problem.role_request[role]]
            if found.parts and (volunteer, role) not in placed and solution.bound == solution.value and not whole:
                assert told.score <= told.price + told.elsewhere + 1


def test_a_lower_level_fills_a_place_with_whoever_adds_more_there_than_elsewhere() -> None:
    seen = {True: 0, False: 0}
    for problem in map(_without_teams, range(400)):
        solution, _ = match(problem, clock=lambda: 0.0)
        if solution.value < solution.bound:
            continue
        index = Index(problem)
        for role in np.flatnonzero((problem.role_seats > 0) & ~np.isin(np.arange(problem.roles), solution.role)):
            fails = judge(index, int(role)).fails
            alone = np.flatnonzero(fails[REASONS.index(Reason.LEVEL)] & (fails.sum(axis=0) == 1))
            if len(alone) != 1 or not fails.any(axis=0).all():
                continue  # others would earn more by the change too
            lower, claims = problem.role_level.copy(), index.claims(int(problem.role_skill[role]))
            lower[role] = claims.level[claims.volunteer == alone[0]][0]
            changed, _ = match(replace(problem, role_level=lower), clock=lambda: 0.0)
            found = why_empty(index, solution, int(role))
            assert found.alone[Reason.LEVEL] == 1
            fills, gained = bool(found.fills.get(Reason.LEVEL)), changed.value > solution.value
            assert gained if fills else (not gained or alone[0] in solution.volunteer)
            seen[fills] += 1
    assert min(seen.values()) > 0, seen


def test_the_second_best_is_told_the_price_and_what_it_would_cost_to_take_them() -> None:
    problem = next(one for one in map(tiny, range(200)) if _rivals(one))
    role, (best, second) = _rivals(problem) or (0, (0, 0))
    alone = _only(problem, role)
    solution, _ = match(alone, clock=lambda: 0.0)
    worth = {one: sum(why(problem, one, role).parts.values()) for one in (best, second)}

    told = why_not(alone, solution, second, role)

    assert (told.failing, told.score, told.elsewhere) == ((), worth[second], 0)
    assert worth[second] <= told.price <= worth[best]
    assert told.lost <= worth[best] - worth[second]


def _without_teams(seed: int) -> Problem:
    problem, none = tiny(seed), np.zeros(0, np.int64)
    return replace(problem, request_whole=np.zeros(problem.requests, np.bool_), pin_volunteer=none, pin_role=none)


def _rivals(problem: Problem) -> tuple[int, tuple[int, int]] | None:
    """A role with one seat, and the best and second-best of whom exactly two fit it, worth different things."""
    for role in np.flatnonzero((problem.role_seats == 1) & ~problem.request_whole[problem.role_request]).tolist():
        worth = {one: sum(why(problem, one, role).parts.values()) for one in range(problem.volunteers)}
        fitting = sorted((one for one in worth if worth[one]), key=lambda one: -worth[one])
        if len(fitting) == 2 and worth[fitting[0]] > worth[fitting[1]] and not len(problem.pin_role):
            return role, (fitting[0], fitting[1])
    return None


def _only(problem: Problem, role: int) -> Problem:
    """The same with nothing asked for but this role."""
    seats = np.zeros_like(problem.role_seats)
    seats[role] = 1
    return replace(problem, role_seats=seats)
