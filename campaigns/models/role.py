"""Roles of a request, and their seats."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.draft_rules import MAX_SEATS_PER_REQUEST, MAX_TASKS_LENGTH
from campaigns.models.request import Request
from core.enums import VettingArea
from core.models import PublicIdModel, Skill
from core.reference_texts import ReferenceKind, translate_reference


# The id on the board leads back to the request, so it stands in one place only.
@pghistory.track(exclude=["board_id"])
class Role(PublicIdModel):
    """One kind of volunteer that a request needs: a skill at a level, for so many hours a week."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="roles")
    board_id = models.UUIDField(
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text=_("Names the role on the public board, and nowhere else: it leads to no campaign."),
    )
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=80)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=3)
    hours_per_week = models.PositiveSmallIntegerField(help_text=_("Hours a week."))
    tasks = models.CharField(
        max_length=MAX_TASKS_LENGTH, blank=True, help_text=_("What the person does, in one sentence of plain words.")
    )
    min_to_start = models.PositiveSmallIntegerField(
        default=1, help_text=_("With fewer volunteers the work does not begin.")
    )
    languages = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text=_("One of these is enough.")
    )
    is_lead = models.BooleanField(default=False)
    makes_decisions = models.BooleanField(default=False, help_text=_("Takes part in the campaign's decisions."))
    vetted_for = models.CharField(max_length=20, choices=VettingArea, blank=True)
    nice_to_have_skills = models.ManyToManyField(Skill, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "name"], name="campaigns_role_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="campaigns_role_level"),
            models.CheckConstraint(condition=models.Q(hours_per_week__range=(1, 60)), name="campaigns_role_hours"),
            models.CheckConstraint(condition=models.Q(min_to_start__range=(0, 50)), name="campaigns_role_min_to_start"),
            models.CheckConstraint(
                condition=models.Q(vetted_for__in=["", *VettingArea.values]), name="campaigns_role_area"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Return the name in the active language, where it is that of a playbook's role or of a skill."""
        return translate_reference(self.name, ReferenceKind.ROLE, ReferenceKind.SKILL)

    @property
    def shown_tasks(self) -> str:
        """Return the tasks in the active language, where they are those of a playbook."""
        return translate_reference(self.tasks, ReferenceKind.ROLE)


@pghistory.track()
class Seat(PublicIdModel):
    """One seat of a role, which one match at a time can fill."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text=_("The campaign no longer needs it."))

    class Meta:
        ordering = ["role", "number"]
        constraints = [
            models.UniqueConstraint(fields=["role", "number"], name="campaigns_seat_once"),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, MAX_SEATS_PER_REQUEST)), name="campaigns_seat_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role.shown_name} {self.number}"
