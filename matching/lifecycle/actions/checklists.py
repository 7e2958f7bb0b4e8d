"""Tick items of a match's kick-off and closing checklists."""

from datetime import datetime

from django.db import transaction

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.lifecycle.actions.locking import lock_match
from matching.lifecycle.actions.permissions import check_match_side
from matching.models import ChecklistTick, Match
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.states import MatchState


@transaction.atomic
def tick_checklist_item(*, actor: User, match: Match, stage: str, code: str, done: bool = True, at: datetime) -> None:
    """Ticks a line of the kick-off or closing list, or takes the tick back; each side ticks its own lines.

    Raises NotAllowed, WrongState (not its time), Invalid (no such line).
    """
    side = check_match_side(actor, match)
    item = next((one for one in CHECKLISTS.get(ChecklistStage(stage), ()) if one.code == code), None)
    if item is None:
        raise Invalid("There is no such line in this list.", field="item_code")
    if item.side != side:
        raise NotAllowed("This line is for the other side to tick.")
    match = lock_match(match)
    open_in = {ChecklistStage.KICKOFF: (MatchState.ACTIVE,), ChecklistStage.CLOSING: (MatchState.CLOSING,)}
    if match.state not in open_in[ChecklistStage(stage)]:
        raise WrongState("This list is gone through while the work begins, or while it is handed over.")
    if done:
        ChecklistTick.objects.get_or_create(
            match=match, stage=stage, code=code, defaults={"done_at": at, "done_by": actor}
        )
    else:
        ChecklistTick.objects.filter(match=match, stage=stage, code=code).delete()
