"""Personal tokens: credentials that users create for their own programs."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.base import PublicIdModel

MAX_TOKEN_LIFETIME = timedelta(days=365)


class PersonalToken(PublicIdModel):
    """A bearer token with which a program acts for its user. Only a digest of the secret is stored.

    `credential_digest` is the `credentials` of the account when the token was created: a token ends, as sessions do,
    with a new password and with `session_generation`. `has_mfa` says that it was created in a sign-in with a second
    factor. Revoking a token deletes its row.
    """

    class Scope(models.TextChoices):
        """The kinds of request that the token may make."""

        READ = "read", _("reading")
        WRITE = "write", _("reading and changing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=5, choices=Scope)
    token_digest = models.CharField(max_length=64, unique=True)
    credential_digest = models.CharField(max_length=64)
    has_mfa = models.BooleanField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True, help_text="Retention deletes the token after this.")
    last_used_on = models.DateField(null=True, help_text="Only the day: a time would show when the user is awake.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["read", "write"]), name="core_personaltoken_scope"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")) & Q(expires_at__lte=F("created_at") + MAX_TOKEN_LIFETIME),
                name="core_personaltoken_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name
