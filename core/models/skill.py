"""The taxonomy of skills, which is a tree."""

from django.db import models

from core.enums import VettingArea


class Skill(models.Model):
    """A branch of the taxonomy, or a skill below it. A claim on a skill also counts for every ancestor of it."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    description = models.CharField(max_length=200, blank=True)
    vetted_for = models.CharField(
        max_length=20,
        choices=VettingArea,
        blank=True,
        help_text="A new role that asks for this skill also asks for this vetting mark, unless it is changed there.",
    )
    retired = models.BooleanField(default=False, help_text="No longer offered; volunteers who have it keep it.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="core_skill_not_own_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(vetted_for__in=["", *VettingArea.values]), name="core_skill_area"
            ),
        ]

    def __str__(self) -> str:
        return self.name
