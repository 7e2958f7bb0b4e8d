"""The counters of the rate limits."""

from django.db import models


class RateCounter(models.Model):
    """What one rate limit counts for one account, address or network.

    `core.rate_counters` and the cache above it alone read and write the rows, on a connection of their own: what a
    refusal rolls back stays counted.
    """

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField(help_text="Times in seconds since 1970, the newest first, or what allauth stores.")
    was_allowed = models.BooleanField(default=True, help_text="Whether the last request was within the limit.")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
