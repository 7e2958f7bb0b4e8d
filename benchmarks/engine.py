"""`bench engine`: the solver and every yardstick on one graph, the 50 most valuable pairs of every role."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from benchmarks import gap_plot, reference_solvers
from benchmarks.instances import ProblemSize, generate_problem
from benchmarks.reference_solvers import SolverResult, time_solver
from matching.engine.bare import Instance, solve, warm_up
from matching.engine.feasibility import Index
from matching.engine.openings import rivals
from matching.engine.postings import arrange
from matching.engine.problem import Problem
from matching.engine.sparse import best_of_skill, by_skill

PAIRS_PER_ROLE = 50
MAX_EDGES_FOR_SLOW_SOLVERS = (
    1_000_000  # edges, up to which the slow solvers are asked: CP-SAT's model of more does not fit beside the rest
)


def build_top_pairs_instance(size: ProblemSize) -> Instance:
    """The most valuable pairs of every role of a generated problem, as a bare instance."""
    return top_pairs_of_problem(generate_problem(size))


def top_pairs_of_problem(made: Problem) -> Instance:
    """The same of a problem."""
    arranged = arrange(made, Index(made), rivals(made))
    # Nobody has a seat, so that nobody bids: the best by value alone.
    plain = arranged._replace(demand=arranged.demand._replace(seats=np.zeros(made.roles, np.int64)))
    found = [best_of_skill(plain, roles, PAIRS_PER_ROLE) for roles in by_skill(made, plain)]
    role = np.concatenate([chosen.role for chosen in found])
    return Instance(
        edge_volunteer=np.concatenate([chosen.volunteer for chosen in found]),
        edge_role=role,
        edge_value=np.concatenate([chosen.worth for chosen in found]),
        edge_hours=made.role_hours[role],
        volunteer_hours=made.hours,
        volunteer_projects=made.projects,
        role_seats=made.role_seats,
        role_request=made.role_request,
    )


def measure_our_solver(instance: Instance) -> SolverResult:
    """The solver with its proof."""
    began, heard = time.perf_counter(), list[tuple[float, float]]()
    answer = solve(
        instance,
        stop=lambda: False,
        watch=lambda value, bound: heard.append((time.perf_counter() - began, value)),
    )
    heard.append((time.perf_counter() - began, answer.value))
    return SolverResult(answer.value, 0, answer.bound, "", tuple(heard))


def compare_solvers(size: ProblemSize, *, seconds: float) -> list[dict[str, object]]:
    """A row for each solver, all measured now; `times` is how many of our times it took, `value` over ours."""
    instance = build_top_pairs_instance(size)
    warm_up()
    mine = time_solver(lambda: measure_our_solver(instance))
    found: dict[str, SolverResult] = {"handraiser": mine}
    small = len(instance.edge_role) <= MAX_EDGES_FOR_SLOW_SOLVERS
    solvers: dict[str, Callable[[], SolverResult]] = {
        "OR-tools min-cost flow": lambda: reference_solvers.solve_min_cost_flow(instance),
        "greedy": lambda: reference_solvers.solve_greedy(instance),
        "HiGHS LP": lambda: reference_solvers.solve_highs(instance, whole=False, seconds=seconds),
    }
    if small:
        enough = mine.value
        solvers["HiGHS MIP, as good as ours"] = lambda: reference_solvers.solve_highs(
            instance, whole=True, seconds=seconds, enough=enough
        )
        solvers["HiGHS MIP, to its gap"] = lambda: reference_solvers.solve_highs(instance, whole=True, seconds=seconds)
        solvers["CP-SAT"] = lambda: reference_solvers.solve_cp_sat(instance, seconds=seconds)
    if size.one_project_each:
        solvers["Gale-Shapley"] = lambda: reference_solvers.solve_gale_shapley(instance)
        solvers["SciPy"] = lambda: reference_solvers.solve_scipy_matching(instance)
    for name, run in solvers.items():
        found[name] = time_solver(run)
    if small and not size.one_project_each:
        gap_plot.draw_gap_plot(found)
    return [_format_row(name, measured, mine) for name, measured in found.items()]


def _format_row(name: str, measured: SolverResult, mine: SolverResult) -> dict[str, object]:
    bound = measured.bound
    return {
        "solver": name,
        "value": round(measured.value),
        "bound": None if bound is None else round(bound),
        "gap_percent": None if not bound else round(100 * (bound - measured.value) / bound, 4),
        "seconds": round(measured.seconds, 3),
        "times": round(measured.seconds / mine.seconds, 2),
        "value_over_ours": round(measured.value / max(1, mine.value), 6),
        "note": measured.note,
    }
