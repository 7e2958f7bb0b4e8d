"""The stored responses to requests with an `Idempotency-Key`."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class IdempotencyKey(models.Model):
    """A key that a client chose for one request, and the response; kept for a day.

    A committed row always has its response: both are written in the transaction of the request itself.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=64, help_text="SHA-256 of the method, the address and the body.")
    response_status = models.PositiveSmallIntegerField(null=True)
    response_body = models.TextField(blank=True)
    contacts_shown = models.JSONField(
        default=list, help_text="The contacts in the response: ids of accounts, and public ids of rows."
    )
    subjects = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="The public ids in the request and in the response. An erasure finds the response by them.",
    )
    access_facts = models.JSONField(
        default=dict, help_text="What the caller could see by: the response is sent again only while it holds."
    )
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="core_idempotency_key_once")]
        # Read by `core.privacy.stored_responses`.
        indexes = [GinIndex(fields=["subjects"], name="core_idempotency_subjects")]

    def __str__(self) -> str:
        return self.key
