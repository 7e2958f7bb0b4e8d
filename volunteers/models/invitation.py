"""Invitations of imported people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.models import PublicIdModel
from volunteers.models.volunteer import Volunteer

MAX_CLAIM_CODES_PER_DAY = 5
"""Letters with a code that one invitation can have sent within a day."""

MAX_CLAIM_CODE_FAILURES = 5
"""Wrong codes after which a code is good for nothing."""


class Invitation(PublicIdModel):
    """An invitation of an imported person to claim their profile. The link's token is signed, not stored.

    It belongs to the address of the profile. An account without this address has to enter a code that was sent there.
    The code is made from the columns of the latest one under the secret key, and not stored either.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    code_account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The account that the latest code is for.",
    )
    code_sent_at = models.DateTimeField(null=True, blank=True)
    codes_sent = models.PositiveSmallIntegerField(default=0, help_text="Codes since there was none for a day.")
    code_failures = models.PositiveSmallIntegerField(default=0, help_text="Wrong answers to the latest code.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"], condition=models.Q(used_at=None), name="volunteers_invitation_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(codes_sent__lte=MAX_CLAIM_CODES_PER_DAY), name="volunteers_invitation_codes"
            ),
            models.CheckConstraint(
                condition=models.Q(code_failures__lte=MAX_CLAIM_CODE_FAILURES), name="volunteers_invitation_failures"
            ),
        ]

    def __str__(self) -> str:
        return _("Invitation %(id)s") % {"id": self.public_id}
