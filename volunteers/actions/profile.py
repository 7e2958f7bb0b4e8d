"""Create and change a volunteer's own profile."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Stale
from core.field_errors import FieldErrors
from core.models import Jurisdiction, Party, Skill, User
from core.reference.codes import find_by_codes, index_paths
from volunteers.actions.answers import promise_answer
from volunteers.actions.profile_changes import count_profile_change
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Volunteer
from volunteers.profile_rules import check_profile, stale_profile_error
from volunteers.signals import volunteer_updated
from volunteers.stated_profile import Profile

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


@dataclass(frozen=True, slots=True)
class ProfileReferences:
    """The rows that a profile names by their codes."""

    skills: dict[str, Skill]
    parties: dict[str, Party]
    jurisdictions: dict[str, Jurisdiction]


def resolve_profile(profile: Profile, *, today: date) -> ProfileReferences:
    """Check a profile that is stated on `today`, and return what it names. Raises Invalid with everything wrong."""
    errors = FieldErrors()
    with errors.collect():
        check_profile(profile, today=today)
    skill_paths = {f"claims.{index}.skill": code for index, (code, *_rest) in enumerate(profile.claims)}
    references = ProfileReferences(
        skills=find_by_codes("skill", Skill.objects.all(), skill_paths, errors),
        parties=find_by_codes("party", Party.objects.all(), index_paths("parties", profile.parties), errors),
        jurisdictions=find_by_codes(
            "jurisdiction", Jurisdiction.objects.all(), index_paths("jurisdictions", profile.jurisdictions), errors
        ),
    )
    errors.raise_if_any()
    return references


@transaction.atomic
def save_profile(*, actor: User, profile: Profile, at: datetime, version: int | None = None) -> Volunteer:
    """Create the profile of `actor`, or replace it as a whole.

    `version` is the one that the user saw, if there was one. Raises Stale, and Invalid (what to correct; too many
    changes today).
    """
    references = resolve_profile(profile, today=at.date())
    own_profile = Volunteer.objects.select_for_update(no_key=True).filter(user=actor)
    volunteer = own_profile.first()
    if volunteer is None:
        # There is no profile to lock yet, so the account is locked: of two tabs the second one waits here. Profiles
        # are locked before accounts, as in the action that accepts a first offer.
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        volunteer = own_profile.all().first()
    count_profile_change(actor, at=at)
    is_new = volunteer is None
    if volunteer is None and version is not None:
        raise Stale(_("You have no profile yet, so it has no version. Leave the version out."))
    if volunteer is None:
        volunteer = Volunteer(user=actor, waiting_since=at, claimed_at=at, version=0)
    elif version is not None and version != volunteer.version:
        raise stale_profile_error()
    for name in _PLAIN_FIELDS:
        setattr(volunteer, name, getattr(profile, name))
    volunteer.languages = list(dict.fromkeys(profile.languages))
    volunteer.levels = list(dict.fromkeys(profile.levels))
    volunteer.assumed = []
    volunteer.availability_confirmed_at = at
    volunteer.version += 1
    volunteer.save()
    volunteer.parties.set(references.parties.values())
    volunteer.jurisdictions.set(references.jurisdictions.values())
    _replace_related_rows(volunteer, profile, references.skills)
    if is_new:
        promise_answer(volunteer, at=at)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


def _replace_related_rows(volunteer: Volunteer, profile: Profile, skills: dict[str, Skill]) -> None:
    volunteer.claims.all().delete()
    volunteer.windows.all().delete()
    volunteer.time_off.all().delete()
    SkillClaim.objects.bulk_create(
        SkillClaim(volunteer=volunteer, skill=skills[code], level=level, wants_to_use=wanted)
        for code, level, wanted in profile.claims
    )
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=window.weekday, starts=window.starts, ends=window.ends)
        for window in dict.fromkeys(profile.windows)
    )
    TimeOff.objects.bulk_create(
        TimeOff(volunteer=volunteer, starts_on=first, ends_on=last) for first, last in profile.time_off
    )
