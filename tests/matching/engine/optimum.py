"""The true best value of a problem without pins, by two ways that share nothing with the solver."""

from collections import defaultdict
from functools import cache

import highspy

from matching.engine.problem import Problem
from matching.engine.rulebook import Rulebook


def feasible(problem: Problem) -> tuple[Rulebook, dict[tuple[int, int], int]]:
    """The worth of every feasible pair, as the checker reads the rules."""
    book = Rulebook(problem)
    return book, {
        (volunteer, role): sum(book.parts(volunteer, role))
        for role in range(problem.roles)
        for volunteer in range(problem.volunteers)
        if not book.broken(volunteer, role)
    }


def by_brute_force(problem: Problem) -> int:
    """Every assignment is tried, person by person; what counts of the past is only which seats are left."""
    book, worth = feasible(problem)
    roles = range(problem.roles)

    def sets(volunteer: int) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = [()]
        for role in roles:
            if (volunteer, role) in worth:
                found += [(*some, role) for some in found if book.fit_together(volunteer, [*some, role])]
        return found

    options = [sets(volunteer) for volunteer in range(problem.volunteers)]

    @cache
    def best(volunteer: int, seats: tuple[int, ...]) -> float:
        if volunteer == problem.volunteers:
            return 0 if staffed(seats) else float("-inf")
        most = float("-inf")
        for chosen in options[volunteer]:
            left = tuple(count - (role in chosen) for role, count in enumerate(seats))
            if min(left, default=0) >= 0:
                gain = sum(worth[volunteer, role] for role in chosen)
                most = max(most, gain + best(volunteer + 1, left))
        return most

    def staffed(seats: tuple[int, ...]) -> bool:
        filled = defaultdict(list)
        for role in roles:
            filled[int(problem.role_request[role])].append((seats[role], int(problem.role_seats[role])))
        return all(
            not problem.request_whole[request]
            or all(left == 0 for left, _ in counts)
            or all(left == all_ for left, all_ in counts)
            for request, counts in filled.items()
        )

    return int(best(0, tuple(problem.role_seats.tolist())))


def by_highs(problem: Problem) -> int:
    """A mixed-integer programme: seats, days, pairs of requests that exclude each other, whole teams."""
    book, worth = feasible(problem)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    take = {pair: solver.addBinary(obj=float(gain)) for pair, gain in worth.items()}
    mine, takers = defaultdict(list), defaultdict(list)
    for volunteer, role in take:
        mine[volunteer].append(role)
        takers[role].append(volunteer)
    staffed = {int(q): solver.addBinary() for q in set(problem.role_request.tolist()) if problem.request_whole[q]}
    for role in range(problem.roles):
        people = sum((take[one, role] for one in takers[role]), start=0 * solver.addBinary())
        whole = staffed.get(int(problem.role_request[role]))
        seats = int(problem.role_seats[role])
        solver.addConstr(people <= seats if whole is None else people - seats * whole == 0)
    for volunteer, roles in mine.items():
        _limit(problem, book, solver, {role: take[volunteer, role] for role in roles}, volunteer)
    solver.maximize()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(solver.getObjectiveValue())


def _limit(problem: Problem, book: Rulebook, solver: highspy.Highs, take: dict, volunteer: int) -> None:
    request = {role: int(problem.role_request[role]) for role in take}
    for one in take:
        for other in take:
            if one < other and not book.apart(request[one], request[other]):
                solver.addConstr(take[one] + take[other] <= 1)
    held = book.held[volunteer]
    for day in {int(problem.request_first[q]) for q in [*request.values(), *(q for q, _ in held)]}:
        there = [
            role for role in take if problem.request_first[request[role]] <= day <= problem.request_last[request[role]]
        ]
        kept = [hours for q, hours in held if problem.request_first[q] <= day <= problem.request_last[q]]
        if there:
            hours = sum(int(problem.role_hours[role]) * take[role] for role in there)
            solver.addConstr(hours <= int(problem.hours[volunteer]) - sum(kept))
            solver.addConstr(sum(take[role] for role in there) <= int(problem.projects[volunteer]) - len(kept))
