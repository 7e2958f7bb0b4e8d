"""A message that we owe somebody: written in the transaction of its cause, delivered by a worker."""

from uuid import UUID

from django.conf import settings
from django.db import models

from core.enums import NoticeTopic
from core.models.base import PublicIdModel


class Notice(PublicIdModel):
    """Holds no text: that is rendered at delivery from the subjects, as the recipient may then see them.

    The recipient is a user, or, for somebody who has no account yet, an address. `cause` is unique, so that
    whatever causes a notice twice still causes one.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    address = models.EmailField(blank=True)
    kind = models.CharField(max_length=40)
    is_immediate = models.BooleanField(default=False, help_text="Not held back for the daily letter.")
    cause = models.CharField(max_length=120, unique=True)
    subjects = models.JSONField(default=dict, help_text="Names of subjects and their public ids.")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Not tried before; moves on with each failed attempt.")
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When the recipient looked at it here.")
    muted_at = models.DateTimeField(
        null=True, blank=True, help_text="Not mailed: the recipient wants none of its kind."
    )
    obsolete_at = models.DateTimeField(null=True, blank=True, help_text="No longer true when it was to be sent.")
    failed_at = models.DateTimeField(null=True, blank=True, help_text="Failed too often; a person must look.")
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
                condition=models.Q(sent_at=None, obsolete_at=None, failed_at=None, muted_at=None),
                name="core_notice_due",
            ),
            # Read by the inbox and by the question when somebody got their last letter.
            models.Index(fields=["recipient", "-created_at"], name="core_notice_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def contact_subject(self) -> int | UUID:
        """Who was written to: the account, or, of somebody without one, this row."""
        return self.recipient_id or self.public_id


class Mute(models.Model):
    """Somebody who wants no mail of one topic. They still see it when they sign in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    topic = models.CharField(max_length=20, choices=NoticeTopic)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="core_mute_once"),
            models.CheckConstraint(condition=models.Q(topic__in=NoticeTopic.values), name="core_mute_topic"),
        ]

    def __str__(self) -> str:
        return self.get_topic_display()
