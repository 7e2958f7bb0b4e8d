"""What reviewers do together about a team of proposals: who looks at it, and who has said yes first."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Request
from matching.models.match import Match


class ReviewClaim(models.Model):
    """A reviewer looks at the proposals of a request: until `lapses_at` no other reviewer decides about them."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="review_claim")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lapses_at = models.DateTimeField(help_text=_("When the team is free again, unless the reviewer goes on."))

    def __str__(self) -> str:
        return str(self.request_id)


class FirstApproval(models.Model):
    """The first of two approvals that a proposal needs. Another reviewer gives the second."""

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="first_approval")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.match_id)
