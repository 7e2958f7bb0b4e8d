"""The kinds of problems that a side of a match can report."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProblemKind(models.TextChoices):
    """The kind of problem that a report is about."""

    CONDUCT = "conduct", _("How somebody behaved")
    SAFETY = "safety", _("I do not feel safe")
    PRIVACY = "privacy", _("Data or access were misused")
    PROMISE = "promise", _("It is not what was agreed")
    OTHER = "other", _("Something else")
