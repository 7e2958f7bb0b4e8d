"""`bench engine`: the engine and reference solvers on one graph, the 50 most valuable pairs of every role."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from benchmarks import cp_sat_solver, gap_plot, heuristic_solvers, reference_solvers
from benchmarks.instances import ProblemSize, generate_problem
from benchmarks.reference_solvers import SolverResult, time_solver
from matching.engine.bare import Instance, solve, warm_up
from matching.engine.feasibility import Index
from matching.engine.openings import rivals
from matching.engine.postings import arrange
from matching.engine.problem import Problem
from matching.engine.sparse import best_of_skill, by_skill

PAIRS_PER_ROLE = 50
MAX_EDGES_FOR_SLOW_SOLVERS = 1_000_000
"""Slow solvers are left out above this: CP-SAT's model of more edges does not fit into memory beside the rest."""


def build_top_pairs_instance(size: ProblemSize) -> Instance:
    """Return the most valuable pairs of every role of a generated problem, as a bare instance."""
    return top_pairs_of_problem(generate_problem(size))


def top_pairs_of_problem(problem: Problem) -> Instance:
    """Return the most valuable pairs of every role of this problem, as a bare instance."""
    arranged = arrange(problem, Index(problem), rivals(problem))
    # Without seats no volunteer is bid for, so the pairs are ranked by value alone.
    without_seats = arranged._replace(demand=arranged.demand._replace(seats=np.zeros(problem.roles, np.int64)))
    best_by_skill = [best_of_skill(without_seats, roles, PAIRS_PER_ROLE) for roles in by_skill(problem, without_seats)]
    role = np.concatenate([best.role for best in best_by_skill])
    return Instance(
        edge_volunteer=np.concatenate([best.volunteer for best in best_by_skill]),
        edge_role=role,
        edge_value=np.concatenate([best.worth for best in best_by_skill]),
        edge_hours=problem.role_hours[role],
        volunteer_hours=problem.hours,
        volunteer_projects=problem.projects,
        role_seats=problem.role_seats,
        role_request=problem.role_request,
    )


def measure_our_solver(instance: Instance) -> SolverResult:
    """Run the engine with its proof, and record each better value with its time."""
    started_at, progress = time.perf_counter(), list[tuple[float, float]]()
    answer = solve(
        instance,
        stop=lambda: False,
        watch=lambda value, bound: progress.append((time.perf_counter() - started_at, value)),
    )
    progress.append((time.perf_counter() - started_at, answer.value))
    return SolverResult(answer.value, 0, answer.bound, "", tuple(progress))


def compare_solvers(size: ProblemSize, *, seconds: float) -> list[dict[str, object]]:
    """Return a row for each solver, all measured now.

    `times` is the solver's seconds over ours, `value_over_ours` its value over ours.
    """
    instance = build_top_pairs_instance(size)
    warm_up()
    ours = time_solver(lambda: measure_our_solver(instance))
    results: dict[str, SolverResult] = {"handraiser": ours}
    is_small = len(instance.edge_role) <= MAX_EDGES_FOR_SLOW_SOLVERS
    solvers: dict[str, Callable[[], SolverResult]] = {
        "OR-tools min-cost flow": lambda: reference_solvers.solve_min_cost_flow(instance),
        "greedy": lambda: heuristic_solvers.solve_greedy(instance),
        "HiGHS LP": lambda: reference_solvers.solve_highs(instance, whole=False, seconds=seconds),
    }
    if is_small:
        target = ours.value
        solvers["HiGHS MIP, as good as ours"] = lambda: reference_solvers.solve_highs(
            instance, whole=True, seconds=seconds, enough=target
        )
        solvers["HiGHS MIP, to its gap"] = lambda: reference_solvers.solve_highs(instance, whole=True, seconds=seconds)
        solvers["CP-SAT"] = lambda: cp_sat_solver.solve_cp_sat(instance, seconds=seconds)
    if size.one_project_each:
        solvers["Gale-Shapley"] = lambda: heuristic_solvers.solve_gale_shapley(instance)
        solvers["SciPy"] = lambda: heuristic_solvers.solve_scipy_matching(instance)
    for name, solve_instance in solvers.items():
        results[name] = time_solver(solve_instance)
    if is_small and not size.one_project_each:
        gap_plot.draw_gap_plot(results)
    return [_format_row(name, measured, ours) for name, measured in results.items()]


def _format_row(name: str, measured: SolverResult, ours: SolverResult) -> dict[str, object]:
    bound = measured.bound
    return {
        "solver": name,
        "value": round(measured.value),
        "bound": None if bound is None else round(bound),
        "gap_percent": None if not bound else round(100 * (bound - measured.value) / bound, 4),
        "seconds": round(measured.seconds, 3),
        "times": round(measured.seconds / ours.seconds, 2),
        "value_over_ours": round(measured.value / max(1, ours.value), 6),
        "note": measured.note,
    }
