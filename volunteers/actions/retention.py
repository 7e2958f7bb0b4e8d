"""Erase profiles that were never claimed, or whose volunteer left long ago."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from core.privacy.erasure import erase_expired_subject
from core.privacy.erasure_handlers import DataSubject
from core.privacy.retention import delete_batch
from volunteers.models import Invitation, Volunteer


def forget_unclaimed_profiles(cutoff: datetime, at: datetime, limit: int) -> int:
    """Erase imported people who never claimed their profile, unless an invitation is still open."""
    open_invitations = Invitation.objects.filter(volunteer=OuterRef("pk"), used_at=None, expires_at__gt=at)
    unclaimed = Volunteer.objects.filter(
        ~Exists(open_invitations), user=None, erased_at=None, waiting_since__lte=cutoff
    )
    return _forget_profiles(
        [str(public_id) for public_id in unclaimed.order_by("pk").values_list("public_id", flat=True)[:limit]], at
    )


def forget_left_profiles(cutoff: datetime, at: datetime, limit: int) -> int:
    """Erase profiles of volunteers who left and did not return. Their account stays if it has other uses."""
    left = Volunteer.objects.filter(state=Volunteer.State.LEFT, erased_at=None, left_at__lte=cutoff)
    return _forget_profiles(
        [str(public_id) for public_id in left.order_by("pk").values_list("public_id", flat=True)[:limit]], at
    )


def delete_old_invitations(cutoff: datetime, at: datetime, limit: int) -> int:
    """Delete expired invitations, whether or not they were used."""
    return delete_batch(Invitation.objects.filter(expires_at__lte=cutoff), limit)


def _forget_profiles(public_ids: list[str], at: datetime) -> int:
    for public_id in public_ids:
        erase_expired_subject(DataSubject(row_ids={"volunteer": frozenset({public_id})}, until=at), at=at)
    return len(public_ids)
