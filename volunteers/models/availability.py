"""Weekly availability on the volunteer's wall clock, and days off."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.enums import Weekday
from core.models import build_day_bounds
from core.models.bit_string import BitStringField
from core.week_mask import QUARTER_HOURS_PER_WEEK
from volunteers.models.volunteer import Volunteer


def _free_time_trigger(operation: pgtrigger.Operation, rows: str, **transition: str) -> pgtrigger.Trigger:
    """Recompute the free time of the volunteers in these rows of a statement."""
    return pgtrigger.Trigger(
        name=f"free_time_after_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**transition),
        func=f"""
            PERFORM volunteers_refresh_free_time(ARRAY(SELECT DISTINCT volunteer_id FROM ({rows}) AS changed));
            RETURN NULL;
        """,
    )


class AvailabilityWindow(models.Model):
    """A weekly time when the volunteer is free, in their time zone. `ends` at or before `starts` is on the next day."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "weekday", "starts"], name="volunteers_window_once"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="volunteers_window_weekday"),
            models.CheckConstraint(condition=~models.Q(starts=models.F("ends")), name="volunteers_window_not_empty"),
        ]
        triggers = [
            _free_time_trigger(pgtrigger.Insert, "SELECT * FROM added", new="added"),
            _free_time_trigger(
                pgtrigger.Update, "SELECT * FROM added UNION ALL SELECT * FROM removed", new="added", old="removed"
            ),
            _free_time_trigger(pgtrigger.Delete, "SELECT * FROM removed", old="removed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"


class FreeTime(models.Model):
    """The same windows as bits, maintained by database triggers whenever a window changes.

    Bit `q`, the leftmost being 0, says whether the half-hour that begins with quarter-hour `q` of the week is free: it
    lies entirely inside the windows, on the volunteer's wall clock. Half-hours begin at each quarter, because some
    zones are off the half-hour. The SQL function `volunteers_refresh_free_time`, in
    `volunteers/migrations/0002_install_triggers.py`, turns windows into bits; a new migration replaces it.
    `core.week_mask` does the same for a run. Queries pick the half-hours of UTC among the bits
    (`core.week_mask.mask_to_local_quarters`).
    """

    volunteer = models.OneToOneField(
        Volunteer, primary_key=True, on_delete=models.CASCADE, related_name="free_time", editable=False
    )
    half_hours = BitStringField(QUARTER_HOURS_PER_WEEK, editable=False)

    def __str__(self) -> str:
        return _("Free time of %(id)s") % {"id": self.volunteer_id}


class TimeOff(models.Model):
    """Days off; the first and the last day are included."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="time_off")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = gettext_lazy("time off")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "starts_on"], name="volunteers_timeoff_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="volunteers_timeoff_dates"
            ),
            *build_day_bounds("volunteers_timeoff", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return _("%(first)s to %(last)s") % {"first": self.starts_on, "last": self.ends_on}
