"""Notices: the transactional outbox. A notice is written in the transaction of its cause, and a worker delivers it."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.enums import NoticeTopic
from core.models.base import PublicIdModel


class Notice(PublicIdModel):
    """A message to one recipient.

    It holds no text: delivery renders it from the subjects, as the recipient may see them by then. The recipient is a
    user, or an address of a person without an account. `cause` is unique, so that enqueuing is idempotent.
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
    due_at = models.DateTimeField(help_text="The next attempt is not made before; moves on with each failure.")
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When the recipient read it in the inbox.")
    muted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=(
            "When it was set aside for the inbox: its topic is muted, others may read the mailbox, "
            "or letters come back."
        ),
    )
    obsolete_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was found to be no longer true, and so was not sent."
    )
    failed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was set aside after too many failures; a reviewer must look."
    )
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
            # For `deliver_due_notices`, which reads the notices still to send by the sweep.
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, obsolete_at=None, failed_at=None, muted_at=None),
                name="core_notice_due",
            ),
            # For the inbox, and for the time of a user's last letter.
            models.Index(fields=["recipient", "-created_at"], name="core_notice_inbox"),
            # For the export of a person, and for how many letters an address gets.
            models.Index(fields=["address", "-due_at"], condition=~models.Q(address=""), name="core_notice_address"),
        ]

    def __str__(self) -> str:
        return _("Notice %(id)s") % {"id": self.public_id}

    @property
    def contact_subject(self) -> int | UUID:
        """Return the id of the recipient's account, or, without one, the public id of this row."""
        return self.recipient_id or self.public_id


class Mute(models.Model):
    """A topic that a user has muted: they get no mail about it, and still see its notices in the inbox."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    topic = models.CharField(max_length=20, choices=NoticeTopic)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="core_mute_once"),
            models.CheckConstraint(condition=models.Q(topic__in=NoticeTopic.values), name="core_mute_topic"),
        ]

    def __str__(self) -> str:
        return self.get_topic_display()
