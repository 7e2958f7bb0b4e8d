"""`bench incremental`, the engine's part: one free seat, and one new volunteer, after a full run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.compilation import compile_kernels
from benchmarks.instances import ProblemSize, generate_problem
from matching.engine.problem import Int, Problem, Solution, array_names
from matching.engine.run import match

FREED_SEAT_COUNT = 400  # freed one after the other
NEW_VOLUNTEER_COUNT = 400  # added one after the other
EMPTY_ROLE_COUNT = 1_000  # roles with a free seat that each new volunteer is considered for


def measure_placements(size: ProblemSize) -> list[dict[str, object]]:
    """Return three rows: the full run, a seat that comes free, and a volunteer who is new.

    The engine gets what a limited run reads: for a seat all who claim its skill, with the hours that they hold; for a
    volunteer the empty seats. The held seats are those that the full run has proposed. Times are in milliseconds.
    """
    compile_kernels()
    problem = generate_problem(size)
    solution, stages = match(problem, clock=time.perf_counter)
    everything = {
        "what": "everything",
        "volunteers": problem.volunteers,
        "filled": len(solution.role),
        "gap_percent": round(100 * solution.gap, 4),
        "stages": {name: round(stage_seconds, 2) for name, stage_seconds in stages.items()},
    }
    rng = np.random.default_rng(size.seed)
    return [
        everything,
        _time_questions("a seat that comes free", problem, _freed_seat_problems(problem, solution, rng)),
        _time_questions("a volunteer who is new", problem, _new_volunteer_problems(problem, rng)),
    ]


def _time_questions(label: str, problem: Problem, questions: Iterator[Problem]) -> dict[str, object]:
    durations_ms, volunteer_counts, filled = [], [], 0
    for question in questions:
        started_at = time.perf_counter()
        solution, _ = match(question, clock=time.perf_counter)
        durations_ms.append(1000 * (time.perf_counter() - started_at))
        volunteer_counts.append(question.volunteers)
        filled += len(solution.role)
        assert solution.value == solution.bound, "one seat or one person is decided exactly"
    return {
        "what": label,
        "volunteers": problem.volunteers,
        "times": len(durations_ms),
        "filled": filled,
        "read_median": int(np.median(volunteer_counts)),
        "read_most": max(volunteer_counts),
        "median_ms": round(float(np.median(durations_ms)), 1),
        "p99_ms": round(float(np.percentile(durations_ms, 99)), 1),
        "longest_ms": round(max(durations_ms), 1),
    }


def _freed_seat_problems(problem: Problem, solution: Solution, rng: np.random.Generator) -> Iterator[Problem]:
    """Yield a problem for some seats that were given back: all who claim the skill, with what they hold."""
    for row in rng.choice(len(solution.role), min(FREED_SEAT_COUNT, len(solution.role)), replace=False).tolist():
        role, former_volunteer = int(solution.role[row]), int(solution.volunteer[row])
        still_held = np.arange(len(solution.role)) != row
        holding = replace(
            problem,
            held_volunteer=solution.volunteer[still_held],
            held_request=problem.role_request[solution.role[still_held]],
            held_hours=problem.role_hours[solution.role[still_held]],
            refused_volunteer=np.array([former_volunteer]),
            refused_request=problem.role_request[[role]],
        )
        claims = np.unique(problem.claim_volunteer[problem.claim_skill == problem.role_skill[role]])
        yield _limit_to_roles(holding.among(claims), np.array([role]))


def _new_volunteer_problems(problem: Problem, rng: np.random.Generator) -> Iterator[Problem]:
    """Yield a problem for some volunteers: the volunteer alone, with the empty seats."""
    empty = np.sort(rng.choice(problem.roles, min(EMPTY_ROLE_COUNT, problem.roles), replace=False))
    for volunteer in rng.choice(
        problem.volunteers, min(NEW_VOLUNTEER_COUNT, problem.volunteers), replace=False
    ).tolist():
        yield _limit_to_roles(problem.among(np.array([volunteer])), empty)


def _limit_to_roles(question: Problem, roles: Int) -> Problem:
    """Return the problem with one free seat in each of these roles, and without unused requests."""
    is_kept = np.isin(question.nice_role, roles)
    arrays = {name: getattr(question, name)[roles] for name in array_names() if name.startswith("role_")}
    arrays |= {
        "role_seats": np.ones(len(roles), np.int64),
        "nice_role": np.searchsorted(roles, question.nice_role[is_kept]),
        "nice_skill": question.nice_skill[is_kept],
    }
    is_listed = np.isin(question.listed_role, roles)
    arrays |= {name: getattr(question, name)[is_listed] for name in array_names() if name.startswith("listed_")}
    arrays["listed_role"] = np.searchsorted(roles, arrays["listed_role"])
    return replace(question, **arrays).without_idle()
