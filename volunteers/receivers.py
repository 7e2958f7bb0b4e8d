"""What volunteers do when an account changes."""

from collections.abc import Collection

from django.db.models import F

from core.models import User
from volunteers.models import Volunteer

_FIELDS_OF_REVIEWERS = frozenset({"is_staff", "is_active"})


def on_user_saved(instance: User, update_fields: Collection[str] | None = None, **kwargs: object) -> None:
    """End being on call for a user who is a reviewer now, however they were given the role."""
    if instance.is_reviewer and (update_fields is None or _FIELDS_OF_REVIEWERS & set(update_fields)):
        on_call = Volunteer.objects.filter(user=instance, on_call=True)
        on_call.update(on_call=False, version=F("version") + 1)
