"""The contact access log: which user was shown the contact of which person, and when."""

from uuid import UUID

import pgtrigger
from django.db import models

from core.enums import AccessPoint, ViewerKind

CONTACT_ACCESS_RETENTION_DAYS = 365
"""A trigger and the SQL function `core_delete_contact_accesses` hold the number too: change it with a migration."""


class ContactAccess(models.Model):
    """An entry of the log: a user was shown another person's contact, or exported their own data.

    It holds ids and no names, so that it can stay when either person is erased. It is never changed, and deleted only
    after a year; triggers in the database hold both.
    """

    viewer_id = models.BigIntegerField(
        null=True,
        db_index=True,
        help_text="The account of the viewer; empty for a candidate's link, which needs no account.",
    )
    viewer_kind = models.CharField(max_length=10, choices=ViewerKind)
    subject_id = models.BigIntegerField(null=True, help_text="The account of the person whose contact it is.")
    subject_public_id = models.UUIDField(
        null=True, help_text="For a person without an account: the public id of the row that holds the contact."
    )
    access_point = models.CharField(max_length=12, choices=AccessPoint)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "contact accesses"
        indexes = [
            # Read by the person's own export.
            models.Index(fields=["subject_id", "at"], name="core_contactaccess_subject"),
            models.Index(
                fields=["subject_public_id", "at"],
                condition=models.Q(subject_public_id__isnull=False),
                name="core_contactaccess_row",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(viewer_kind__in=ViewerKind.values), name="core_contactaccess_viewer_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(access_point__in=AccessPoint.values), name="core_contactaccess_access_point"
            ),
            models.CheckConstraint(
                condition=models.Q(viewer_id__isnull=False) | models.Q(viewer_kind="candidate"),
                name="core_contactaccess_who",
            ),
            models.CheckConstraint(
                condition=models.Q(subject_id__isnull=False, subject_public_id=None)
                | models.Q(subject_id=None, subject_public_id__isnull=False),
                name="core_contactaccess_whose",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="unchanged", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(f"OLD.at > now() - interval '{CONTACT_ACCESS_RETENTION_DAYS} days'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_access_point_display()} {self.at:%Y-%m-%d %H:%M}"


ContactSubject = int | UUID
"""The person whose contact it is: the id of their account, or, without one, the public id of the row that holds it."""
