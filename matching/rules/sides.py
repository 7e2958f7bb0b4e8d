"""The sides of a match."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchSide(models.TextChoices):
    """The side for which a user acts: one of the two, or the reviewer in between."""

    VOLUNTEER = "volunteer", _("The volunteer")
    CAMPAIGN = "campaign", _("The campaign")
    REVIEWER = "reviewer", _("A reviewer")
