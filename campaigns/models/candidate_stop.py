"""What the candidate stopped, and links that a newer one has replaced.

They are personal data, so history does not track these tables.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from core.models import PublicIdModel

MAX_STOP_TEXT_LENGTH = 2000


class CandidateStop(PublicIdModel):
    """The candidate's “No, stop this”. While it is open, the campaign asks nobody; a reviewer calls and closes it."""

    class Outcome(models.TextChoices):
        """What the reviewer found out by the call."""

        RESUMED = "resumed", _("The campaign goes on")
        ENDED = "ended", _("The campaign is over")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="candidate_stops")
    reason = models.TextField(
        max_length=MAX_STOP_TEXT_LENGTH,
        blank=True,
        help_text=_("What the candidate wrote. Reviewers and the candidate read it."),
    )
    stopped_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(help_text=_("Until when a reviewer's call is promised."))
    escalated_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome)
    note = models.TextField(
        max_length=MAX_STOP_TEXT_LENGTH,
        blank=True,
        help_text=_("Whom you called, and what was said. Seen by reviewers only."),
    )

    class Meta:
        ordering = ["answer_due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(handled_at=None), name="campaigns_candidatestop_one_open"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, outcome="", note="")
                | (Q(handled_at__isnull=False, outcome__in=["resumed", "ended"])),
                name="campaigns_candidatestop_outcome",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_at__gte=models.F("stopped_at")), name="campaigns_candidatestop_due"
            ),
        ]

    @property
    def outcome_if_closed(self) -> str | None:
        """Return what follows from the call; None while the stop is open."""
        return self.outcome or None

    def __str__(self) -> str:
        return gettext("Candidate's stop %(id)s") % {"id": str(self.public_id)[:8]}


class ReplacedCandidateLink(models.Model):
    """The digest of a link that a newer one has replaced, so that its page can say so."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return gettext("Replaced link %(id)s") % {"id": self.pk}
