"""Find the member who answers the volunteers of a request."""

from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import Campaign, Member
from campaigns.queries import EDITOR_POSITIONS
from core.errors import Invalid


def lock_contact_member(campaign: Campaign, **lookups: object) -> Member | None:
    """Lock and return a member who may answer a request's volunteers, or None.

    The lock keeps the member from being removed before the caller has stored them as the contact. `lookups` are those
    of Django's `filter`.
    """
    return (
        campaign.members.filter(position__in=EDITOR_POSITIONS, **lookups)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )


def find_contact_member(campaign: Campaign, public_id: UUID) -> Member:
    """Lock and return the member with this public id who may answer volunteers. Raises Invalid."""
    member = lock_contact_member(campaign, public_id=public_id)
    if member is None:
        raise _wrong_contact_error()
    return member


def check_contact_member(campaign: Campaign, public_id: UUID) -> None:
    """Raise Invalid where `find_contact_member` would."""
    if not campaign.members.filter(position__in=EDITOR_POSITIONS, public_id=public_id).exists():
        raise _wrong_contact_error()


def _wrong_contact_error() -> Invalid:
    return Invalid(_("This member cannot be the contact. Name a manager or a member of the staff."), field="contact")
