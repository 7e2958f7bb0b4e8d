"""Messages between the two sides of a match. They are personal, so history does not track this table."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import PublicIdModel
from matching.models.match import Match
from matching.rules.sides import MatchSide
from matching.rules.text_lengths import MAX_MESSAGE_LENGTH


class Message(PublicIdModel):
    """A message of one side to the other, which neither needs the other's contact for."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=MatchSide)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=MAX_MESSAGE_LENGTH)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=MatchSide.values), name="matching_message_side"),
            models.CheckConstraint(condition=~Q(text=""), name="matching_message_not_empty"),
        ]

    def __str__(self) -> str:
        return _("Message %(number)s") % {"number": str(self.public_id)[:8]}
