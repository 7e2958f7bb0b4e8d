"""Links that give access to a campaign. They are personal data, so history does not track these tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from campaigns.models.campaign import Campaign, Member
from core.models import PublicIdModel


class MemberInvitation(PublicIdModel):
    """An invitation by mail to act for a campaign. Only a digest of the link's token is stored.

    The address is emptied as soon as the invitation is used or revoked.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    position = models.CharField(max_length=10, choices=Member.Position)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "email"],
                condition=Q(used_at=None, revoked_at=None),
                name="campaigns_memberinvitation_one_open",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="campaigns_memberinvitation_lower"),
            models.CheckConstraint(
                condition=Q(position__in=["manager", "staff", "treasurer"]),
                name="campaigns_memberinvitation_position",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="campaigns_memberinvitation_one_end"
            ),
            # An address is stored for as long as the invitation is open, and no longer.
            models.CheckConstraint(
                condition=(Q(used_at=None, revoked_at=None) & ~Q(email=""))
                | ((Q(used_at__isnull=False) | Q(revoked_at__isnull=False)) & Q(email="")),
                name="campaigns_memberinvitation_address",
            ),
        ]

    def __str__(self) -> str:
        return _("Invitation %(id)s") % {"id": str(self.public_id)[:8]}


class CandidateAddress(models.Model):
    """An address to which a candidate was ever sent a link. The account that has proved it has a part in the contest.

    `account` is set when a user removes the address from their account, so that they keep the part.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="candidate_addresses")
    email = models.EmailField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "candidate addresses"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "email"], name="campaigns_candidateaddress_once"),
        ]

    def __str__(self) -> str:
        return _("Candidate's address %(id)s") % {"id": self.pk}


class CandidateLink(PublicIdModel):
    """The candidate's own link, sent to the address in the public filing.

    With it the candidate consents to the campaign and ends a manager's access; no account is needed.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="candidate_key")
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return _("Candidate's link %(id)s") % {"id": str(self.public_id)[:8]}
