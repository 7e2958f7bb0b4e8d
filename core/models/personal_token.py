"""Keys that people make for programs of their own."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.base import PublicIdModel

MAX_TOKEN_LIFETIME = timedelta(days=365)


class PersonalToken(PublicIdModel):
    """What a program of somebody's own says who it speaks for with. Of the token only a digest is kept.

    `credential_digest` is what the account's `credentials` were: a token ends as all its sessions do, with a new password and
    with `session_generation`. `proven`: it was made in a sign-in with a second factor. One that is taken back is gone.
    """

    class Scope(models.TextChoices):
        """What it is good for."""

        READ = "read", _("reading")
        WRITE = "write", _("reading and changing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=5, choices=Scope)
    digest = models.CharField(max_length=64, unique=True)
    credential_digest = models.CharField(max_length=64)
    proven = models.BooleanField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True, help_text="The sweep that forgets old ones finds them by it.")
    last_used_on = models.DateField(null=True, help_text="The last day: an hour would tell when somebody is up.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["read", "write"]), name="core_personaltoken_scope"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")) & Q(expires_at__lte=F("made_at") + MAX_TOKEN_LIFETIME),
                name="core_personaltoken_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name
