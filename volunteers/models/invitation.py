"""Invitations of imported people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.models import PublicIdModel
from volunteers.models.volunteer import Volunteer


class Invitation(PublicIdModel):
    """An invitation of an imported person to claim their profile. The link's token is signed, not stored."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"], condition=models.Q(used_at=None), name="volunteers_invitation_one_open"
            ),
        ]

    def __str__(self) -> str:
        return _("Invitation %(id)s") % {"id": self.public_id}
