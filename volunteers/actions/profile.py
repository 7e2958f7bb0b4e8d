"""Raising a hand, and changing what one said."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F

from core.errors import Invalid, NotFound, Stale, WrongState
from core.models import Jurisdiction, Party, Skill, User
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Volunteer
from volunteers.rules import Profile, check
from volunteers.signals import came

Row = TypeVar("Row", bound=models.Model)

_PLAIN = [
    "first_name",
    "last_name",
    "contact",
    "hours",
    "projects",
    "time_zone",
    "adult",
    "wants_to_lead",
    "may_decide",
    "job_restricts",
    "level_only",
    "party_only",
    "place_only",
]


@transaction.atomic
def raise_hand(*, actor: User, profile: Profile, at: datetime, version: int | None = None) -> Volunteer:
    """Makes `profile` what `actor` says about themselves: creates it, or replaces what was there.

    `version` is the one that the person saw, if there was one. Raises Invalid (what to correct) and Stale.
    """
    check(profile)
    mine = Volunteer.objects.select_for_update(no_key=True).filter(user=actor)
    volunteer = mine.first()
    if volunteer is None:
        # Two tabs: the second one waits. The account comes after the profile, as where somebody says their first yes.
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        volunteer = mine.all().first()
    if volunteer is None:
        volunteer = Volunteer(user=actor, raised_at=at, claimed_at=at, version=0)
    elif version is not None and version != volunteer.version:
        raise Stale("You have changed your profile elsewhere meanwhile. Load it again and make your change anew.")
    for name in _PLAIN:
        setattr(volunteer, name, getattr(profile, name))
    volunteer.languages = list(profile.languages)
    volunteer.levels = list(profile.levels)
    volunteer.assumed = []
    volunteer.availability_confirmed_at = at
    volunteer.version += 1
    volunteer.save()
    volunteer.parties.set(_coded(Party, profile.parties, "parties"))
    volunteer.places.set(_coded(Jurisdiction, profile.places, "places"))
    _replace_rows(volunteer, profile)
    came.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def narrow_hours(*, volunteer: Volunteer, hours: int) -> None:
    """They have said that they have fewer hours a week from now on; called with their row locked. Raises Invalid."""
    if not 1 <= hours < volunteer.hours:
        raise Invalid(f"Give fewer hours a week than the {volunteer.hours} you have said before.", field="hours")
    Volunteer.objects.filter(pk=volunteer.pk).update(hours=hours, version=F("version") + 1)


def rest(*, volunteer: Volunteer, until: date, at: datetime) -> None:
    """After a project: not proposed before `until`, and waiting for the next turn from `at` on."""
    Volunteer.objects.filter(pk=volunteer.pk).update(rest_until=until, raised_at=at)


def waive_rest(*, actor: User, at: datetime) -> Volunteer:
    """The person wants to go on without a rest. Raises NotFound (no profile)."""
    return _own(actor, at, rest_until=None)


def confirm_availability(*, actor: User, at: datetime) -> Volunteer:
    """The person says that their hours still are what they were. Raises NotFound (no profile)."""
    return _own(actor, at, availability_confirmed_at=at)


def set_on_call(*, actor: User, on_call: bool, at: datetime) -> Volunteer:
    """Whether the person may be asked at any hour when a campaign was hacked. Raises NotFound (no profile)."""
    return _own(actor, at, on_call=on_call)


def pause(*, actor: User, paused: bool, at: datetime) -> Volunteer:
    """Takes the person out of the supply for a while, or back into it. Raises NotFound (no profile)."""
    return _own(actor, at, state=Volunteer.State.PAUSED if paused else Volunteer.State.ACTIVE)


def depart(volunteer: Volunteer, *, at: datetime) -> None:
    """Takes somebody out of the supply for good, or until they come back; called with their row locked."""
    here = Volunteer.objects.filter(pk=volunteer.pk).exclude(state=Volunteer.State.LEFT)
    here.update(state=Volunteer.State.LEFT, left_at=at, on_call=False, version=F("version") + 1)


@transaction.atomic
def come_back(*, actor: User, at: datetime) -> Volunteer:
    """Somebody who had left is there again, with what they said before; they wait from now on.

    Raises NotFound (no profile), WrongState (they had not left).
    """
    mine = Volunteer.objects.filter(user=actor)
    if not mine.exists():
        raise NotFound("You have no profile yet. Raise your hand first.")
    here = {"state": Volunteer.State.ACTIVE, "left_at": None, "raised_at": at, "availability_confirmed_at": at}
    if not mine.filter(state=Volunteer.State.LEFT).update(**here, version=F("version") + 1):
        raise WrongState(
            "You have not left, so there is nothing to come back to. A pause is ended in your availability."
        )
    volunteer = mine.get()
    came.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


@transaction.atomic
def _own(actor: User, at: datetime, **changes: object) -> Volunteer:
    if not Volunteer.objects.filter(user=actor).exclude(state="left").update(**changes, version=F("version") + 1):
        raise NotFound("You have no profile yet. Raise your hand first.")
    volunteer = Volunteer.objects.get(user=actor)
    came.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def _replace_rows(volunteer: Volunteer, profile: Profile) -> None:
    skills = {skill.code: skill for skill in _coded(Skill, [code for code, _, _ in profile.claims], "claims")}
    volunteer.claims.all().delete()
    volunteer.windows.all().delete()
    volunteer.time_off.all().delete()
    SkillClaim.objects.bulk_create(
        SkillClaim(volunteer=volunteer, skill=skills[code], level=level, wanted=wanted)
        for code, level, wanted in profile.claims
    )
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=one.weekday, starts=one.starts, ends=one.ends)
        for one in profile.windows
    )
    TimeOff.objects.bulk_create(
        TimeOff(volunteer=volunteer, starts_on=first, ends_on=last) for first, last in profile.time_off
    )


def _coded(model: type[Row], codes: Sequence[str], field: str) -> list[Row]:
    """The rows with these codes. Raises Invalid naming the first code that there is not."""
    manager: Any = model._default_manager
    found: dict[str, Row] = {row.code: row for row in manager.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise Invalid(f"There is no “{code}” among the {field} we know.", field=field)
    return list(found.values())
