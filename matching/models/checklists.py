"""Ticked items of a match's checklists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from matching.models.match import Match
from matching.rules.checklists import ChecklistStage


class ChecklistTick(models.Model):
    """One ticked line of a match's kick-off or closing checklist; `CHECKLISTS` defines the lines."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="checks")
    stage = models.CharField(max_length=8, choices=ChecklistStage)
    item_code = models.CharField(max_length=20)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "stage", "item_code"], name="matching_checklisttick_once"),
            models.CheckConstraint(condition=Q(stage__in=ChecklistStage.values), name="matching_checklisttick_stage"),
        ]

    def __str__(self) -> str:
        return _("Tick of %(item)s") % {"item": self.item_code}
