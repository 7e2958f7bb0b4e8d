"""What two sides of a match say, report and tick off. Personal: history does not track these tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicIdModel
from matching.models.match import Match
from matching.rules.sides import MatchSide


class Message(PublicIdModel):
    """Written through Handraiser, so that nobody needs the other's contact."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=MatchSide)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=MatchSide.values), name="matching_message_side"),
            models.CheckConstraint(condition=~Q(text=""), name="matching_message_not_empty"),
        ]

    def __str__(self) -> str:
        return f"Message {self.public_id}"
