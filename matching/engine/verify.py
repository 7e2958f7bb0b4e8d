"""A checker of solutions that shares no code with what made them: plain loops, pair by pair and day by day.

It takes nothing from the solver but the contract in `problem`. Anybody's assignment can be checked, one that a person
has edited too; with its prices, the bound is worked out again from nothing but problem and prices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from matching.engine.problem import Problem, Solution
from matching.engine.recount import Recount
from matching.engine.rulebook import Rulebook


class Verdict(NamedTuple):
    """`faults` are sentences that name what is wrong; none: every rule is kept and every number is right.

    No assignment fills more than `fillable` seats: no role more than have people who may take it, no request staffed
    whole of which a role lacks people. None where that was not counted.
    """

    faults: list[str]
    fillable: int | None


def verify(problem: Problem, solution: Solution, *, prices: bool = True) -> list[str]:
    """Sentences that name what is wrong with a solution; empty: every rule is kept and every number is right.

    Without `prices` only the assignment is checked, not value and bound.
    """
    return judge_all(problem, solution, prices=prices).faults


def judge_all(problem: Problem, solution: Solution, *, prices: bool = True) -> Verdict:
    """What is wrong with a solution, as `verify` says it, and how many seats any other one could fill.

    Without `prices` the feasible pairs are not counted, and so neither are those seats.
    """
    book = Rulebook(problem)
    pairs = list(zip(solution.volunteer.tolist(), solution.role.tolist(), strict=True))
    found = [*_each_pair(book, pairs), *_seats(problem, pairs), *_together(book, pairs), *_pins(book, pairs)]
    found += _parts(book, pairs, solution)
    if not prices:
        return Verdict(found, None)
    recount = Recount(book, pairs)
    return Verdict(found or _numbers(book, pairs, solution, recount), recount.fillable())


def _each_pair(book: Rulebook, pairs: list[tuple[int, int]]) -> list[str]:
    told = []
    for volunteer, role in pairs:
        broken = book.broken(volunteer, role)
        if broken:
            told.append(f"Volunteer {volunteer} may not take role {role}: {', '.join(broken)}.")
    return told


def _seats(problem: Problem, pairs: list[tuple[int, int]]) -> list[str]:
    taken = Counter(role for _, role in pairs)
    told = [
        f"Role {role} has {problem.role_seats[role]} free seats, and {count} people."
        for role, count in sorted(taken.items())
        if count > problem.role_seats[role]
    ]
    started = {int(problem.role_request[role]) for role in taken}
    for role in range(problem.roles):
        request = int(problem.role_request[role])
        if problem.request_whole[request] and request in started and taken[role] < problem.role_seats[role]:
            told.append(f"Request {request} is staffed whole, but role {role} is not full.")
    return told


def _together(book: Rulebook, pairs: list[tuple[int, int]]) -> list[str]:
    """What one person cannot do all at once."""
    roles: dict[int, list[int]] = defaultdict(list)
    for volunteer, role in pairs:
        roles[volunteer].append(role)
    return [
        f"Volunteer {volunteer} cannot have the roles {sorted(mine)} together."
        for volunteer, mine in sorted(roles.items())
        if not book.fit_together(volunteer, mine)
    ]


def _pins(book: Rulebook, pairs: list[tuple[int, int]]) -> list[str]:
    """A pin of a rolling request may be missing only where other pins stand in its way."""
    problem = book.problem
    pins = dict.fromkeys(zip(problem.pin_volunteer.tolist(), problem.pin_role.tolist(), strict=True))
    present = set(pairs) & set(pins)
    told = []
    for volunteer, role in pins:
        mine = [other for one, other in pins if one == volunteer and other != role]
        alone = not book.broken(volunteer, role) and book.fit_together(volunteer, [role, *mine])
        room = sum(1 for _, other in pins if other == role) <= problem.role_seats[role]
        rolling = not problem.request_whole[problem.role_request[role]]
        if rolling and alone and room and (volunteer, role) not in present:
            told.append(
                f"Volunteer {volunteer} is pinned to role {role}, nothing stands in the way, and it is missing."
            )
    return told


def _parts(book: Rulebook, pairs: list[tuple[int, int]], solution: Solution) -> list[str]:
    told = []
    for (volunteer, role), said in zip(pairs, solution.parts.tolist(), strict=True):
        if not book.broken(volunteer, role) and list(book.parts(volunteer, role)) != said:
            told.append(f"The score of volunteer {volunteer} in role {role} is not the sum of the right parts.")
    return told


def _numbers(book: Rulebook, pairs: list[tuple[int, int]], solution: Solution, recount: Recount) -> list[str]:
    told = []
    value = sum(sum(book.parts(volunteer, role)) for volunteer, role in pairs)
    if value != solution.value:
        told.append(f"The pairs are worth {value}, not {solution.value}.")
    if recount.pairs != solution.pairs:
        told.append(f"There are {recount.pairs} feasible pairs, not {solution.pairs}.")
    if any(solution.role_price[role] < 0 and not book.whole(role) for role in range(book.problem.roles)):
        told.append("A price is below zero.")
    bound = recount.bound(solution.role_price.tolist())
    if bound > solution.bound:
        told.append(f"The prices prove a bound of {bound}, not {solution.bound}.")
    return told
