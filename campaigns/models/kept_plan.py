"""A plan that its writer has not stored as a request yet, kept with the account. History does not track the table."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_KEPT_PLAN_LENGTH = 8_000
MAX_KEPT_PLAN_ID_LENGTH = 32


class KeptPlan(models.Model):
    """What a user has said of a project so far, as JSON. One a user: a later plan takes the place of an earlier one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_plan")
    draft_id = models.CharField(max_length=MAX_KEPT_PLAN_ID_LENGTH, help_text=_("The id that its addresses carry."))
    content = models.CharField(max_length=MAX_KEPT_PLAN_LENGTH, help_text=_("What was said so far, as JSON."))
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        indexes = [
            # Read by the retention rule.
            models.Index(fields=["kept_at"], name="campaigns_keptplan_age"),
        ]

    def __str__(self) -> str:
        return str(_("Kept plan %(id)s") % {"id": self.pk})
