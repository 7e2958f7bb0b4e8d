"""The stages of a run."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunStage(TextChoices):
    """What a run is doing, in this order."""

    SNAPSHOT = "snapshot", _("Reads everything that it needs")
    GRAPH = "graph", _("Finds who fits which role")
    SOLVE = "solve", _("Looks for the best assignment")
    CERTIFY = "certify", _("Proves how good it is")
    STORE = "store", _("Stores the proposals")
