"""`bench incremental`, the engine's part: one free seat, and one new volunteer, beside what a full run has found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.compiled import compile_all
from benchmarks.instances import Size, problem
from matching.engine.problem import Int, Problem, Solution, array_names
from matching.engine.run import match

SEATS = 400  # that come free, one after the other
PEOPLE = 400  # who are new, one after the other
EMPTY = 1_000  # roles with a seat that each of them is looked at for


def measure(size: Size) -> list[dict[str, object]]:
    """Three rows: the run over everything; milliseconds for a seat that comes free, and for a volunteer who is new.

    What the engine is given is what a limited run reads: whoever claims the skill, with what they hold; or the one
    person, with the empty seats. What everybody holds is what a run over everything has proposed.
    """
    compile_all()
    made = problem(size)
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
        _timed("a seat that comes free", made, _seats(made, solution, rng)),
        _timed("a volunteer who is new", made, _people(made, rng)),
    ]


def _timed(what: str, made: Problem, questions: Iterator[Problem]) -> dict[str, object]:
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


def _seats(made: Problem, solution: Solution, rng: np.random.Generator) -> Iterator[Problem]:
    """For some seats that somebody had and gave back: who claims the skill, beside what they hold."""
    for place in rng.choice(len(solution.role), min(SEATS, len(solution.role)), replace=False).tolist():
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
        yield _asked(holding.among(claims), np.array([role]))


def _people(made: Problem, rng: np.random.Generator) -> Iterator[Problem]:
    """For some people: what is empty, and nobody else."""
    empty = np.sort(rng.choice(made.roles, min(EMPTY, made.roles), replace=False))
    for one in rng.choice(made.volunteers, min(PEOPLE, made.volunteers), replace=False).tolist():
        yield _asked(made.among(np.array([one])), empty)


def _asked(question: Problem, roles: Int) -> Problem:
    """The same with a free seat in these roles alone, and with no request that nobody needs."""
    nice = np.isin(question.nice_role, roles)
    told = {name: getattr(question, name)[roles] for name in array_names() if name.startswith("role_")}
    told |= {
        "role_seats": np.ones(len(roles), np.int64),
        "nice_role": np.searchsorted(roles, question.nice_role[nice]),
        "nice_skill": question.nice_skill[nice],
    }
    return replace(question, **told).without_idle()
