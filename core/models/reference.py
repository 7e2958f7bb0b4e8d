"""The reference data that Handraiser shipped, as the last sync wrote it."""

from django.db import models


class ShippedEntry(models.Model):
    """A skill, skill alias, jurisdiction, party or playbook as the last sync shipped it.

    A row that still equals its entry was not edited here, so a newer version may correct it.
    """

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=80)
    fields = models.JSONField()

    class Meta:
        verbose_name_plural = "shipped entries"
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="core_shippedentry_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"
