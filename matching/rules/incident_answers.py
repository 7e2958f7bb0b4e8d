"""What a campaign says about a security incident: of what kinds it is, and since when."""

from collections.abc import Iterable

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


def sort_incident_kinds(kinds: Iterable[str]) -> tuple[IncidentKind, ...]:
    """Return each kind once, in the order of the list. Beside another one, that they are not sure says nothing."""
    named = [kind for kind in IncidentKind if kind in set(kinds)]
    known = tuple(kind for kind in named if kind != IncidentKind.UNSURE)
    return known or tuple(named)


class IncidentBeginning(models.TextChoices):
    """Since when."""

    TODAY = "today", _("Since today")
    EARLIER = "earlier", _("For longer")
    UNKNOWN = "unknown", _("We don’t know")
