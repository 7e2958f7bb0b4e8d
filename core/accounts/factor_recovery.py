"""Recover a lost second factor: a call-back, a second reviewer, a day's wait, and everyone concerned is told."""

from datetime import datetime

import structlog
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.mfa import list_authenticators
from core.accounts.mfa_reset import enqueue_account_notices, remove_all_factors
from core.accounts.notice_types import AccountNotice
from core.accounts.queries import find_recovery
from core.conflict_of_interest import check_shares_no_contest
from core.email_addresses import normalize_address
from core.errors import NotAllowed, NotFound, WrongState
from core.field_errors import FieldErrors
from core.models import FactorRecovery, User
from core.models.factor_recovery import MAX_CALLBACK_LENGTH, RECOVERY_LIFETIME, RECOVERY_WAIT
from core.notifications.outbox import PendingNotice, enqueue_notices
from core.reviewers import list_reviewers

log = structlog.get_logger(__name__)

RECOVERY_LINK_SALT = "core.accounts.factor_recovery"
MAX_RECOVERIES_PER_SWEEP = 50
OPEN_STATES = (FactorRecovery.State.REQUESTED, FactorRecovery.State.APPROVED)


@transaction.atomic
def request_recovery(*, actor: User, email: str, callback: str, at: datetime) -> FactorRecovery:
    """Ask for the removal of a lost second factor, after the person was called back.

    `callback` says how: by a number known before, or in person. A second reviewer approves it. Raises NotAllowed (not
    a reviewer; for oneself; for a person with a part in a contest of the reviewer's), NotFound (no such account),
    Invalid (no note), WrongState (no factor, or one is open).
    """
    _require_reviewer(actor)
    errors = FieldErrors()
    with errors.collect():
        person = find_account(email)
        if person == actor:
            raise NotAllowed(_("You cannot recover your own second factor. Ask another reviewer to call you back."))
    if not 1 <= len(callback.strip()) <= MAX_CALLBACK_LENGTH:
        message = _("Say in 1 to %(most)d characters how you called the person back, and by what you knew them.")
        errors.add("callback", message % {"most": MAX_CALLBACK_LENGTH})
    errors.raise_if_any()
    if not list_authenticators(person).exists():
        raise WrongState(_("This account has no second factor, so none is lost. Its owner signs in with the password."))
    # Last of the checks: a refusal tells that the person has a part there, so it must cost a recovery to ask.
    check_shares_no_contest(actor, person)
    try:
        # A savepoint: the failed insert must not abort the whole transaction.
        with transaction.atomic():
            recovery = FactorRecovery.objects.create(
                person=person,
                callback=callback.strip(),
                requested_by=actor,
                requested_at=at,
                expires_at=at + RECOVERY_LIFETIME,
            )
    except IntegrityError as error:
        raise WrongState(_("A recovery of this account is under way already. Look at it in the list.")) from error
    _tell_everyone(recovery, at=at)
    return recovery


def find_account(email: str) -> User:
    """Return the account with this address. Raises NotFound and Invalid, naming the address."""
    person = User.objects.filter(email=normalize_address(email)).first()
    if person is None:
        raise NotFound(_("No account has this address. Check its spelling."), field="email")
    return person


@transaction.atomic
def approve_recovery(*, actor: User, recovery: FactorRecovery, at: datetime) -> FactorRecovery:
    """Approve a recovery as the second reviewer. The factor is removed a day later.

    Raises NotAllowed (not a reviewer; the one who asked; the person; a part in a contest of the person's), WrongState
    (not open any more, or too old).
    """
    _require_reviewer(actor)
    recovery = FactorRecovery.objects.select_for_update(no_key=True).get(pk=recovery.pk)
    if actor.pk in (recovery.requested_by_id, recovery.person_id):
        raise NotAllowed(
            _("A second reviewer has to approve this, who is neither you nor the person. Ask another one.")
        )
    is_waiting = recovery.state == FactorRecovery.State.REQUESTED and recovery.role_lost_at is None
    if not is_waiting or recovery.expires_at <= at:
        raise WrongState(_("This recovery does not wait for an approval any more. Look at its state."))
    check_shares_no_contest(actor, recovery.person)
    recovery.state, recovery.approved_by, recovery.approved_at = FactorRecovery.State.APPROVED, actor, at
    recovery.due_at = at + RECOVERY_WAIT
    recovery.save()
    _tell_everyone(recovery, at=at)
    return recovery


@transaction.atomic
def stop_recovery(*, actor: User, recovery: FactorRecovery, at: datetime) -> FactorRecovery:
    """Stop a recovery. A reviewer does so, or the person. Raises NotAllowed, WrongState (not open any more)."""
    if actor.pk != recovery.person_id:
        _require_reviewer(actor)
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


def make_recovery_link_token(recovery: FactorRecovery) -> str:
    """Return the signed token of the link by which the person stops the recovery."""
    return signing.dumps(str(recovery.public_id), salt=RECOVERY_LINK_SALT)


def find_recovery_by_link(token: str) -> FactorRecovery | None:
    """Return the recovery that a link was made for; None for a token that we did not sign."""
    try:
        return find_recovery(str(signing.loads(token, salt=RECOVERY_LINK_SALT)))
    except signing.BadSignature:
        return None


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
    _tell_everyone(recovery, at=at)
    return recovery


def _tell_everyone(recovery: FactorRecovery, *, at: datetime) -> None:
    """Tell the person at each of their proved addresses, and all other reviewers, what has become of it."""
    subjects = {"recovery": str(recovery.public_id), "state": recovery.state}
    cause = f"recovery-{recovery.state}:{recovery.public_id}"
    enqueue_account_notices(recovery.person, kind=AccountNotice.FACTOR_RECOVERY, cause=cause, subjects=subjects, at=at)
    enqueue_notices(
        [
            PendingNotice(reviewer, AccountNotice.FACTOR_RECOVERY_REVIEW, f"{cause}:{reviewer.pk}", subjects)
            for reviewer in list_reviewers().exclude(pk=recovery.person_id)
        ],
        at=at,
    )


def _require_reviewer(actor: User) -> None:
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers recover a second factor. Ask a reviewer."))
