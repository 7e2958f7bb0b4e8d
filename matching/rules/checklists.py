"""The checklists that both sides tick when work begins and when it ends."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.rules.sides import MatchSide


class ChecklistStage(models.TextChoices):
    """The stage in which a checklist is open: at the start of the work, or at the hand-over."""

    KICKOFF = "kickoff", _("Kick-off")
    CLOSING = "closing", _("Closing")


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of a checklist: the side that ticks it, and its text."""

    code: str
    side: MatchSide
    text: str | Promise


CHECKLISTS: dict[ChecklistStage, tuple[ChecklistItem, ...]] = {
    ChecklistStage.KICKOFF: (
        ChecklistItem("scope", MatchSide.CAMPAIGN, _("What is part of the work, and what is not, has been said")),
        ChecklistItem("owner", MatchSide.CAMPAIGN, _("It is settled who owns the work")),
        ChecklistItem(
            "accounts", MatchSide.CAMPAIGN, _("Everybody has an account of their own; no password is shared")
        ),
        ChecklistItem("meeting", MatchSide.CAMPAIGN, _("The first meeting and the channel are known")),
        ChecklistItem("employer", MatchSide.VOLUNTEER, _("The employer's rules have been looked at")),
    ),
    ChecklistStage.CLOSING: (
        ChecklistItem("deliverables", MatchSide.VOLUNTEER, _("What was made is handed over")),
        ChecklistItem(
            "handed_back", MatchSide.VOLUNTEER, _("Accounts and files are handed back, and no copies are kept")
        ),
        ChecklistItem("revoked", MatchSide.CAMPAIGN, _("Access has been revoked")),
        ChecklistItem("next_owner", MatchSide.CAMPAIGN, _("It is settled who looks after it from now on")),
        ChecklistItem("thanks", MatchSide.CAMPAIGN, _("We said thank you")),
    ),
}
