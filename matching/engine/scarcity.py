"""What one more volunteer would be worth, by skill and weekday, as the prices of a solution say."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine import score
from matching.engine.problem import FINE, SLOTS, WORDS, Bits, Flag, Problem, Solution

DAYS = 7


class Scarce(NamedTuple):
    """One more volunteer who claims the skill and is free on that weekday (0: Monday, in UTC) would add `worth` points.

    `seats`: the vacant seats of roles that ask for the skill and can be worked at on that day.
    """

    skill: int
    weekday: int
    worth: int
    seats: int


def scarcity(problem: Problem, solution: Solution) -> list[Scarce]:
    """The skills and weekdays of which one more volunteer would add anything, the most wanted first.

    A seat costs whoever takes it its price, which is what the next best use of it would bring; what the role needs,
    less this price, is what somebody adds who brings nothing but the skill. How well a person fits comes on top. The
    most wanting role counts (linear programming: the prices are the values of one more seat, this is that of one more
    person).
    """
    need = score.compute_need(problem)[problem.role_request]
    adds = np.maximum(0, need * FINE - solution.role_price) // FINE
    vacant = problem.role_seats - np.bincount(solution.role, minlength=problem.roles)
    works = _weekdays(problem)[problem.role_request]
    found = []
    for skill in np.unique(problem.role_skill).tolist():
        asks = problem.role_skill == skill
        for weekday in range(DAYS):
            rows = asks & works[:, weekday] & (problem.role_seats > 0)
            worth = int(adds[rows].max(initial=0))
            if worth:
                found.append(Scarce(skill, weekday, worth, int(vacant[rows].sum())))
    return sorted(found, key=lambda one: (-one.worth, -one.seats, one.skill, one.weekday))


def _weekdays(problem: Problem) -> Flag:
    """[Q, 7] whether the request's work may be done on that day, in some regime that it touches."""
    regimes = np.arange(problem.work.shape[1])
    touched = (problem.regime_first[:, None] <= regimes) & (regimes <= problem.regime_last[:, None])
    some = np.asarray(((problem.work[:, :, None, :] & _days()) != 0).any(axis=3)) & touched[:, :, None]
    days: Flag = np.asarray(some.any(axis=1))
    return days


def _days() -> Bits:
    """[7, 6] the half-hours of each day."""
    slots = np.zeros((DAYS, WORDS * 64), np.uint8)
    for day in range(DAYS):
        slots[day, day * SLOTS // DAYS : (day + 1) * SLOTS // DAYS] = 1
    return np.packbits(slots, axis=1, bitorder="little").view(np.uint64)
