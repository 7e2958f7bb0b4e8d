"""Vetting marks of volunteers."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import VettingArea
from core.models import PublicIdModel, build_day_bounds
from volunteers.models.volunteer import Volunteer


@pghistory.track()
class Vetting(PublicIdModel):
    """A vetting mark for one area: reviewer, method and last day. No documents are stored."""

    class Method(models.TextChoices):
        """How the volunteer's identity was established."""

        CALL = "call", _("Identity shown on a call")
        VOUCHED = "vouched", _("Vouched for by two vetted people")

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="vettings")
    area = models.CharField(max_length=20, choices=VettingArea)
    method = models.CharField(max_length=10, choices=Method)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    valid_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "area"], name="volunteers_vetting_once"),
            models.CheckConstraint(condition=models.Q(area__in=VettingArea.values), name="volunteers_vetting_area"),
            models.CheckConstraint(
                condition=models.Q(method__in=["call", "vouched"]), name="volunteers_vetting_method"
            ),
            *build_day_bounds("volunteers_vetting", "valid_until"),
        ]

    def __str__(self) -> str:
        return gettext("%(area)s until %(day)s") % {"area": self.get_area_display(), "day": self.valid_until}
