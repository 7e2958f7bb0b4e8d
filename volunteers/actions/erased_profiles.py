"""Refuse what would be written down about a person who was erased."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from core.errors import WrongState
from volunteers.models import Volunteer


def check_not_erased(volunteer_ids: Collection[int]) -> None:
    """Raise WrongState when one of these volunteers was erased.

    The caller has locked their rows, as an erasure does. So what it writes is either there before the erasure, which
    takes it away, or is refused.
    """
    if not is_each_held(volunteer_ids):
        raise WrongState(
            _("The data of this person was erased, so nothing more is written down about them. Load the page again.")
        )


def is_each_held(volunteer_ids: Collection[int]) -> bool:
    """Return whether each of these volunteers is still there, and was not erased. The caller has locked their rows."""
    return Volunteer.objects.filter(pk__in=volunteer_ids, erased_at=None).count() == len(set(volunteer_ids))
