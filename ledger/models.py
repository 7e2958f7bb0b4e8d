"""Hours and expenses of volunteers on a match: the records that election law requires.

Limits of contributions, rows by jurisdiction, belong here too; they are not built yet. Nor are the actions that record
hours: they would be in `ledger/actions`, their pages in `web/volunteers`, and the days after which they are deleted in
`ledger/retention_rules.py`. docs/how-to/add-a-page.md has the steps.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import PublicIdModel, build_day_bounds
from matching.models import Match


@pghistory.track(exclude=["note"])
class TimeEntry(PublicIdModel):
    """Minutes on one day. Own time is no contribution; the employer's facilities or paid time may be one."""

    class Kind(models.TextChoices):
        """Whose time and facilities were used."""

        OWN = "own", _("Own time")
        FACILITIES = "facilities", _("Own time, employer's facilities")
        PAID = "paid", _("Paid working time")

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="time_entries")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OWN)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = _("time entries")
        constraints = [
            models.UniqueConstraint(fields=["match", "day", "kind"], name="ledger_timeentry_once"),
            models.CheckConstraint(condition=models.Q(minutes__range=(1, 1440)), name="ledger_timeentry_minutes"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["own", "facilities", "paid"]), name="ledger_timeentry_kind"
            ),
            *build_day_bounds("ledger_timeentry", "day"),
        ]

    def __str__(self) -> str:
        return gettext("%(minutes)s minutes on %(day)s") % {"minutes": self.minutes, "day": self.day}


@pghistory.track(exclude=["what"])
class Expense(PublicIdModel):
    """Money that a volunteer spent for a campaign, in cents."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="expenses")
    day = models.DateField()
    cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="USD")
    what = models.CharField(max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cents__gte=1), name="ledger_expense_positive"),
            *build_day_bounds("ledger_expense", "day"),
        ]

    def __str__(self) -> str:
        params = {"amount": f"{self.cents / 100:.2f}", "currency": self.currency, "day": self.day}
        return gettext("%(amount)s %(currency)s on %(day)s") % params
