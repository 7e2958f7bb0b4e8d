"""Users. They sign in by email; there are no user names."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.base import PublicIdModel

MAX_FIRST_NAME_LENGTH = 80
"""Characters of the first name of an account or a volunteer."""


class UserManager(BaseUserManager["User"]):
    """Create users as Django's own commands expect."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user with that address, in lower case; the password is stored as a hash."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create the first reviewer at the command line; they may also manage users."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with that address in any capitalisation."""
        return self.get(email=(username or "").lower())


@pghistory.track(
    pghistory.UpdateEvent(
        "roles_changed", condition=pgtrigger.AnyChange("is_staff", "is_policy_editor", "is_superuser", "is_active")
    ),
    fields=["is_staff", "is_policy_editor", "is_superuser", "is_active"],
    model_name="UserRolesEvent",
)
class User(AbstractBaseUser, PermissionsMixin, PublicIdModel):
    """An account. `is_staff` means reviewer: a member of the organisation who works in the admin."""

    email = models.EmailField(_("email address"), unique=True)
    first_name = models.CharField(
        max_length=MAX_FIRST_NAME_LENGTH,
        blank=True,
        help_text="As the volunteers and colleagues of a campaign read it.",
    )
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("reviewer"), default=False)
    is_policy_editor = models.BooleanField(
        _("policy editor"), default=False, help_text="A reviewer who may draft a policy and put it into force."
    )
    conduct_accepted_at = models.DateTimeField(
        null=True, blank=True, help_text="When they accepted the code of conduct."
    )
    is_reminded_a_day_before = models.BooleanField(
        default=True, help_text="Gets a reminder a day before each meeting of a project."
    )
    is_reminded_an_hour_before = models.BooleanField(
        default=False, help_text="Gets a reminder an hour before each meeting of a project."
    )
    last_digest_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="Their last daily letter.")
    session_generation = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts up when all sessions of the account end."
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="core_user_email_lower"),
        ]
        triggers = [
            # A trigger, as the role is also taken at the database's command line.
            pgtrigger.Trigger(
                name="mark_recoveries",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("is_staff", "is_active"),
                condition=pgtrigger.Condition(
                    "OLD.is_staff AND OLD.is_active AND NOT (NEW.is_staff AND NEW.is_active)"
                ),
                func="""
                    UPDATE core_factorrecovery SET role_lost_at = now()
                    WHERE ended_at IS NULL AND role_lost_at IS NULL AND OLD.id IN (requested_by_id, approved_by_id);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the address in lower case, so that capitals cannot give one person two accounts."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """Return the hash that a session must hold: a session ends with a new password or `session_generation`."""
        return self._bind_to_generation(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same hash under each of the older secret keys."""
        for session_hash in super().get_session_auth_fallback_hash():
            yield self._bind_to_generation(session_hash)

    def _bind_to_generation(self, session_hash: str) -> str:
        return hashlib.sha256(f"{session_hash} {self.session_generation}".encode()).hexdigest()

    @property
    def credentials(self) -> str:
        """Return a digest that changes with the password and `session_generation`, so that sessions end with them."""
        return hashlib.sha256(f"{self.password} {self.session_generation}".encode()).hexdigest()

    @property
    def is_administrator(self) -> bool:
        """Return whether this user is an active administrator, who gives and takes the roles of reviewers."""
        return self.is_active and self.is_superuser

    @property
    def may_edit_policy(self) -> bool:
        """Return whether this user may draft a policy and put it into force."""
        return self.is_reviewer and self.is_policy_editor

    @property
    def is_reviewer(self) -> bool:
        """Return whether this user is an active reviewer."""
        return self.is_active and self.is_staff
