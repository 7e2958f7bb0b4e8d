"""`bench incremental`, the engine's part: one free seat, and one new volunteer, beside what a full run has found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.compilation import compile_kernels
from benchmarks.instances import ProblemSize, generate_problem
from matching.engine.problem import Int, Problem, Solution, array_names
from matching.engine.run import match

FREED_SEAT_COUNT = 400  # that come free, one after the other
NEW_VOLUNTEER_COUNT = 400  # who are new, one after the other
EMPTY_ROLE_COUNT = 1_000  # roles with a seat that each of them is looked at for


def measure_placements(size: ProblemSize) -> list[dict[str, object]]:
    """Three rows: the run over everything; milliseconds for a seat that comes free, and for a volunteer who is new.

    What the engine is given is what a limited run reads: whoever claims the skill, with what they hold; or the one
    person, with the empty seats. What everybody holds is what a run over everything has proposed.
    """
    compile_kernels()
    made = generate_problem(size)
    solution, stages = match(made, clock=time.perf_counter)
    everything = {
        "what": "everything",
        "volunteers": made.volunteers,
        "filled": len(solution.role),
        "gap_percent": round(100 * solution.gap, 4),
        "stages": {name: round(spent, 2) for name, spent in stages.items()},
    }
    rng = np.random.default_rng(size.seed)
    return [
        everything,
        _time_questions("a seat that comes free", made, _freed_seat_problems(made, solution, rng)),
        _time_questions("a volunteer who is new", made, _new_volunteer_problems(made, rng)),
    ]


def _time_questions(what: str, made: Problem, questions: Iterator[Problem]) -> dict[str, object]:
    spent, people, filled = [], [], 0
    for question in questions:
        began = time.perf_counter()
        found, _ = match(question, clock=time.perf_counter)
        spent.append(1000 * (time.perf_counter() - began))
        people.append(question.volunteers)
        filled += len(found.role)
        assert found.value == found.bound, "one seat or one person is decided exactly"
    return {
        "what": what,
        "volunteers": made.volunteers,
        "times": len(spent),
        "filled": filled,
        "read_median": int(np.median(people)),
        "read_most": max(people),
        "median_ms": round(float(np.median(spent)), 1),
        "p99_ms": round(float(np.percentile(spent, 99)), 1),
        "longest_ms": round(max(spent), 1),
    }


def _freed_seat_problems(made: Problem, solution: Solution, rng: np.random.Generator) -> Iterator[Problem]:
    """For some seats that somebody had and gave back: who claims the skill, beside what they hold."""
    for place in rng.choice(len(solution.role), min(FREED_SEAT_COUNT, len(solution.role)), replace=False).tolist():
        role, gone = int(solution.role[place]), int(solution.volunteer[place])
        others = np.arange(len(solution.role)) != place
        holding = replace(
            made,
            held_volunteer=solution.volunteer[others],
            held_request=made.role_request[solution.role[others]],
            held_hours=made.role_hours[solution.role[others]],
            refused_volunteer=np.array([gone]),
            refused_request=made.role_request[[role]],
        )
        claims = np.unique(made.claim_volunteer[made.claim_skill == made.role_skill[role]])
        yield _limit_to_roles(holding.among(claims), np.array([role]))


def _new_volunteer_problems(made: Problem, rng: np.random.Generator) -> Iterator[Problem]:
    """For some people: what is empty, and nobody else."""
    empty = np.sort(rng.choice(made.roles, min(EMPTY_ROLE_COUNT, made.roles), replace=False))
    for one in rng.choice(made.volunteers, min(NEW_VOLUNTEER_COUNT, made.volunteers), replace=False).tolist():
        yield _limit_to_roles(made.among(np.array([one])), empty)


def _limit_to_roles(question: Problem, roles: Int) -> Problem:
    """The same with a free seat in these roles alone, and with no request that nobody needs."""
    nice = np.isin(question.nice_role, roles)
    told = {name: getattr(question, name)[roles] for name in array_names() if name.startswith("role_")}
    told |= {
        "role_seats": np.ones(len(roles), np.int64),
        "nice_role": np.searchsorted(roles, question.nice_role[nice]),
        "nice_skill": question.nice_skill[nice],
    }
    return replace(question, **told).without_idle()
