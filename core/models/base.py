"""Columns that many tables share."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PublicIdModel(models.Model):
    """Has a random public id, so that whoever names it tells nothing about how many there are or in which order."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class VersionedModel(models.Model):
    """Two people may edit it: each change counts the version up, and a change on a stale one is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ImportedModel(models.Model):
    """May have come from a spreadsheet: from where, under which key there, and which fields the mapping filled in."""

    source = models.CharField(max_length=64, blank=True, editable=False)
    source_key = models.CharField(max_length=200, blank=True, editable=False)
    assumed = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            # Importing the same file twice finds the rows of the first time by this.
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~models.Q(source=""), name="%(app_label)s_%(class)s_source"
            ),
        ]
