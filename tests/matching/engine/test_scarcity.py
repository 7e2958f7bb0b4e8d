from dataclasses import replace

import numpy as np

from matching.engine.problem import Problem, Solution
from matching.engine.run import match
from matching.engine.scarcity import scarcity
from matching.rules.score_parts import PART_NAMES
from tests.matching.engine.instances import middling


def solved(problem: Problem) -> Solution:
    return match(problem, clock=lambda: 0.0)[0]


def test_a_skill_that_nobody_claims_is_worth_what_its_most_needing_role_needs() -> None:
    problem = middling(1)
    rolling = replace(problem, request_whole=np.zeros_like(problem.request_whole))
    skill = int(rolling.role_skill[0])
    kept = rolling.claim_skill != skill
    names = ("claim_skill", "claim_volunteer", "claim_level", "claim_numbers")
    nobody = replace(rolling, **{name: getattr(rolling, name)[kept] for name in names})

    found = [one for one in scarcity(nobody, solved(nobody)) if one.skill == skill]

    asks = nobody.role_skill == skill
    assert found
    assert found[0].seats <= int(nobody.role_seats[asks].sum())
    weights = dict(zip(PART_NAMES, nobody.weights.tolist(), strict=True))
    priority, election, waiting = (nobody.numbers_of(name)[nobody.role_request[asks]] for name in PART_NAMES[:3])
    need = weights["priority"] * priority
    need = need + weights["election"] * np.maximum(0, 26 - election)
    need = need + weights["waiting"] * np.minimum(12, waiting)
    assert found[0].worth == need.max()


def test_dearer_seats_are_less_scarce_and_the_list_is_in_order() -> None:
    problem = middling(2)
    solution = solved(problem)
    dear = replace(solution, role_price=solution.role_price + 64 * 10_000)

    found = scarcity(problem, solution)
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)
    assert all(one.worth > 0 and 0 <= one.weekday < 7 for one in found)
    assert scarcity(problem, dear) == []
