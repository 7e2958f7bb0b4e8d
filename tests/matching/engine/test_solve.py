import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks import instances
from matching.engine import solve, sparse
from matching.engine.kernels import demand
from matching.engine.problem import Int, Problem, Solution, array_names
from matching.engine.run import match
from matching.engine.verify import verify
from matching.rules.score_parts import PARTS
from tests.matching.engine.instances import middling, realistic, tiny
from tests.matching.engine.optimum import by_brute_force, by_highs

NONE: Int = np.empty(0, dtype=np.int64)


def solved(problem: Problem) -> Solution:
    solution, _ = match(problem, clock=lambda: 0.0)
    return solution


def without_pins(problem: Problem) -> Problem:
    return replace(problem, pin_volunteer=NONE, pin_role=NONE)


def test_small_answers_are_nearly_always_the_best_there_is_and_never_above_their_bound() -> None:
    value = optimum = exact = 0
    for seed in range(200):
        problem = without_pins(tiny(seed))
        solution, best = solved(problem), by_brute_force(problem)
        assert solution.value <= best <= solution.bound, seed
        value, optimum, exact = value + solution.value, optimum + best, exact + (solution.value == best)

    assert value / optimum > 0.99
    assert exact >= 190


@pytest.mark.parametrize("seed", range(4))
def test_middling_answers_come_close_to_the_optimum_and_the_bound_is_one(seed: int) -> None:
    problem = without_pins(middling(seed))
    solution, best = solved(problem), by_highs(problem)

    assert solution.value <= best <= solution.bound
    assert solution.value >= 0.995 * best


