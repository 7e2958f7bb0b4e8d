"""Create and change a volunteer's own profile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.errors import Stale
from core.models import Jurisdiction, Party, Skill, User
from core.unknown_codes import unknown_code_error
from volunteers.actions.answers import promise_answer
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Volunteer
from volunteers.profile_rules import Profile, check_profile
from volunteers.signals import volunteer_updated

CodedRow = TypeVar("CodedRow", bound=models.Model)

_CODE_KINDS: dict[type[models.Model], str] = {Party: "party", Jurisdiction: "jurisdiction", Skill: "skill"}

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
    """Create the profile of `actor`, or replace it as a whole.

    `version` is the one that the user saw, if there was one. Raises Invalid (what to correct) and Stale.
    """
    check_profile(profile, today=at.date())
    own_profile = Volunteer.objects.select_for_update(no_key=True).filter(user=actor)
    volunteer = own_profile.first()
    if volunteer is None:
        # There is no profile to lock yet, so the account is locked: of two tabs the second one waits here. Profiles
        # are locked before accounts, as in the action that accepts a first offer.
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        volunteer = own_profile.all().first()
    is_new = volunteer is None
    if volunteer is None:
        volunteer = Volunteer(user=actor, waiting_since=at, claimed_at=at, version=0)
    elif version is not None and version != volunteer.version:
        raise Stale(_("You have changed your profile elsewhere meanwhile. Load it again and repeat your change."))
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
    if is_new:
        promise_answer(volunteer, at=at)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def _replace_related_rows(volunteer: Volunteer, profile: Profile) -> None:
    codes = [code for code, _level, _wanted in profile.claims]
    skills = {skill.code: skill for skill in _find_by_codes(Skill, codes, "claims")}
    volunteer.claims.all().delete()
    volunteer.windows.all().delete()
    volunteer.time_off.all().delete()
    SkillClaim.objects.bulk_create(
        SkillClaim(volunteer=volunteer, skill=skills[code], level=level, wants_to_use=wanted)
        for code, level, wanted in profile.claims
    )
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=window.weekday, starts=window.starts, ends=window.ends)
        for window in profile.windows
    )
    TimeOff.objects.bulk_create(
        TimeOff(volunteer=volunteer, starts_on=first, ends_on=last) for first, last in profile.time_off
    )


def _find_by_codes(model: type[CodedRow], codes: Sequence[str], field: str) -> list[CodedRow]:
    """Return the rows with these codes. Raises Invalid naming the first code that is unknown."""
    manager: Any = model._default_manager
    rows: dict[str, CodedRow] = {row.code: row for row in manager.filter(code__in=codes)}
    for code in codes:
        if code not in rows:
            raise unknown_code_error(_CODE_KINDS[model], code, field=field)
    return list(rows.values())
