"""Recoveries of lost second factors, which two reviewers and a day stand for."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.base import PublicIdModel

RECOVERY_WAIT = timedelta(days=1)
"""Time between the approval and the removal of the factor, in which the person can stop it."""
RECOVERY_LIFETIME = timedelta(days=7)
"""Time in which a second reviewer approves a recovery; after it the person has to be called back once more."""
MAX_CALLBACK_LENGTH = 500
"""Characters of the note on the call-back."""


class FactorRecovery(PublicIdModel):
    """The removal of a lost second factor: one reviewer asks for it, another approves it, and a day passes.

    `callback` says how the person was called back. A reviewer whose account is erased is no longer named.
    """

    class State(models.TextChoices):
        """Progress of a recovery."""

        REQUESTED = "requested", _("Waits for a second reviewer")
        APPROVED = "approved", _("Waits for a day")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")
        EXPIRED = "expired", _("Not approved in time")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor_recoveries")
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED, editable=False)
    callback = models.CharField(
        max_length=MAX_CALLBACK_LENGTH, help_text=_("How the person was called back, and by what you knew them.")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text=_("A second reviewer approves it before."))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("When the factor is removed."))
    ended_at = models.DateTimeField(null=True, blank=True)
    role_lost_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When one of its two reviewers lost that role. It is stopped then, even if the role came back."),
    )
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name_plural = "factor recoveries"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["requested", "approved"]),
                name="core_factorrecovery_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "approved", "done", "stopped", "expired"]),
                name="core_factorrecovery_state",
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("person"))
                & ~Q(approved_by=F("person"))
                & ~Q(approved_by=F("requested_by")),
                name="core_factorrecovery_two_others",
            ),
            models.CheckConstraint(condition=~Q(callback=""), name="core_factorrecovery_callback"),
            models.CheckConstraint(
                condition=Q(expires_at=F("requested_at") + RECOVERY_LIFETIME), name="core_factorrecovery_expires"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, due_at=None)
                | Q(approved_at__gte=F("requested_at"), due_at__gte=F("approved_at") + RECOVERY_WAIT),
                name="core_factorrecovery_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="requested", approved_at=None, ended_at=None)
                | Q(state="approved", approved_at__isnull=False, ended_at=None)
                | Q(state="done", approved_at__isnull=False, ended_at__gte=F("due_at"))
                | Q(state__in=["stopped", "expired"], ended_at__isnull=False),
                name="core_factorrecovery_steps",
            ),
        ]
        indexes = [
            # For the sweep, which looks for recoveries that are due or too old.
            models.Index(
                fields=["state"], condition=Q(state__in=["requested", "approved"]), name="core_factorrecovery_open"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Recovery %(id)s") % {"id": self.public_id})
