"""Other solvers on a bare instance. Each returns its value and its seconds; value 0 means no answer in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import highspy
import numpy as np
import scipy.sparse as sp
from ortools.graph.python import min_cost_flow

from matching.engine.bare import Instance


class SolverResult(NamedTuple):
    """Result of a solver. `bound`: its proven upper bound, or None. `note`: what it leaves out.

    `progress`: seconds from its start and the value of its best answer then, if the solver reports it.
    """

    value: float
    seconds: float
    bound: float | None = None
    note: str = ""
    progress: tuple[tuple[float, float], ...] = ()


def time_solver(solve: Callable[[], SolverResult]) -> SolverResult:
    """Run the solver and return its result with the seconds that it took."""
    started_at = time.perf_counter()
    return solve()._replace(seconds=time.perf_counter() - started_at)


def solve_min_cost_flow(instance: Instance) -> SolverResult:
    """Solve OR-tools' minimum-cost flow, which leaves out hours and requests.

    It is exact where each volunteer takes one project.
    """
    volunteers, roles = len(instance.volunteer_hours), len(instance.role_seats)
    source, sink = volunteers + roles, volunteers + roles + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(instance.edge_role), np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(
        instance.edge_volunteer, volunteers + instance.edge_role, ones, -instance.edge_value
    )
    volunteer_nodes, role_nodes = np.arange(volunteers), np.arange(roles)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(volunteers, source), volunteer_nodes, instance.volunteer_projects, np.zeros(volunteers, np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        volunteers + role_nodes, np.full(roles, sink), instance.role_seats, np.zeros(roles, np.int64)
    )
    total = int(instance.role_seats.sum())
    # Seats that stay empty flow past the volunteers at no cost; without this arc a full assignment would be forced.
    flow.add_arcs_with_capacity_and_unit_cost([source], [sink], [total], [0])
    flow.set_node_supply(source, total)
    flow.set_node_supply(sink, -total)
    is_solved = flow.solve() == flow.OPTIMAL
    return SolverResult(-flow.optimal_cost() if is_solved else 0, 0, note="without hours and requests")


def build_highs_model(instance: Instance) -> highspy.HighsLp:
    """Return the instance as HiGHS reads it; HiGHS minimises, so values are negative."""
    edges, volunteers = len(instance.edge_role), len(instance.volunteer_hours)
    column, request = np.arange(edges), instance.role_request[instance.edge_role]
    key = np.where(request >= 0, request * volunteers + instance.edge_volunteer, -1)
    unique, key_of_edge, count = np.unique(key, return_inverse=True, return_counts=True)
    shared_keys = np.flatnonzero((count > 1) & (unique >= 0))
    row = np.full(len(unique), -1)
    row[shared_keys] = np.arange(len(shared_keys))
    # Only pairs of a volunteer and a request with several edges need a row: the others hold at most one anyway.
    is_shared = row[key_of_edge] >= 0
    ones = np.ones(edges)
    matrix = sp.vstack(
        [
            sp.csr_matrix((ones, (instance.edge_role, column)), (len(instance.role_seats), edges)),
            sp.csr_matrix((instance.edge_hours * 1.0, (instance.edge_volunteer, column)), (volunteers, edges)),
            sp.csr_matrix((ones, (instance.edge_volunteer, column)), (volunteers, edges)),
            sp.csr_matrix(
                (ones[is_shared], (row[key_of_edge[is_shared]], column[is_shared])), (len(shared_keys), edges)
            ),
        ]
    ).tocsc()
    limits = (instance.role_seats, instance.volunteer_hours, instance.volunteer_projects, np.ones(len(shared_keys)))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = edges, matrix.shape[0]
    model.col_cost_ = -instance.edge_value.astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(edges), np.ones(edges)
    model.row_lower_, model.row_upper_ = (
        np.full(matrix.shape[0], -highspy.kHighsInf),
        np.concatenate(limits).astype(float),
    )
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    return model


def solve_highs(instance: Instance, *, whole: bool, seconds: float, enough: float | None = None) -> SolverResult:
    """Solve with HiGHS and its own settings: the relaxation, or the whole programme with `whole`.

    With `enough` it stops at the first solution of that value.
    """
    model = build_highs_model(instance)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("time_limit", seconds)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        if enough is not None:
            solver.setOptionValue("objective_target", -enough + 0.5)
    solver.passModel(model)
    started_at, progress = time.perf_counter(), list[tuple[float, float]]()
    if whole:
        solver.cbMipImprovingSolution.subscribe(
            lambda event: progress.append((time.perf_counter() - started_at, -event.data_out.objective_function_value))
        )
    solver.run()
    info = solver.getInfo()
    value = -info.objective_function_value
    if not whole:
        is_solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return SolverResult(value if is_solved else 0, 0, value if is_solved else None, "people divisible")
    is_feasible = info.primal_solution_status == 2
    return SolverResult(
        value if is_feasible else 0, 0, -info.mip_dual_bound if is_feasible else None, "", tuple(progress)
    )
