"""Recover a lost second factor: a call-back, a second reviewer, a day's wait, and everyone concerned is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.mfa import list_authenticators
from core.accounts.mfa_reset import enqueue_account_notices
from core.accounts.notice_types import AccountNotice
from core.conflict_of_interest import check_shares_no_contest
from core.email_addresses import normalize_address
from core.errors import NotAllowed, NotFound, WrongState
from core.field_errors import FieldErrors
from core.models import FactorRecovery, User
from core.models.factor_recovery import MAX_CALLBACK_LENGTH, RECOVERY_LIFETIME, RECOVERY_WAIT
from core.notifications.outbox import PendingNotice, enqueue_notices
from core.reviewers import list_reviewers


@transaction.atomic
def request_recovery(*, actor: User, email: str, callback: str, at: datetime) -> FactorRecovery:
    """Ask for the removal of a lost second factor, after the person was called back.

    `callback` says how: by a number known before, or in person. A second reviewer approves it. Raises NotAllowed (not
    a reviewer; for oneself; for a person with a part in a contest of the reviewer's), NotFound (no such account),
    Invalid (no note), WrongState (no factor, or one is open).
    """
    require_reviewer(actor)
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
    tell_everyone(recovery, at=at)
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
    require_reviewer(actor)
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
    tell_everyone(recovery, at=at)
    return recovery


def tell_everyone(recovery: FactorRecovery, *, at: datetime) -> None:
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


def require_reviewer(actor: User) -> None:
    """Raise NotAllowed unless the actor is a reviewer."""
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers recover a second factor. Ask a reviewer."))