@pytest.mark.slow
def test_a_realistic_answer_is_certified_to_half_a_percent() -> None:
    problem = realistic(4500, 1800, seed=1)
    solution = solved(problem)

    assert 1750 <= problem.seats <= 1850
    assert solution.gap <= 0.005
    assert verify(problem, solution) == []


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 31, 131])  # in the last two a later round proves less
@pytest.mark.parametrize("spread", [False, True])
@pytest.mark.parametrize("teams", [False, True])
def test_pairs_are_left_out_of_a_large_market_and_the_proof_is_over_all_of_them_all_the_same(
    seed: int, teams: bool, spread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = ((solve, "LARGE", 500), (demand, "SHARED", 500), (sparse, "ROOM", 0), (sparse, "FEWEST", 4))
    for module, name, value in smaller:
        monkeypatch.setattr(module, name, value)
    problem = realistic(1_200, 300, seed=seed)
    if not spread:
        same = np.full(problem.requests, int(problem.request_first.max()))
        problem = replace(problem, request_first=same, request_last=np.maximum(same, problem.request_last))
    problem = replace(problem, request_whole=problem.request_whole & teams)
    solution = solved(problem)

    assert verify(problem, solution) == []
    assert solution.gap <= (0.03 if spread or teams else 0.01)


def test_where_the_draft_leaves_out_nothing_that_matters_the_answer_is_worked_on_all_the_same() -> None:
    problem = instances.generate_problem(instances.ProblemSize(volunteers=12_500, roles=1_250))

    assert solved(problem).gap <= 0.0002


def test_what_is_not_said_to_be_cut_is_the_whole_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((solve, "LARGE", 500), (sparse, "ROOM", 0), (sparse, "FEWEST", 4)):
        monkeypatch.setattr(module, name, value)
    problem = realistic(1_200, 300, seed=1)
    same = np.full(problem.requests, int(problem.request_first.max()))
    problem = replace(problem, request_first=same, request_last=np.maximum(same, problem.request_last))
    whole, _ = match(problem, clock=lambda: 0.0)
    cut = 0
    for seconds in range(5, 500, 15):
        answer, _ = match(problem, clock=itertools.count(0.0, 1.0).__next__, seconds=seconds)
        cut += answer.cut
        assert answer.cut or (answer.value, answer.bound) == (whole.value, whole.bound), seconds
    assert cut > 0


@pytest.mark.parametrize("seed", range(300))
def test_the_checker_accepts_every_answer(seed: int) -> None:
    problem = tiny(seed)

    assert verify(problem, solved(problem)) == []


def test_the_same_problem_gets_the_same_answer() -> None:
    problem = middling(7)
    first, second = solved(problem), solved(problem)

    for name in ("volunteer", "role", "parts", "role_price"):
        assert (getattr(first, name) == getattr(second, name)).all()
    assert (first.value, first.bound) == (second.value, second.bound)


def test_other_names_for_the_volunteers_change_nothing() -> None:
    problem = middling(5)
    renamed = replace(problem, volunteer_id=problem.volunteer_id[::-1].copy())

    assert solved(problem).value == solved(renamed).value


def test_pins_are_kept_where_the_rules_let_them() -> None:
    kept = 0
    for seed in range(300):
        problem = tiny(seed)
        solution = solved(problem)
        pairs = set(zip(solution.volunteer.tolist(), solution.role.tolist(), strict=True))
        kept += len(pairs & set(zip(problem.pin_volunteer.tolist(), problem.pin_role.tolist(), strict=True)))
        assert verify(problem, solution) == []
    assert kept > 10


def test_a_whole_team_is_staffed_entirely_or_not_at_all() -> None:
    whole = 0
    for seed in range(80):
        problem = tiny(seed)
        problem = replace(problem, request_whole=np.ones_like(problem.request_whole))
        solution = solved(problem)
        taken = np.bincount(solution.role, minlength=problem.roles)
        for request in set(problem.role_request[solution.role].tolist()):
            roles = problem.role_request == request
            assert (taken[roles] == problem.role_seats[roles]).all()
            whole += 1
    assert whole > 20


def test_nothing_to_do_is_no_trouble() -> None:
    problem = tiny(3)
    nobody = replace(problem, role_seats=np.zeros_like(problem.role_seats))
    unskilled = replace(
        problem, claim_skill=NONE, claim_volunteer=NONE, claim_level=NONE, claim_numbers=problem.claim_numbers[:0]
    )

    for empty in (nobody, unskilled):
        solution = solved(empty)
        assert (len(solution.role), solution.value, solution.bound, solution.gap) == (0, 0, 0, 0.0)
        assert verify(empty, solution) == []


def test_weights_that_could_overflow_are_refused_in_words() -> None:
    problem = tiny(1)
    huge = np.full(len(PARTS), 2**60)

    with pytest.raises(ValueError, match="too large to add up"):
        solved(replace(problem, weights=huge))


def test_large_weights_that_fit_are_added_up_right() -> None:
    problem = tiny(2)
    large = replace(problem, weights=np.full(len(PARTS), 2**40))

    assert verify(large, solved(large)) == []


def relabelled(problem: Problem, seed: int) -> Problem:
    """The same question with volunteers and roles in another order."""
    rng = np.random.default_rng(seed)
    people, roles = rng.permutation(problem.volunteers), rng.permutation(problem.roles)
    of_person, of_role = np.argsort(people), np.argsort(roles)  # old row: new row
    changed: dict[str, Any] = {}
    for name in array_names():
        array = getattr(problem, name)
        if name.endswith("_volunteer"):
            changed[name] = of_person[array]
        elif name in ("nice_role", "pin_role", "listed_role"):
            changed[name] = of_role[array]
        elif name.startswith("role_"):
            changed[name] = array[roles]
        elif name in OF_PEOPLE:
            changed[name] = array[people]
    order = np.lexsort((changed["claim_volunteer"], problem.claim_skill))
    for name in ("claim_skill", "claim_volunteer", "claim_level", "claim_numbers"):
        changed[name] = changed.get(name, getattr(problem, name))[order]
    return replace(problem, **changed)


OF_PEOPLE = (
    *("volunteer_id", "hours", "projects", "availability", "languages", "leads", "decides", "vetted_until"),
    *("volunteer_numbers", "levels", "level_only", "party_only", "place_only"),
)


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_people_and_roles_changes_neither_what_is_proven_nor_what_is_possible(seed: int) -> None:
    problem = tiny(seed) if seed < 36 else middling(seed)
    other = relabelled(problem, seed)
    first, second = solved(problem), solved(other)

    assert verify(other, second) == []
    assert first.pairs == second.pairs
    assert first.value <= second.bound
    assert second.value <= first.bound
