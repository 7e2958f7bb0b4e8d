"""Change when and whether a volunteer can be asked: hours, rest, pauses, on call, leaving and returning."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from core.errors import Invalid, NotFound, WrongState
from core.models import User
from volunteers.models import Volunteer
from volunteers.signals import volunteer_updated


def reduce_max_hours(*, volunteer: Volunteer, hours: int) -> None:
    """They have said that they have fewer hours a week from now on; called with their row locked. Raises Invalid."""
    if not 1 <= hours < volunteer.max_hours_per_week:
        raise Invalid(
            f"Give fewer hours a week than the {volunteer.max_hours_per_week} you have said before.",
            field="max_hours_per_week",
        )
    Volunteer.objects.filter(pk=volunteer.pk).update(max_hours_per_week=hours, version=F("version") + 1)


def start_rest(*, volunteer: Volunteer, until: date, at: datetime) -> None:
    """After a project: not proposed before `until`, and waiting for the next turn from `at` on."""
    Volunteer.objects.filter(pk=volunteer.pk).update(rest_until=until, waiting_since=at)


def waive_rest(*, actor: User, at: datetime) -> Volunteer:
    """The person wants to go on without a rest. Raises NotFound (no profile)."""
    return _update_own_volunteer(actor, at, rest_until=None)


def confirm_availability(*, actor: User, at: datetime) -> Volunteer:
    """The person says that their hours still are what they were. Raises NotFound (no profile)."""
    return _update_own_volunteer(actor, at, availability_confirmed_at=at)


def set_on_call(*, actor: User, on_call: bool, at: datetime) -> Volunteer:
    """Whether the person may be asked at any hour when a campaign was hacked. Raises NotFound (no profile)."""
    return _update_own_volunteer(actor, at, on_call=on_call)


def set_paused(*, actor: User, paused: bool, at: datetime) -> Volunteer:
    """Takes the person out of the supply for a while, or back into it. Raises NotFound (no profile)."""
    return _update_own_volunteer(actor, at, state=Volunteer.State.PAUSED if paused else Volunteer.State.ACTIVE)


def mark_left(volunteer: Volunteer, *, at: datetime) -> None:
    """Takes somebody out of the supply for good, or until they come back; called with their row locked."""
    here = Volunteer.objects.filter(pk=volunteer.pk).exclude(state=Volunteer.State.LEFT)
    here.update(state=Volunteer.State.LEFT, left_at=at, on_call=False, version=F("version") + 1)


@transaction.atomic
def return_to_service(*, actor: User, at: datetime) -> Volunteer:
    """Somebody who had left is there again, with what they said before; they wait from now on.

    Raises NotFound (no profile), WrongState (they had not left).
    """
    mine = Volunteer.objects.filter(user=actor)
    if not mine.exists():
        raise NotFound("You have no profile yet. Raise your hand first.")
    here = {"state": Volunteer.State.ACTIVE, "left_at": None, "waiting_since": at, "availability_confirmed_at": at}
    if not mine.filter(state=Volunteer.State.LEFT).update(**here, version=F("version") + 1):
        raise WrongState(
            "You have not left, so there is nothing to come back to. A pause is ended in your availability."
        )
    volunteer = mine.get()
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


@transaction.atomic
def _update_own_volunteer(actor: User, at: datetime, **changes: object) -> Volunteer:
    if not Volunteer.objects.filter(user=actor).exclude(state="left").update(**changes, version=F("version") + 1):
        raise NotFound("You have no profile yet. Raise your hand first.")
    volunteer = Volunteer.objects.get(user=actor)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer
