"""Solve a bare instance with CP-SAT."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from benchmarks.reference_solvers import SolverResult
from matching.engine.bare import Instance


def solve_cp_sat(instance: Instance, *, seconds: float) -> SolverResult:
    """Solve with CP-SAT and two workers, for at most `seconds`."""
    model = cp_model.CpModel()
    take = [model.new_bool_var("") for _ in instance.edge_role]
    rows: dict[tuple[int, int, int], list[int]] = {}
    ends = zip(instance.edge_volunteer.tolist(), instance.edge_role.tolist(), strict=True)
    for edge, (volunteer, role) in enumerate(ends):
        rows.setdefault((0, role, 0), []).append(edge)
        rows.setdefault((1, volunteer, 0), []).append(edge)
        if instance.role_request[role] >= 0:
            rows.setdefault((2, volunteer, int(instance.role_request[role])), []).append(edge)
    for (kind, index, _), edges in rows.items():
        variables = [take[edge] for edge in edges]
        if kind == 0:
            model.add(sum(variables) <= int(instance.role_seats[index]))
        elif kind == 2:
            model.add_at_most_one(variables)
        else:
            model.add(sum(variables) <= int(instance.volunteer_projects[index]))
            hours = instance.edge_hours[edges].tolist()
            limit = int(instance.volunteer_hours[index])
            model.add(sum(need * var for need, var in zip(hours, variables, strict=True)) <= limit)
    model.maximize(sum(int(value) * var for value, var in zip(instance.edge_value, take, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    recorder = _SolutionRecorder()
    status = solver.solve(model, recorder)
    is_found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = solver.best_objective_bound if is_found else None
    return SolverResult(solver.objective_value if is_found else 0, 0, bound, "", tuple(recorder.progress))


_SolutionCallback: Any = cp_model.CpSolverSolutionCallback  # typed only where the reference solvers are installed


class _SolutionRecorder(_SolutionCallback):  # type: ignore[misc]
    """Records when CP-SAT finds a better solution."""

    def __init__(self) -> None:
        super().__init__()
        self.progress: list[tuple[float, float]] = []

    def on_solution_callback(self) -> None:
        """Record the value; CP-SAT calls this method by its name."""
        self.progress.append((self.wall_time, self.objective_value))
