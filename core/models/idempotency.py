"""What was answered to a request that its sender may have to repeat."""

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """A key that a client chose for one request of its own, and the answer; kept for a day.

    A row that others can see always has its answer: it is written in the transaction of what the request did.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, help_text="Of the method, the address and the body.")
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    shown = models.JSONField(default=list, help_text="Whose contact it holds: accounts, and public ids of rows.")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="core_idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
