"""Put reviewers on duty, and end their shifts."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import NotAllowed, TooMany, WrongState
from core.field_errors import FieldErrors
from core.models import User
from matching.models import DutyShift
from matching.rules.duty_limits import MAX_DUTY_LEAD_DAYS, MAX_DUTY_SHIFT_DAYS, MAX_DUTY_SHIFTS_AHEAD


@transaction.atomic
def add_duty_shift(*, actor: User, reviewer: User, starts_at: datetime, ends_at: datetime, at: datetime) -> DutyShift:
    """Put a reviewer on duty; a shift with the same times changes nothing.

    Reviewers do it for themselves, administrators for each reviewer. Raises NotAllowed, Invalid (not a reviewer, or
    the times), TooMany, WrongState (another shift of theirs overlaps it).
    """
    check_duty_shift(actor, reviewer, starts_at=starts_at, ends_at=ends_at, at=at)
    _lock_shifts()
    theirs = DutyShift.objects.filter(reviewer=reviewer, starts_at__lt=ends_at, ends_at__gt=starts_at)
    same = theirs.filter(starts_at=starts_at, ends_at=ends_at).first()
    if same is not None:
        return same
    if theirs.exists():
        raise WrongState(_("This reviewer has a shift at that time already. Choose another time, or end that shift."))
    if DutyShift.objects.filter(reviewer=reviewer, ends_at__gt=at).count() >= MAX_DUTY_SHIFTS_AHEAD:
        message = _("%(limit)s shifts are planned, and more cannot be. Wait until one is over, or end one.")
        raise TooMany(message % {"limit": MAX_DUTY_SHIFTS_AHEAD})
    return DutyShift.objects.create(reviewer=reviewer, starts_at=starts_at, ends_at=ends_at)


def check_duty_shift(actor: User, reviewer: User, *, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """Check who is put on duty, and when. Raises NotAllowed, and Invalid, naming each input to correct."""
    _check_may_plan(actor, reviewer)
    errors = FieldErrors()
    if not reviewer.is_reviewer:
        errors.add("reviewer", _("Only reviewers are on duty. Choose a reviewer."))
    if starts_at - at > timedelta(days=MAX_DUTY_LEAD_DAYS):
        message = _("A shift begins within %(days)s days from now. Choose an earlier day.")
        errors.add("starts_at", message % {"days": MAX_DUTY_LEAD_DAYS})
    elif at - starts_at > timedelta(days=MAX_DUTY_SHIFT_DAYS):
        errors.add("starts_at", _("A shift that began so long ago is over. Choose a later begin."))
    if ends_at <= at:
        errors.add("ends_at", _("This shift would be over already. Choose a later end."))
    elif ends_at <= starts_at:
        errors.add("ends_at", _("A shift ends after its begin. Choose a later end."))
    elif ends_at - starts_at > timedelta(days=MAX_DUTY_SHIFT_DAYS):
        message = _("A shift lasts at most %(days)s days. Choose an earlier end.")
        errors.add("ends_at", message % {"days": MAX_DUTY_SHIFT_DAYS})
    errors.raise_if_any()


@transaction.atomic
def end_duty_shift(*, actor: User, shift: DutyShift, at: datetime) -> None:
    """End a shift now if it runs; delete it if it has not begun. Raises NotAllowed, WrongState (it is over)."""
    _check_may_plan(actor, shift.reviewer)
    _lock_shifts()
    if not _end_shifts(DutyShift.objects.filter(pk=shift.pk), at=at):
        raise WrongState(_("This shift is over already, so there is nothing to end."))


@transaction.atomic
def end_duty_of_former_reviewer(user: User, *, at: datetime) -> None:
    """End the shifts of a user who is no reviewer any more."""
    _end_shifts(DutyShift.objects.filter(reviewer=user), at=at)


def _end_shifts(shifts: "QuerySet[DutyShift]", *, at: datetime) -> int:
    """End those of these shifts that are not over, and return how many."""
    deleted, _by_model = shifts.filter(starts_at__gte=at).delete()
    return deleted + shifts.filter(starts_at__lt=at, ends_at__gt=at).update(ends_at=at)


def _check_may_plan(actor: User, reviewer: User) -> None:
    is_administrator = actor.is_superuser and actor.is_active
    if not (is_administrator or (actor.is_reviewer and actor.pk == reviewer.pk)):
        raise NotAllowed(_("Reviewers plan their own duty. Ask an administrator to plan that of others."))


def _lock_shifts() -> None:
    """Let one transaction at a time plan: shifts of all reviewers count together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('duty_shifts'))")
