"""Why an interest ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterestEnd(models.TextChoices):
    """Why an interest has ended."""

    OFFERED = "offered", _("It was offered to you")
    FILLED = "filled", _("Others do it by now")
    CLOSED = "closed", _("It is no longer needed")
    NOT_THIS_TIME = "not_this_time", _("Not this time")
    WITHDRAWN = "withdrawn", _("You took it back")
    UNAVAILABLE = "unavailable", _("You left")


ENDS_WITH_NOTICE = (InterestEnd.FILLED, InterestEnd.CLOSED, InterestEnd.NOT_THIS_TIME, InterestEnd.UNAVAILABLE)
"""The volunteer does not know of these ends yet: an offer has a notice of its own."""
