"""Change the wishes of a volunteer: levels of office, parties and jurisdictions."""

from datetime import datetime

from django.db import transaction

from core.field_errors import FieldErrors
from core.models import Jurisdiction, Party, User
from core.reference.codes import find_by_codes, index_paths
from volunteers.actions.weeks import lock_own_volunteer
from volunteers.models import Volunteer
from volunteers.profile_rules import check_wishes
from volunteers.signals import volunteer_updated
from volunteers.stated_profile import Wishes


@transaction.atomic
def replace_wishes(*, actor: User, wishes: Wishes, at: datetime, version: int | None = None) -> Volunteer:
    """Replace the user's levels, parties and jurisdictions; `version` is the one that they saw.

    All else of the profile stays, and so do matches. Raises Invalid (with the paths of a profile), NotFound (no
    profile), WrongState (they have left), Stale.
    """
    errors = FieldErrors()
    with errors.collect():
        check_wishes(wishes)
    parties = find_by_codes("party", Party.objects.all(), index_paths("parties", wishes.parties), errors)
    jurisdictions = find_by_codes(
        "jurisdiction", Jurisdiction.objects.all(), index_paths("jurisdictions", wishes.jurisdictions), errors
    )
    errors.raise_if_any()
    volunteer = lock_own_volunteer(actor, at=at, version=version)
    volunteer.levels = list(dict.fromkeys(wishes.levels))
    for name in ("levels", "parties", "jurisdictions"):
        setattr(volunteer, f"restrict_to_{name}", getattr(wishes, f"restrict_to_{name}"))
    volunteer.assumed = [name for name in volunteer.assumed if name.removeprefix("restrict_to_") not in _ASSUMED]
    volunteer.version += 1
    volunteer.save()
    volunteer.parties.set(parties.values())
    volunteer.jurisdictions.set(jurisdictions.values())
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer


_ASSUMED = ("levels", "parties", "jurisdictions")
"""The names under which an import says what it filled in."""
