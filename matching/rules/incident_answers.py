"""What a campaign says about a security incident on its page: two choices that can be tapped."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IncidentKind(models.TextChoices):
    """What is concerned."""

    MAIL = "mail", _("Our email")
    SITE = "site", _("Our website")
    ACCOUNT = "account", _("An account on social media or Google")
    MONEY = "money", _("Our money")
    FILES = "files", _("Our files are locked")
    UNSURE = "unsure", _("We’re not sure")


class IncidentBeginning(models.TextChoices):
    """Since when."""

    TODAY = "today", _("Since today")
    EARLIER = "earlier", _("For longer")
    UNKNOWN = "unknown", _("We don’t know")
