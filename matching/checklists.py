"""What both sides go through when work begins, and when it ends."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.rules import Side


class Stage(models.TextChoices):
    """When a list is gone through."""

    KICKOFF = "kickoff", _("Kick-off")
    CLOSING = "closing", _("Closing")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: who ticks it, and what it says."""

    code: str
    side: Side
    text: str | Promise


CHECKLISTS: dict[Stage, tuple[Item, ...]] = {
    Stage.KICKOFF: (
        Item("scope", Side.CAMPAIGN, _("What is part of the work, and what is not, has been said")),
        Item("owner", Side.CAMPAIGN, _("It is settled who owns the work")),
        Item("accounts", Side.CAMPAIGN, _("Everybody has an account of their own; no password is shared")),
        Item("meeting", Side.CAMPAIGN, _("The first meeting and the channel are known")),
        Item("employer", Side.VOLUNTEER, _("I checked my employer's rules")),
    ),
    Stage.CLOSING: (
        Item("deliverables", Side.VOLUNTEER, _("What was made is handed over")),
        Item("handed_back", Side.VOLUNTEER, _("Accounts and files are handed back, and my copies are deleted")),
        Item("revoked", Side.CAMPAIGN, _("Access has been revoked")),
        Item("next_owner", Side.CAMPAIGN, _("Somebody looks after it from now on")),
        Item("thanks", Side.CAMPAIGN, _("We said thank you")),
    ),
}
