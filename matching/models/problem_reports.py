"""Reports of problems in a match."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import PublicIdModel
from matching.models.match import Match
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide
from matching.rules.text_lengths import MAX_REPORT_LENGTH


class ProblemReport(PublicIdModel):
    """A problem that one side of a match has reported. While the report is open, contact pauses."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="reports")
    side = models.CharField(max_length=10, choices=MatchSide)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=ProblemKind)
    text = models.TextField(max_length=MAX_REPORT_LENGTH, blank=True)
    reported_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(help_text=_("Until when a reviewer's answer is promised."))
    escalated_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(
        max_length=MAX_REPORT_LENGTH,
        blank=True,
        help_text=_("What was found and what was done. Seen by reviewers only."),
    )

    class Meta:
        ordering = ["answer_due_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=MatchSide.values), name="matching_problemreport_side"),
            models.CheckConstraint(condition=Q(kind__in=ProblemKind.values), name="matching_problemreport_kind"),
            models.UniqueConstraint(
                fields=["match", "reported_by"], condition=Q(handled_at=None), name="matching_problemreport_once"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, outcome="") | (Q(handled_at__isnull=False) & ~Q(outcome="")),
                name="matching_problemreport_outcome",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Report %(number)s") % {"number": str(self.public_id)[:8]}
