"""Open roles that volunteers would like to have."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import Role
from core.models import PublicIdModel
from matching.rules.interest_ends import InterestEnd
from volunteers.models import Volunteer


class Interest(PublicIdModel):
    """A volunteer said of an open role on the board that they would like it, and gets an answer by a date.

    The row is its own history: it is written once, and it ends once. No campaign ever sees it.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="interests")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="interests")
    since = models.DateTimeField()
    answer_due_at = models.DateTimeField(help_text=_("Until when an answer is promised."))
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=InterestEnd, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "role"], condition=Q(ended_at=None), name="matching_interest_once"
            ),
            models.CheckConstraint(condition=Q(answer_due_at__gt=models.F("since")), name="matching_interest_due"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False, ended_at__gte=models.F("since"), end_reason__in=InterestEnd.values),
                name="matching_interest_end",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_due_at"], condition=Q(ended_at=None), name="matching_interest_open"),
        ]

    def __str__(self) -> str:
        return gettext("Interest %(number)s") % {"number": str(self.public_id)[:8]}
