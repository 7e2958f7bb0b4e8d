"""Columns that many tables share."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.date_rules import FIRST_DAY, LAST_DAY


class PublicIdModel(models.Model):
    """A row with a random public id, which tells neither how many rows there are nor their order."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class VersionedModel(models.Model):
    """A row that two users may edit: each change increments the version, and a change of a stale version is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ImportedModel(models.Model):
    """A row that may come from an import.

    `source` names the spreadsheet, `source_key` the row in it, and `assumed` the fields that the mapping filled in.
    """

    source = models.CharField(max_length=64, blank=True, editable=False)
    source_key = models.CharField(max_length=200, blank=True, editable=False)
    assumed = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            # Imports are idempotent by it: a second import finds the rows of the first.
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~models.Q(source=""), name="%(app_label)s_%(class)s_source"
            ),
        ]


def build_day_bounds(table: str, *names: str) -> list[models.CheckConstraint]:
    """Return the constraints that hold these dates of a table within the days that can be stored."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{name}__range": (FIRST_DAY, LAST_DAY)}), name=f"{table}_{name}_bounds"
        )
        for name in names
    ]
