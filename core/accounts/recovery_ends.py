"""End the recovery of a second factor: it is stopped, it is done after its day, or it is too old."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.factor_recovery import require_reviewer, tell_everyone
from core.accounts.mfa_reset import remove_all_factors
from core.accounts.recovery_links import find_recovery_by_link
from core.errors import NotFound, WrongState
from core.models import FactorRecovery, User

log = structlog.get_logger(__name__)

MAX_RECOVERIES_PER_SWEEP = 50
OPEN_STATES = (FactorRecovery.State.REQUESTED, FactorRecovery.State.APPROVED)


@transaction.atomic
def stop_recovery(*, actor: User, recovery: FactorRecovery, at: datetime) -> FactorRecovery:
    """Stop a recovery. A reviewer does so, or the person. Raises NotAllowed, WrongState (not open any more)."""
    if actor.pk != recovery.person_id:
        require_reviewer(actor)
    return _end_recovery(recovery.pk, FactorRecovery.State.STOPPED, at=at, by=actor)


def stop_recovery_by_link(*, token: str, at: datetime) -> FactorRecovery:
    """Stop a recovery by the link in the person's letters. Raises NotFound (not our link), WrongState."""
    recovery = find_recovery_by_link(token)
    if recovery is None:
        raise NotFound(_("This link is not complete. Copy it whole from the letter."))
    return stop_recovery(actor=recovery.person, recovery=recovery, at=at)


def stop_recovery_of_working_factor(person: User, *, at: datetime) -> None:
    """Stop an open recovery of a person who has just used the factor, as it is not lost."""
    for pk in FactorRecovery.objects.filter(person=person, state__in=OPEN_STATES).values_list("pk", flat=True):
        try:
            _end_recovery(pk, FactorRecovery.State.STOPPED, at=at, by=person)
        except WrongState:
            log.info("a recovery was over before its factor was used", recovery=pk)


def process_due_recoveries(*, at: datetime) -> int:
    """Remove the factors whose day is over, end the other recoveries that are over, and return how many changed.

    Over are those that were not approved, and those of which a reviewer has lost that role, even for a moment.

    Each is a transaction of its own, and one that fails is logged. Idempotent.
    """
    waiting = FactorRecovery.objects.filter(state__in=OPEN_STATES)
    due = waiting.filter(state=FactorRecovery.State.APPROVED, due_at__lte=at)
    old = waiting.filter(state=FactorRecovery.State.REQUESTED, expires_at__lte=at)
    abandoned = waiting.filter(role_lost_at__isnull=False)
    processed = 0
    for pk in (due | old | abandoned).order_by("pk").values_list("pk", flat=True)[:MAX_RECOVERIES_PER_SWEEP]:
        try:
            processed += _process_recovery(pk, at=at)
        except Exception:
            log.exception("a recovery failed", recovery=pk)
    return processed


@transaction.atomic
def _process_recovery(pk: int, *, at: datetime) -> bool:
    # Another worker may hold it: then it is in good hands.
    locked = FactorRecovery.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    recovery = (
        locked.select_related("requested_by", "approved_by", "person").filter(pk=pk, state__in=OPEN_STATES).first()
    )
    if recovery is None:
        return False
    is_reviewed = all(reviewer and reviewer.is_reviewer for reviewer in (recovery.requested_by, recovery.approved_by))
    if recovery.role_lost_at is not None:
        # A reviewer who was removed meanwhile may be why the person has to be protected.
        _end_recovery(pk, FactorRecovery.State.STOPPED, at=at)
    elif recovery.state == FactorRecovery.State.REQUESTED:
        _end_recovery(pk, FactorRecovery.State.EXPIRED, at=at)
    elif not is_reviewed:
        _end_recovery(pk, FactorRecovery.State.STOPPED, at=at)
    else:
        remove_all_factors(recovery.person)
        _end_recovery(pk, FactorRecovery.State.DONE, at=at)
        log.warning("a second factor was recovered", user=str(recovery.person.public_id))
    return True


@transaction.atomic
def _end_recovery(pk: int, state: str, *, at: datetime, by: User | None = None) -> FactorRecovery:
    recovery = FactorRecovery.objects.select_for_update(no_key=True).get(pk=pk)
    if recovery.state not in OPEN_STATES:
        raise WrongState(_("This recovery is over already. Look at its state."))
    recovery.state, recovery.ended_at, recovery.stopped_by = state, at, by
    recovery.save()
    tell_everyone(recovery, at=at)
    return recovery
