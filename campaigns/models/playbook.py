"""Templates for requests: the roles, hours and weeks of a typical project."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.draft_rules import MAX_TASKS_LENGTH
from core.enums import CountBand, VettingArea
from core.models import Skill
from core.reference_texts import ReferenceKind, translate_reference, translate_references

DISCLOSED_BANDS = [CountBand.UNDER_FIVE, CountBand.SOME, CountBand.MANY, CountBand.PLENTY]
"""Those in which people are counted for readers: none and a few are one."""


class Staffing(models.TextChoices):
    """When volunteers get their offers: all at once when the team is complete, or one by one."""

    WHOLE = "whole", _("All together")
    ROLLING = "rolling", _("One by one")


class Playbook(models.Model):
    """One typical project, for campaigns that have never scoped one."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    deliverables = ArrayField(models.CharField(max_length=200), default=list)
    weeks = models.PositiveSmallIntegerField()
    staffing = models.CharField(max_length=8, choices=Staffing)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(weeks__range=(1, 52)), name="campaigns_playbook_weeks"),
            models.CheckConstraint(
                condition=models.Q(staffing__in=Staffing.values), name="campaigns_playbook_staffing"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Return the name in the active language."""
        return translate_reference(self.name, ReferenceKind.PLAYBOOK)

    @property
    def shown_summary(self) -> str:
        """Return the summary in the active language."""
        return translate_reference(self.summary, ReferenceKind.PLAYBOOK)

    @property
    def shown_deliverables(self) -> list[str]:
        """Return what the project leaves behind, in the active language."""
        return translate_references(self.deliverables, ReferenceKind.PLAYBOOK)


class PlaybookRole(models.Model):
    """One role in a playbook's project, with its number of seats."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    hours_per_week = models.PositiveSmallIntegerField(help_text=_("Hours a week."))
    tasks = models.CharField(
        max_length=MAX_TASKS_LENGTH, blank=True, help_text=_("What the person does, in one sentence of plain words.")
    )
    seat_count = models.PositiveSmallIntegerField(default=1)
    is_lead = models.BooleanField(default=False)
    makes_decisions = models.BooleanField(default=False)
    vetted_for = models.CharField(max_length=20, choices=VettingArea, blank=True)
    nice_to_have_skills = models.ManyToManyField(Skill, blank=True, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["playbook", "name"], name="campaigns_playbookrole_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="campaigns_playbookrole_level"),
            models.CheckConstraint(
                condition=models.Q(hours_per_week__range=(1, 60)), name="campaigns_playbookrole_hours"
            ),
            models.CheckConstraint(condition=models.Q(seat_count__range=(1, 50)), name="campaigns_playbookrole_seats"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Return the name in the active language."""
        return translate_reference(self.name, ReferenceKind.ROLE)

    @property
    def shown_tasks(self) -> str:
        """Return the tasks in the active language."""
        return translate_reference(self.tasks, ReferenceKind.ROLE)


class PlaybookSupply(models.Model):
    """How many people could take a role of a playbook, over the whole country and at any time, as counted last night.

    It is the same for every reader and for every campaign. Only a band is stored, and no band is under five people.
    """

    role = models.OneToOneField(PlaybookRole, on_delete=models.CASCADE, related_name="supply")
    people_fitting = models.CharField(max_length=8, choices=CountBand)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people_fitting__in=DISCLOSED_BANDS), name="campaigns_playbooksupply_band"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.people_fitting}"
