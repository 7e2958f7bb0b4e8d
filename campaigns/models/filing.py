"""How we check who a campaign is. It holds phones of people, so history does not track the table."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.filing_rules import MAX_FILING_REFERENCE_LENGTH, MAX_PHONE_LENGTH
from campaigns.models.campaign import Campaign
from core.models import VersionedModel


class Filing(VersionedModel):
    """A campaign's public filing, the phone in it that a reviewer calls back, and a phone that is safe in an incident.

    The safe phone is that of the member who stated it. It is emptied when that member leaves.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="filing")
    reference = models.CharField(
        _("public filing"),
        max_length=MAX_FILING_REFERENCE_LENGTH,
        blank=True,
        help_text=_("The web address or the number of the campaign's public filing."),
    )
    callback_phone = models.CharField(
        _("phone in the filing"),
        max_length=MAX_PHONE_LENGTH,
        blank=True,
        help_text=_("The phone number in that filing, which a reviewer calls back."),
    )
    safe_phone = models.CharField(
        _("safe phone"),
        max_length=MAX_PHONE_LENGTH,
        blank=True,
        help_text=_("A phone on which a member is reached when the campaign's email is lost."),
    )
    safe_phone_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    stated_at = models.DateTimeField(_("stated"))
    candidate_told_at = models.DateTimeField(
        _("candidate told"),
        null=True,
        blank=True,
        help_text=_("When a member said that the candidate knows of our letter."),
    )

    class Meta:
        indexes = [
            # Read when a member leaves, or is erased.
            models.Index(
                fields=["safe_phone_of"], condition=~models.Q(safe_phone=""), name="campaigns_filing_safe_phone"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Filing %(id)s") % {"id": self.pk})
