"""The taxonomy of skills, which is a tree, and the words by which people look for a skill."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import VettingArea
from core.models.tree import build_circle_trigger, check_parent
from core.reference_texts import ReferenceKind, translate_reference
from core.text_folding import fold_text

MAX_ALIAS_LENGTH = 60
MAX_FOLDED_LENGTH = 120  # some letters fold into several


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
        triggers = [build_circle_trigger("core_skill")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Return the name in the active language."""
        return translate_reference(self.name, ReferenceKind.SKILL)

    @property
    def shown_description(self) -> str:
        """Return the description in the active language."""
        return translate_reference(self.description, ReferenceKind.SKILL)

    def clean(self) -> None:
        """Raise ValidationError for a parent that is below the skill, or is the skill."""
        check_parent(self)


class SkillAlias(models.Model):
    """A word by which people look for a skill: a tool, a job title, or the skill in another language.

    One word may be an alias of several skills. `folded` is how the search compares it, without case and accents.
    """

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=MAX_ALIAS_LENGTH)
    folded = models.CharField(max_length=MAX_FOLDED_LENGTH, editable=False)
    is_example = models.BooleanField(default=False, help_text=_("Shown beside the skill on forms."))

    class Meta:
        ordering = ["text", "pk"]
        verbose_name_plural = "skill aliases"
        constraints = [
            models.UniqueConstraint(fields=["skill", "folded"], name="core_skillalias_once"),
            models.CheckConstraint(condition=~models.Q(folded=""), name="core_skillalias_folded"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold the text, then save."""
        self.folded = fold_text(self.text)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raise ValidationError for a text without a word or too long, and for one that the skill has already."""
        # Forms leave constraints out that name a field they do not show, as `folded` is.
        folded = fold_text(self.text)
        if not folded:
            raise ValidationError({"text": gettext("This has no letter and no digit. Write a word.")})
        if len(folded) > MAX_FOLDED_LENGTH:
            raise ValidationError({"text": gettext("This is too long. Write a shorter word.")})
        if SkillAlias.objects.filter(skill=self.skill_id, folded=folded).exclude(pk=self.pk).exists():
            raise ValidationError({"text": gettext("The skill has this alias already. Choose another word.")})


class UnknownSkillWord(models.Model):
    """A word that was looked for and that leads to no skill, for reviewers, who may make it an alias.

    The row says nothing about who typed it: it has dates without a time, and counts days instead of people.
    """

    word = models.CharField(max_length=MAX_ALIAS_LENGTH)
    folded = models.CharField(max_length=MAX_FOLDED_LENGTH, unique=True)
    day_count = models.PositiveIntegerField(default=1, help_text=_("Number of days on which it was looked for."))
    first_on = models.DateField(help_text=_("The first of these days."))
    last_on = models.DateField(help_text=_("The last of these days."))

    class Meta:
        ordering = ["-day_count", "-last_on", "folded"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day_count__gte=1, first_on__lte=models.F("last_on")),
                name="core_unknownskillword_days",
            ),
            models.CheckConstraint(condition=~models.Q(folded=""), name="core_unknownskillword_folded"),
        ]

    def __str__(self) -> str:
        return self.word
