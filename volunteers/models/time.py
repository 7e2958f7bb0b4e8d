"""When somebody can: a weekly grid on their own wall clock, and days away."""

from django.db import models

from core.vocabulary import Weekday
from volunteers.models.volunteer import Volunteer


class AvailabilityWindow(models.Model):
    """Free every week at this time, in the volunteer's zone. `ends` at or before `starts` is on the next day."""

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

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"


class TimeOff(models.Model):
    """Away on these days, the first and the last included."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="time_off")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "time off"
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "starts_on"], name="volunteers_timeoff_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="volunteers_timeoff_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"
