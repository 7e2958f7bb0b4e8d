"""What two sides of a match say, report and tick off. Personal: history does not track these tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicIdModel
from matching.checklists import Stage
from matching.models.match import Match
from matching.rules import Problem, Side


class Message(PublicIdModel):
    """Written through Handraiser, so that nobody needs the other's contact."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="matching_message_side"),
            models.CheckConstraint(condition=~Q(text=""), name="matching_message_not_empty"),
        ]

    def __str__(self) -> str:
        return f"Message {self.public_id}"


class Report(PublicIdModel):
    """Somebody said that something is wrong. While it is open, contact pauses."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="reports")
    side = models.CharField(max_length=10, choices=Side)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    problem = models.CharField(max_length=10, choices=Problem)
    text = models.TextField(max_length=2000, blank=True)
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Until then a reviewer has looked at it.")
    escalated_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(max_length=2000, blank=True, help_text="What was found and done. Reviewers only.")

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="matching_report_side"),
            models.CheckConstraint(condition=Q(problem__in=Problem.values), name="matching_report_problem"),
            models.UniqueConstraint(
                fields=["match", "reported_by"], condition=Q(handled_at=None), name="matching_report_once"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, outcome="") | (Q(handled_at__isnull=False) & ~Q(outcome="")),
                name="matching_report_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {str(self.public_id)[:8]}"


class Check(models.Model):
    """One line of a match's kick-off or closing list; which lines there are is `checklists.CHECKLISTS`."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="checks")
    stage = models.CharField(max_length=8, choices=Stage)
    code = models.CharField(max_length=20)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "stage", "code"], name="matching_check_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="matching_check_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.code}"


class Feed(models.Model):
    """A private address at which a volunteer's calendar can be read. Only a digest of its secret is kept."""

    volunteer = models.OneToOneField("volunteers.Volunteer", on_delete=models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.volunteer_id}"
