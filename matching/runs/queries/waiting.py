"""Explain from the last run over everything why a volunteer is still waiting."""

from functools import lru_cache

from matching.engine.digest import unpack, unpack_solution
from matching.engine.explain import Unplaced, why_unplaced
from matching.engine.feasibility import Index
from matching.models import Run, RunArrays
from volunteers.models import Volunteer


def find_why_waiting(volunteer: Volunteer) -> Unplaced | None:
    """Return why the last run over everything had no seat for this volunteer.

    Return None when they were not in the run, got a seat, or its arrays are deleted.
    """
    last_run = (
        Run.objects.filter(state=Run.State.DONE, is_limited=False, dry_run=False).order_by("-finished_at").first()
    )
    if last_run is None or not RunArrays.objects.filter(run=last_run).exists():
        return None
    index, placed_rows = _read_run_index(last_run.pk)
    rows = (index.problem.volunteer_id == volunteer.pk).nonzero()[0]
    if not len(rows) or int(rows[0]) in placed_rows:
        return None
    return why_unplaced(index, int(rows[0]))


@lru_cache(maxsize=1)
def _read_run_index(run_id: int) -> tuple[Index, frozenset[int]]:
    """Return the run's problem, indexed for many questions in a row, and the rows of the volunteers who got a seat."""
    arrays = RunArrays.objects.get(run=run_id)
    return Index(unpack(bytes(arrays.problem))), frozenset(unpack_solution(bytes(arrays.solution)).volunteer.tolist())
