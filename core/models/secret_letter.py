"""Letters whose text is a secret: codes to sign up, to sign in or for a new password."""

from django.db import models
from django.db.models import F, Q

from core.models.base import PublicIdModel


class SecretLetter(PublicIdModel):
    """A letter that waits to leave. Its row is deleted when it has left, or is of no use any more.

    Address, subject and text are encrypted together. The rows are in no export, no history and no backup.
    """

    encrypted = models.TextField(help_text="JSON of the address, the subject and the text.")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="The next attempt is not made before; moves on with each failure.")
    expires_at = models.DateTimeField(help_text="From then on the letter is of no use, and is not sent.")
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="core_secretletter_ends"),
        ]
        indexes = [models.Index(fields=["due_at"], name="core_secretletter_due")]

    def __str__(self) -> str:
        return str(self.public_id)
