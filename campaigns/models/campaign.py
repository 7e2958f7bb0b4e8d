"""A candidate's campaign, and the members who act for it."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.contest import Candidate
from campaigns.name_rules import MAX_CAMPAIGN_NAME_LENGTH
from core.models import ImportedModel, PublicIdModel, VersionedModel

MAX_VERIFICATION_REASON_LENGTH = 500


@pghistory.track()
class Campaign(PublicIdModel, VersionedModel, ImportedModel):
    """A candidate's organisation. Until a reviewer has verified it, it sees no volunteers and no figures."""

    class State(models.TextChoices):
        """Progress of a campaign from registration to its end."""

        UNVERIFIED = "unverified", _("Not verified yet")
        VERIFIED = "verified", _("Verified")
        ENDED = "ended", _("Ended")

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="campaign")
    name = models.CharField(max_length=MAX_CAMPAIGN_NAME_LENGTH)
    state = models.CharField(max_length=12, choices=State, default=State.UNVERIFIED, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verification_reason = models.CharField(
        max_length=MAX_VERIFICATION_REASON_LENGTH,
        blank=True,
        editable=False,
        help_text=_("Why it was verified although the candidate had not agreed. Empty if they had."),
    )
    created_at = models.DateTimeField(editable=False)
    answer_due_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Until when its verification is promised. Empty once it is decided."),
    )
    paused_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Gets no new offers until a reviewer has spoken with it.")
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
            models.CheckConstraint(
                condition=models.Q(answer_due_at=None) | models.Q(state="unverified"),
                name="campaigns_campaign_promise",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Member(PublicIdModel, VersionedModel):
    """A user who acts for a campaign."""

    class Position(models.TextChoices):
        """What a member may do for the campaign."""

        MANAGER = "manager", _("Manager")
        STAFF = "staff", _("Staff")
        TREASURER = "treasurer", _("Treasurer")

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
