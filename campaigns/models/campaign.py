"""A candidate's organisation here, and who acts for it."""

import pghistory
from django.conf import settings
from django.db import models

from campaigns.models.contest import Candidate
from core.models import ImportedModel, PublicIdModel, VersionedModel


@pghistory.track()
class Campaign(PublicIdModel, VersionedModel, ImportedModel):
    """A candidate's organisation. Until a reviewer has verified it, it drafts, and sees no person and no figure."""

    class State(models.TextChoices):
        """Where it stands with us."""

        UNVERIFIED = "unverified", "Not verified yet"
        VERIFIED = "verified", "Verified"
        ENDED = "ended", "Ended"

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="campaign")
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=12, choices=State, default=State.UNVERIFIED, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    paused_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Gets no new offers until a reviewer has spoken with it."
    )

    class Meta(ImportedModel.Meta):
        abstract = False
        constraints = [
            *ImportedModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(state__in=["unverified", "verified", "ended"]), name="campaigns_campaign_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="verified") | models.Q(verified_at__isnull=False),
                name="campaigns_campaign_verified_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Member(PublicIdModel, VersionedModel):
    """Somebody who acts for a campaign."""

    class Position(models.TextChoices):
        """What they may do there."""

        MANAGER = "manager", "Manager"
        STAFF = "staff", "Staff"
        TREASURER = "treasurer", "Treasurer"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    position = models.CharField(max_length=10, choices=Position)
    since = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "user"], name="campaigns_member_once"),
            models.CheckConstraint(
                condition=models.Q(position__in=["manager", "staff", "treasurer"]), name="campaigns_member_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.public_id}"
