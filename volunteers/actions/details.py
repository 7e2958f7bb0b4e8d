"""Change what a volunteer says about themselves beside skills, week and wishes."""

from dataclasses import fields
from datetime import datetime

from django.db import transaction

from core.models import User
from volunteers.actions.weeks import lock_own_volunteer
from volunteers.models import Volunteer
from volunteers.profile_rules import check_details
from volunteers.signals import volunteer_updated
from volunteers.stated_profile import Details

_NAMES = [field.name for field in fields(Details)]


@transaction.atomic
def replace_details(*, actor: User, details: Details, at: datetime, version: int | None = None) -> Volunteer:
    """Replace the user's details; `version` is the one that they saw.

    Skills, week and wishes stay, and so do matches. Raises Invalid (with the paths of a profile), NotFound (no
    profile), WrongState (they have left), Stale.
    """
    check_details(details)
    volunteer = lock_own_volunteer(actor, at=at, version=version)
    for name in _NAMES:
        setattr(volunteer, name, getattr(details, name))
    volunteer.languages = list(dict.fromkeys(details.languages))
    volunteer.assumed = [name for name in volunteer.assumed if name not in _NAMES]
    volunteer.version += 1
    volunteer.save()
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer
