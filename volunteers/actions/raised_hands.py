"""Raise a hand: store the profile of a person who has said what they can do and when, once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import WrongState
from core.field_errors import FieldErrors
from core.models import Skill, User
from core.reference.codes import find_by_codes
from core.week_mask import Window
from volunteers.actions.profile import resolve_profile, save_profile
from volunteers.actions.profile_claims import hand_over_profile
from volunteers.actions.weeks import lock_own_volunteer, replace_week
from volunteers.models import SkillClaim, Volunteer
from volunteers.profile_limits import MAX_SKILL_CLAIMS
from volunteers.queries import list_imported_profiles
from volunteers.skill_claim_rules import check_claims
from volunteers.stated_profile import Profile


@transaction.atomic
def raise_hand(*, actor: User, profile: Profile, at: datetime, keeps_imported: bool = False) -> Volunteer:
    """Store the first profile of the user, who is promised an answer, and return it.

    A profile that was imported with an address of theirs becomes theirs first, so that no second one stays behind. With
    `keeps_imported` its skills, hours and windows stay, and only the name and what the user says of age and job are
    taken from `profile`. Raises Invalid (what to correct, by the paths of a profile), WrongState (they have a profile).
    """
    resolve_profile(profile, today=at.date())
    # Profiles are locked before accounts.
    imported = _lock_imported_profiles(actor).first()
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if Volunteer.objects.filter(user=actor).exists():
        raise WrongState(_("You have raised your hand before. Change your profile on your page."))
    if imported is None:
        return save_profile(actor=actor, profile=profile, at=at)
    if keeps_imported:
        _take_answers(imported, profile)
    volunteer = hand_over_profile(imported, actor, at=at)
    if keeps_imported:
        return volunteer
    promised_until = volunteer.answer_due_at
    volunteer = save_profile(actor=actor, profile=_with_imported_names(profile, volunteer), at=at)
    volunteer.answer_due_at = promised_until
    return volunteer


@transaction.atomic
def restate_skills_and_week(
    *,
    actor: User,
    claims: Sequence[tuple[str, int, bool]],
    max_hours_per_week: int,
    time_zone: str,
    windows: Sequence[Window],
    at: datetime,
) -> Volunteer:
    """Add skills to the user's profile, or change their levels, and replace the week; other skills stay.

    Raises Invalid (with the paths of a profile), NotFound (no profile), WrongState (they have left).
    """
    volunteer, errors = lock_own_volunteer(actor, at=at), FieldErrors()
    with errors.collect("claims"):
        check_claims(claims)
    paths = {f"claims.{index}.skill": code for index, (code, *_rest) in enumerate(claims)}
    skills = find_by_codes("skill", Skill.objects.all(), paths, errors)
    others = volunteer.claims.exclude(skill__in=skills.values()).count()
    if others + len(skills) > MAX_SKILL_CLAIMS:
        errors.add("claims", _("Your profile would have too many skills. Take some away first."))
    errors.raise_if_any()
    for code, level, wanted in claims:
        changes = {"level": level, "wants_to_use": wanted}
        SkillClaim.objects.update_or_create(volunteer=volunteer, skill=skills[code], defaults=changes)
    return replace_week(actor=actor, max_hours_per_week=max_hours_per_week, time_zone=time_zone, windows=windows, at=at)


def _lock_imported_profiles(actor: User) -> "QuerySet[Volunteer]":
    return list_imported_profiles(actor).select_for_update(no_key=True, of=("self",)).order_by("pk")


def _take_answers(volunteer: Volunteer, profile: Profile) -> None:
    volunteer.first_name, volunteer.job_restricts = profile.first_name, profile.job_restricts


def _with_imported_names(profile: Profile, volunteer: Volunteer) -> Profile:
    return replace(profile, last_name=profile.last_name or volunteer.last_name)
