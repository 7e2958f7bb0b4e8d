"""Tick items of a match's kick-off and closing checklists."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.lifecycle.actions.locking import lock_match
from matching.lifecycle.actions.permissions import check_match_side
from matching.models import ChecklistTick, Match
from matching.rules.checklists import CHECKLISTS, ChecklistItem, ChecklistStage
from matching.rules.states import MatchState


@transaction.atomic
def tick_checklist_item(
    *, actor: User, match: Match, stage: str, item_code: str, is_done: bool = True, at: datetime
) -> None:
    """Tick an item of the kick-off or closing checklist, or untick it; each side ticks its own items.

    Raises NotAllowed, WrongState (the list is not open in this state), Invalid (no such item).
    """
    side = check_match_side(actor, match)
    item = find_checklist_item(stage, item_code)
    if item.side != side:
        raise NotAllowed(_("This line is for the other side to tick."))
    match = lock_match(match)
    open_states = {ChecklistStage.KICKOFF: (MatchState.ACTIVE,), ChecklistStage.CLOSING: (MatchState.CLOSING,)}
    if match.state not in open_states[ChecklistStage(stage)]:
        raise WrongState(_("This list is closed now. Tick it while the work begins, or while it is handed over."))
    if is_done:
        ChecklistTick.objects.get_or_create(
            match=match, stage=stage, item_code=item_code, defaults={"ticked_at": at, "ticked_by": actor}
        )
    else:
        ChecklistTick.objects.filter(match=match, stage=stage, item_code=item_code).delete()


def find_checklist_item(stage: str, item_code: str) -> ChecklistItem:
    """Return the item of the checklist of this stage. Raises Invalid (no such item)."""
    item = next((line for line in CHECKLISTS.get(ChecklistStage(stage), ()) if line.code == item_code), None)
    if item is None:
        message = _("There is no such line in this list. Choose one of its lines.")
        raise Invalid(message, field="item_code", reads=("stage",))
    return item
