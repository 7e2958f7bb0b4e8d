"""People who are forgotten by themselves: who never said that they want to be here, and who left long ago."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from core.privacy.erasure import erase_expired_subject
from core.privacy.erasure_handlers import DataSubject
from core.privacy.retention import delete_batch
from volunteers.models import Invitation, Volunteer


def forget_unclaimed_profiles(before: datetime, at: datetime, most: int) -> int:
    """Imported people who never said yes, unless an invitation of theirs is still open."""
    asked = Invitation.objects.filter(volunteer=OuterRef("pk"), used_at=None, expires_at__gt=at)
    silent = Volunteer.objects.filter(~Exists(asked), user=None, erased_at=None, waiting_since__lte=before)
    return _forget_profiles(
        [str(name) for name in silent.order_by("pk").values_list("public_id", flat=True)[:most]], at
    )


def forget_left_profiles(before: datetime, at: datetime, most: int) -> int:
    """Profiles of people who left and did not come back; their account stays if they use it for something else."""
    gone = Volunteer.objects.filter(state=Volunteer.State.LEFT, erased_at=None, left_at__lte=before)
    return _forget_profiles([str(name) for name in gone.order_by("pk").values_list("public_id", flat=True)[:most]], at)


def delete_old_invitations(before: datetime, at: datetime, most: int) -> int:
    """That an imported person was asked, and said yes or nothing."""
    return delete_batch(Invitation.objects.filter(expires_at__lte=before), most)


def _forget_profiles(names: list[str], at: datetime) -> int:
    for name in names:
        erase_expired_subject(DataSubject(row_ids={"volunteer": frozenset({name})}, until=at), at=at)
    return len(names)
