"""What keeps somebody waiting: read from the arrays of the last run over everything."""

from functools import lru_cache

from matching.engine.digest import unpack, unpack_solution
from matching.engine.explain import Unplaced, why_unplaced
from matching.engine.feasibility import Index
from matching.models import Run, RunArrays
from volunteers.models import Volunteer


def find_why_waiting(volunteer: Volunteer) -> Unplaced | None:
    """Where somebody stood in the last run over everything; None when they were not in it, or have a place in it."""
    last = Run.objects.filter(state=Run.State.DONE, limited=False, dry_run=False).order_by("-finished_at").first()
    if last is None or not RunArrays.objects.filter(run=last).exists():
        return None
    index, placed = _read_run_index(last.pk)
    rows = (index.problem.volunteer_id == volunteer.pk).nonzero()[0]
    if not len(rows) or int(rows[0]) in placed:
        return None
    return why_unplaced(index, int(rows[0]))


@lru_cache(maxsize=1)
def _read_run_index(run: int) -> tuple[Index, frozenset[int]]:
    """The run's problem, ready to be asked about many people in turn, and the rows of who got a place."""
    arrays = RunArrays.objects.get(run=run)
    return Index(unpack(bytes(arrays.problem))), frozenset(unpack_solution(bytes(arrays.solution)).volunteer.tolist())
