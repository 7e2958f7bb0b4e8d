"""Ask for a check of a run's result, which a worker then does: see `verification`."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import NotAllowed, WrongState
from core.models import User
from core.task_queue import send_task_on_commit
from matching.models import Run, RunArrays
from matching.rules.task_names import VERIFY_RUN_TASK
from matching.runs.queries.runs import runs_visible_to


def request_verification(run: Run, *, actor: User, at: datetime) -> Run:
    """Ask for a check of a run's stored result. A later one replaces the verdict of an earlier one.

    Raises NotAllowed (no reviewer, or the run covers a contest in which they have a part), WrongState (not done, its
    arrays are deleted, or a check is under way).
    """
    if not runs_visible_to(actor).filter(pk=run.pk).exists():
        raise NotAllowed(_("Only reviewers without a part in its contests can check a run. Ask another reviewer."))
    if run.state != Run.State.DONE:
        raise WrongState(_("Only the result of a run that is done can be checked."))
    if not RunArrays.objects.filter(run=run).exists():
        raise WrongState(_("The details of this run have been deleted. Request a new run, and check that one."))
    idle = Q(verification_asked_at=None) | Q(verified_at__isnull=False)
    wanted: dict[str, object] = {"verification_asked_at": at, "verified_at": None, "verified_digest": ""}
    wanted |= {"verification_faults": [], "is_bound_verified": False, "fillable_count": None}
    if not Run.objects.filter(idle, pk=run.pk, state=Run.State.DONE).update(**wanted):
        raise WrongState(_("A check of this run is under way. Wait for its result."))
    send_task_on_commit(VERIFY_RUN_TASK, run_id=run.pk)
    run.refresh_from_db()
    return run
