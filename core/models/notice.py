"""A message that we owe somebody: written in the transaction of its cause, delivered by a worker."""

from django.conf import settings
from django.db import models

from core.models.base import Named


class Notice(Named):
    """Holds no text: that is rendered at delivery from the subjects, as the recipient may then see them.

    The recipient is a user, or, for somebody who has no account yet, an address. `cause` is unique, so that
    whatever causes a notice twice still causes one.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    address = models.EmailField(blank=True)
    kind = models.CharField(max_length=40)
    cause = models.CharField(max_length=120, unique=True)
    subjects = models.JSONField(default=dict, help_text="Names of subjects and their public ids.")
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Not tried before; moves on with each failed attempt.")
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="No longer true when it was to be sent.")
    set_aside_at = models.DateTimeField(null=True, blank=True, help_text="Failed too often; a person must look.")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False, address="")
                | (models.Q(recipient=None) & ~models.Q(address="")),
                name="core_notice_one_recipient",
            ),
        ]
        indexes = [
            # Read by actions.notices.deliver_due.
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, dropped_at=None, set_aside_at=None),
                name="core_notice_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
