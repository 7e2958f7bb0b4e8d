"""Change when and whether a volunteer can be asked: hours, rest, pauses, on call, leaving and returning."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from volunteers.actions.answers import NO_PROMISE, promise_answer
from volunteers.actions.profile_changes import count_profile_change
from volunteers.models import Volunteer
from volunteers.profile_rules import no_profile_error
from volunteers.signals import pause_ended, volunteer_updated


def reduce_max_hours(*, volunteer: Volunteer, hours: int) -> None:
    """Lower the volunteer's hours a week; the caller has locked their row. Raises Invalid."""
    check_reduced_hours(volunteer, hours)
    Volunteer.objects.filter(pk=volunteer.pk).update(max_hours_per_week=hours, version=F("version") + 1)


def check_reduced_hours(volunteer: Volunteer, hours: int) -> None:
    """Raise Invalid unless these hours a week are fewer than the volunteer's."""
    if not 1 <= hours < volunteer.max_hours_per_week:
        params = {"hours": volunteer.max_hours_per_week}
        raise Invalid(
            _("This is not less than your %(hours)s hours a week. Give fewer.") % params, field="max_hours_per_week"
        )


def start_rest(*, volunteer: Volunteer, until: date, at: datetime) -> None:
    """Start the rest after a project: no proposals before `until`, waiting for the next one since `at`.

    Matching decides when: in `start_handover`.
    """
    Volunteer.objects.filter(pk=volunteer.pk).update(rest_until=until, waiting_since=at)


def waive_rest(*, actor: User, at: datetime) -> Volunteer:
    """Let the user be proposed without a rest. Raises NotFound (no profile), WrongState (they have left)."""
    return _set_on_own_volunteer(actor, at, rest_until=None)


def confirm_availability(*, actor: User, at: datetime) -> Volunteer:
    """Record that the user's hours are still right. Raises NotFound (no profile), WrongState (they have left)."""
    return _update_own_volunteer(actor, at, availability_confirmed_at=at)


def set_on_call(*, actor: User, on_call: bool, at: datetime) -> Volunteer:
    """Set whether the user may be asked at any hour when a campaign was hacked.

    Raises NotAllowed (a reviewer), NotFound (no profile), WrongState (they have left).
    """
    if on_call and actor.is_reviewer:
        raise NotAllowed(
            _("Reviewers are not asked in emergencies, since they read of each one. Watch over the incident instead.")
        )
    return _set_on_own_volunteer(actor, at, is_stop=not on_call, on_call=on_call)


@transaction.atomic
def set_paused(*, actor: User, is_paused: bool, at: datetime) -> Volunteer:
    """Take the user out of the supply for a while, or back into it.

    A pause ends the promise of an answer, and its end makes a new one. Raises NotFound (no profile), WrongState (they
    have left).
    """
    if is_paused:
        return _set_on_own_volunteer(actor, at, is_stop=True, state=Volunteer.State.PAUSED, **NO_PROMISE)
    was_paused = Volunteer.objects.filter(user=actor, state=Volunteer.State.PAUSED).exists()
    volunteer = _set_on_own_volunteer(actor, at, state=Volunteer.State.ACTIVE)
    if was_paused:
        promise_answer(volunteer, at=at)
        pause_ended.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def mark_left(volunteer: Volunteer, *, at: datetime) -> None:
    """Take a volunteer out of the supply until they return; the caller has locked their row."""
    not_left = Volunteer.objects.filter(pk=volunteer.pk).exclude(state=Volunteer.State.LEFT)
    not_left.update(state=Volunteer.State.LEFT, left_at=at, on_call=False, **NO_PROMISE, version=F("version") + 1)


@transaction.atomic
def return_to_service(*, actor: User, at: datetime) -> Volunteer:
    """Bring a volunteer who had left back, with their old profile; they wait since `at`.

    Raises NotFound (no profile), WrongState (they had not left).
    """
    own_profile = Volunteer.objects.filter(user=actor)
    if not own_profile.exists():
        raise no_profile_error()
    count_profile_change(actor, at=at)
    changes = {"state": Volunteer.State.ACTIVE, "left_at": None, "waiting_since": at, "availability_confirmed_at": at}
    if not own_profile.filter(state=Volunteer.State.LEFT).update(**changes, version=F("version") + 1):
        raise WrongState(
            _("You have not left, so there is nothing to come back to. A pause is ended in your availability.")
        )
    volunteer = own_profile.get()
    promise_answer(volunteer, at=at)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def _set_on_own_volunteer(actor: User, at: datetime, *, is_stop: bool = False, **changes: object) -> Volunteer:
    # What is so already raises no version.
    unchanged = Volunteer.objects.filter(user=actor, **changes).exclude(state=Volunteer.State.LEFT).first()
    return unchanged or _update_own_volunteer(actor, at, is_stop=is_stop, **changes)


@transaction.atomic
def _update_own_volunteer(actor: User, at: datetime, *, is_stop: bool = False, **changes: object) -> Volunteer:
    if not is_stop:  # who may not be asked any more says so at any time
        count_profile_change(actor, at=at)
    # A volunteer who has left returns by `return_to_service` only, which restarts their waiting time.
    if not Volunteer.objects.filter(user=actor).exclude(state="left").update(**changes, version=F("version") + 1):
        if Volunteer.objects.filter(user=actor).exists():
            raise WrongState(_("You have left, so there is nothing to change. Come back first."))
        raise no_profile_error()
    volunteer = Volunteer.objects.get(user=actor)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer
