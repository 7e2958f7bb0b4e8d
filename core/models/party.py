"""Parties: reference data, none of it in code."""

from django.db import models


class Party(models.Model):
    """A political party that candidates run for."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name
