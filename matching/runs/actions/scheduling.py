"""Queue and cancel runs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Role
from core.conflict_of_interest import check_not_oneself, list_contests_of
from core.errors import NotAllowed, TooMany, WrongState
from core.field_errors import FieldErrors
from core.models import User
from core.task_queue import send_task_on_commit
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.permissions import check_no_reviewers
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy, Run
from matching.rules.run_limits import MAX_WAITING_RUNS
from matching.rules.task_names import EXECUTE_LIMITED_RUN_TASK, EXECUTE_RUN_TASK
from matching.runs.queries.runs import has_open_part, runs_visible_to
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.models import Volunteer
from volunteers.queries import has_profile

RUN_LEASE = timedelta(minutes=5)
MAX_RUN_ATTEMPTS = 3
_REQUESTED_RUNS_LOCK_KEY = 0x48414E46  # of the advisory lock under which waiting runs are counted


@transaction.atomic
def queue_run(
    *,
    actor: User | None,
    at: datetime,
    roles: Sequence[Role] | None = None,
    volunteers: Sequence[Volunteer] | None = None,
    dry_run: bool = False,
    include_unclaimed: bool = False,
    policy: Policy | None = None,
    base: Run | None = None,
) -> Run:
    """Queue a run over everything, over the free seats of some roles, or over some volunteers, and wake a worker.

    `actor` is the reviewer who requests it, or None for the application itself. A dry run sends no notice and writes no
    match; only a dry run may include unclaimed volunteers. `policy` is the active one if it is left out, and `base` the
    run that this one is to be compared with: see `try_policy`. Raises NotAllowed (no reviewer; a part in a contest that
    it covers; oneself or another reviewer among the volunteers), Invalid, WrongState (one of them was erased), TooMany
    (as many requested runs wait as may).
    """
    if actor is not None:
        for volunteer in volunteers or ():
            check_not_oneself(actor, actor.pk if has_profile(actor, volunteer) else None)
        if not dry_run:
            check_no_reviewers(*(volunteers or ()))
        _check_may_request_run(actor, roles or ())
    check_run_scope(roles=roles, volunteers=volunteers, dry_run=dry_run, include_unclaimed=include_unclaimed)
    if actor is not None and volunteers:
        lock_rows(volunteers=[volunteer.pk for volunteer in volunteers])
        check_not_erased([volunteer.pk for volunteer in volunteers])
    if actor is not None:
        _check_waiting_runs()
    run = Run.objects.create(
        policy=policy or get_active_policy(),
        base=base,
        is_limited=roles is not None or volunteers is not None,
        dry_run=dry_run,
        include_unclaimed=include_unclaimed,
        requested_by=actor,
        requested_at=at,
    )
    run.roles.set(roles or [])
    run.volunteers.set(volunteers or [])
    send_run_task(run)
    return run


def check_run_scope(
    *,
    roles: Sequence[object] | None = None,
    volunteers: Sequence[object] | None = None,
    dry_run: bool = False,
    include_unclaimed: bool = False,
) -> None:
    """Check whether the inputs of a run go together. Raises Invalid, naming every one to correct."""
    errors = FieldErrors()
    if include_unclaimed and not dry_run:
        message = _("Volunteers who have not joined yet can be counted in a dry run only. Make this a dry run.")
        errors.add("include_unclaimed", message, reads=("dry_run",))
    if roles is not None and not roles:
        errors.add("roles", _("The list of roles is empty. Name a role, or leave it out for a run over everything."))
    if roles is not None and volunteers is not None:
        message = _("A run is for some roles or for some people. Name one of the two.")
        errors.add("volunteers", message, reads=("roles",))
    errors.raise_if_any()


def _check_may_request_run(actor: User, roles: Sequence[Role]) -> None:
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers can request a run."))
    if not roles and has_open_part(actor):
        message = _("This run covers a contest in which you have a part. Ask another reviewer, or limit it to roles.")
        raise NotAllowed(message)
    if roles and not set(_contests_of_roles(roles)).isdisjoint(list_contests_of(actor)):
        raise NotAllowed(_("You have a part in the contest of one of these roles, so another reviewer decides."))


def _check_waiting_runs() -> None:
    """Raise TooMany where as many requested runs wait as may; the count holds to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_REQUESTED_RUNS_LOCK_KEY])
    waiting = Run.objects.filter(state=Run.State.QUEUED, requested_by__isnull=False)
    if waiting.count() >= MAX_WAITING_RUNS:
        message = _("%(limit)s runs wait already. Wait until one of them has begun, or cancel one.")
        raise TooMany(message % {"limit": MAX_WAITING_RUNS})


def _contests_of_roles(roles: Sequence[Role]) -> "QuerySet[Role, int]":
    rows = Role.objects.filter(pk__in=[role.pk for role in roles])
    return rows.values_list("request__campaign__candidate__contest", flat=True)


def send_run_task(run: Run) -> None:
    """Wake a worker for a queued run.

    Limited runs have a task of their own, so that they do not wait for a run over everything.
    """
    send_task_on_commit(EXECUTE_LIMITED_RUN_TASK if run.is_limited else EXECUTE_RUN_TASK, run_id=run.pk)


def cancel_run(run: Run, *, actor: User, at: datetime) -> Run:
    """Cancel a run that is queued or running. Nothing of it is stored; its worker stops within some seconds.

    Raises NotAllowed (no reviewer, or the run is limited to roles of a contest in which they have a part), WrongState.
    """
    if not runs_visible_to(actor).filter(pk=run.pk).exists():
        raise NotAllowed(_("Only reviewers without a part in its contests can cancel a run. Ask another reviewer."))
    unfinished = Run.objects.filter(pk=run.pk, state__in=[Run.State.QUEUED, Run.State.RUNNING])
    if not unfinished.update(state=Run.State.CANCELLED, stage="", finished_at=at, lease_expires_at=None):
        raise WrongState(_("This run has ended already, so there is nothing to cancel."))
    run.refresh_from_db()
    return run
