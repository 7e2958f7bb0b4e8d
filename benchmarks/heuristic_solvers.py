"""Other heuristics on a bare instance: greedy, Gale and Shapley's, and SciPy's matching."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.reference_solvers import SolverResult
from matching.engine.bare import Instance
from matching.engine.problem import Int


def solve_greedy(instance: Instance) -> SolverResult:
    """Take the most valuable edge that still fits, until none does."""
    seats, hours = instance.role_seats.tolist(), instance.volunteer_hours.tolist()
    projects, served = instance.volunteer_projects.tolist(), set()
    total = 0
    for edge in np.argsort(-instance.edge_value, kind="stable").tolist():
        volunteer, role = int(instance.edge_volunteer[edge]), int(instance.edge_role[edge])
        need, request = int(instance.edge_hours[edge]), int(instance.role_request[role])
        if seats[role] and projects[volunteer] and need <= hours[volunteer] and (volunteer, request) not in served:
            seats[role] -= 1
            projects[volunteer] -= 1
            hours[volunteer] -= need
            total += int(instance.edge_value[edge])
            if request >= 0:
                served.add((volunteer, request))
    return SolverResult(total, 0)


def solve_gale_shapley(instance: Instance) -> SolverResult:
    """Let roles propose in order of value, and volunteers keep the best. One project each; both rank by value."""
    order = np.lexsort((-instance.edge_value, instance.edge_role))
    start = np.searchsorted(instance.edge_role[order], np.arange(len(instance.role_seats) + 1))
    next_edge = start[:-1].tolist()
    holder: dict[int, int] = {}  # volunteer: edge
    waiting = [role for role, seats in enumerate(instance.role_seats.tolist()) for _ in range(seats)]
    while waiting:
        role = waiting.pop()
        if next_edge[role] == start[role + 1]:
            continue
        edge = int(order[next_edge[role]])
        next_edge[role] += 1
        volunteer = int(instance.edge_volunteer[edge])
        if (
            not instance.volunteer_projects[volunteer]
            or instance.edge_hours[edge] > instance.volunteer_hours[volunteer]
        ):
            waiting.append(role)
            continue
        held_edge = holder.get(volunteer)
        if held_edge is None or instance.edge_value[edge] > instance.edge_value[held_edge]:
            holder[volunteer] = edge
            if held_edge is not None:
                waiting.append(int(instance.edge_role[held_edge]))
        else:
            waiting.append(role)
    chosen_edges: Int = np.array(list(holder.values()), np.int64)
    return SolverResult(int(instance.edge_value[chosen_edges].sum()), 0, note="one project each")


def solve_scipy_matching(instance: Instance) -> SolverResult:
    """Solve SciPy's full matching: one seat a role, one project a volunteer, a dummy for each empty seat."""
    roles, volunteers = len(instance.role_seats), len(instance.volunteer_hours)
    top = int(instance.edge_value.max(initial=0)) + 1
    row = np.concatenate((instance.edge_role, np.arange(roles)))
    column = np.concatenate((instance.edge_volunteer, volunteers + np.arange(roles)))
    cost = np.concatenate((top - instance.edge_value, np.full(roles, top)))  # weights must not be zero
    table = sp.csr_matrix((cost.astype(float), (row, column)), (roles, volunteers + roles))
    rows, columns = min_weight_full_bipartite_matching(table)
    return SolverResult(roles * top - float(table[rows, columns].sum()), 0, note="one seat a role, one project each")
