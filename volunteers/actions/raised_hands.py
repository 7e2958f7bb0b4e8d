"""Raise a hand: store the profile of a person who has said what they can do and when, once."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import WrongState
from core.models import User
from volunteers.actions.profile import resolve_profile, save_profile
from volunteers.actions.profile_claims import hand_over_profile
from volunteers.models import Volunteer
from volunteers.profile_rules import Profile
from volunteers.queries import list_imported_profiles


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


def _lock_imported_profiles(actor: User) -> "QuerySet[Volunteer]":
    return list_imported_profiles(actor).select_for_update(no_key=True, of=("self",)).order_by("pk")


def _take_answers(volunteer: Volunteer, profile: Profile) -> None:
    volunteer.first_name, volunteer.job_restricts = profile.first_name, profile.job_restricts


def _with_imported_names(profile: Profile, volunteer: Volunteer) -> Profile:
    return replace(profile, last_name=profile.last_name or volunteer.last_name)
