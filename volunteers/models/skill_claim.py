"""Skills that volunteers claim, and questions about doubted levels."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import PublicIdModel, Skill
from volunteers.models.volunteer import Volunteer


class SkillClaim(models.Model):
    """One claimed skill at a level from 1 (learning) to 5 (could teach it)."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="claims")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="claims")
    level = models.PositiveSmallIntegerField()
    wants_to_use = models.BooleanField(default=True, help_text=_("Would like to use it."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "skill"], name="volunteers_skillclaim_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="volunteers_skillclaim_level"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"


class LevelQuestion(PublicIdModel):
    """A question to the volunteer about a level that a campaign or reviewer who saw the work doubted."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="level_questions")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "skill"],
                condition=models.Q(answered_at=None),
                name="volunteers_levelquestion_one_open",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Question %(id)s") % {"id": str(self.public_id)[:8]}
