"""Raising a hand, and changing what one said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from core.errors import Invalid, Stale
from core.models import Jurisdiction, Party, Skill, User
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Volunteer
from volunteers.rules import Profile, check_profile
from volunteers.signals import volunteer_updated

CodedRow = TypeVar("CodedRow", bound=models.Model)

_PLAIN_FIELDS = [
    "first_name",
    "last_name",
    "contact",
    "max_hours_per_week",
    "max_projects",
    "time_zone",
    "adult",
    "wants_to_lead",
    "may_make_decisions",
    "job_restricts",
    "restrict_to_levels",
    "restrict_to_parties",
    "restrict_to_jurisdictions",
]


@transaction.atomic
def save_profile(*, actor: User, profile: Profile, at: datetime, version: int | None = None) -> Volunteer:
    """Makes `profile` what `actor` says about themselves: creates it, or replaces what was there.

    `version` is the one that the person saw, if there was one. Raises Invalid (what to correct) and Stale.
    """
    check_profile(profile)
    mine = Volunteer.objects.select_for_update(no_key=True).filter(user=actor)
    volunteer = mine.first()
    if volunteer is None:
        # Two tabs: the second one waits. The account comes after the profile, as where somebody says their first yes.
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        volunteer = mine.all().first()
    if volunteer is None:
        volunteer = Volunteer(user=actor, waiting_since=at, claimed_at=at, version=0)
    elif version is not None and version != volunteer.version:
        raise Stale("You have changed your profile elsewhere meanwhile. Load it again and make your change anew.")
    for name in _PLAIN_FIELDS:
        setattr(volunteer, name, getattr(profile, name))
    volunteer.languages = list(profile.languages)
    volunteer.levels = list(profile.levels)
    volunteer.assumed = []
    volunteer.availability_confirmed_at = at
    volunteer.version += 1
    volunteer.save()
    volunteer.parties.set(_find_by_codes(Party, profile.parties, "parties"))
    volunteer.jurisdictions.set(_find_by_codes(Jurisdiction, profile.jurisdictions, "jurisdictions"))
    _replace_related_rows(volunteer, profile)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def _replace_related_rows(volunteer: Volunteer, profile: Profile) -> None:
    skills = {skill.code: skill for skill in _find_by_codes(Skill, [code for code, _, _ in profile.claims], "claims")}
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


def _find_by_codes(model: type[CodedRow], codes: Sequence[str], field: str) -> list[CodedRow]:
    """The rows with these codes. Raises Invalid naming the first code that there is not."""
    manager: Any = model._default_manager
    found: dict[str, CodedRow] = {row.code: row for row in manager.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise Invalid(f"There is no “{code}” among the {field} we know.", field=field)
    return list(found.values())
