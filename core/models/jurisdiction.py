"""Jurisdictions: reference data."""

from django.db import models

from core.models.tree import build_circle_trigger, check_parent
from core.reference_texts import ReferenceKind, translate_reference


class Jurisdiction(models.Model):
    """A country, state, county or city, where a contest is held or a volunteer would like to serve.

    Codes follow ISO 3166-2 where it has one. A limit by jurisdiction would be a matching rule, and its numbers the rows
    of a model beside this one; limits of what people give or spend belong to the ledger. None is built yet: see
    docs/how-to/add-a-matching-rule.md.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="core_jurisdiction_not_own_parent",
            ),
        ]
        triggers = [build_circle_trigger("core_jurisdiction")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Return the name in the active language."""
        return translate_reference(self.name, ReferenceKind.JURISDICTION)

    def clean(self) -> None:
        """Raise ValidationError for a parent that is below the jurisdiction, or is the jurisdiction."""
        check_parent(self)
