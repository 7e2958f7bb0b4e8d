"""Examples of answers about matches and runs, as they are after the operation: those of actions from their table."""

from typing import Any

from django.utils import translation

from core.api.answer_examples import AT, AnswerExample, WholeAnswer
from core.enums import ViewerKind
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.rules.reasons import REASONS_BY_ACTION, find_reason_label
from matching.rules.states import STATES_CONTACT_SHARED, STATES_NOT_OVER, STATES_OF_PLACEMENT, MatchState
from matching.rules.transitions import TRANSITIONS, ActorKind, available_actions

_MATCH_ID = "b1304f57-8e18-5498-885c-07fc4c0d894b"
_ANSWER_DUE_AT = "2026-03-04T12:00:00Z"
_NOT_BEGUN: dict[str, Any] = {
    **{"stage": None, "stage_seconds": {}, "started_at": None, "finished_at": None},
    **{"volunteer_count": None, "seat_count": None, "filled_count": None, "stored_count": None},
    **{"unkept_pin_count": None, "pair_count": None, "value": None, "bound": None, "gap": None},
}
_TICKED = {
    "results": [
        {
            "stage": "kickoff",
            "item_code": "employer",
            "side": "volunteer",
            "text": "The employer's rules have been looked at",
            "ticked_at": AT,
        }
    ]
}


def _build_after_action(actor_kind: ActorKind, action: str) -> AnswerExample:
    """Return what the answer to an action says of the match."""
    state = next(row.target for row in TRANSITIONS if (row.action, row.actor_kind) == (action, actor_kind))
    actions = available_actions(state, actor_kind)
    known: dict[str, Any] = {"state": state.value, "available_actions": actions}
    answer_due_at = _ANSWER_DUE_AT if state == MatchState.ACCEPTED else None
    if actor_kind is ActorKind.CAMPAIGN and state not in STATES_OF_PLACEMENT:
        return WholeAnswer({"id": _MATCH_ID, "state": None, "available_actions": []})
    if actor_kind is ActorKind.CAMPAIGN:
        contact = "alex@example.org" if state in STATES_CONTACT_SHARED else ""
        return known | {"answer_due_at": answer_due_at, "contact": contact}
    known |= _build_reason(actor_kind, action, state)
    if actor_kind is ActorKind.VOLUNTEER:
        return known | {"answer_due_at": answer_due_at}
    return known | ({} if state in STATES_NOT_OVER else {"due_at": None})


def _build_reason(actor_kind: ActorKind, action: str, state: MatchState) -> dict[str, Any]:
    if action not in REASONS_BY_ACTION:
        return {}
    reason = next(value for value in REASONS_BY_ACTION[action].values if value)
    reader = ViewerKind.VOLUNTEER if actor_kind is ActorKind.VOLUNTEER else ViewerKind.REVIEWER
    with translation.override("en"):
        return {"reason": reason, "reason_label": find_reason_label(state, reason, reader=reader)}


ANSWER_EXAMPLES: dict[str, AnswerExample] = {
    "activatePolicy": {"state": "active", "activated_at": AT},
    "cancelRun": {"state": "cancelled", **_NOT_BEGUN},
    "closeProblemReport": {"handled_at": AT, "outcome": "Both were called; it was a misunderstanding."},
    "leaveService": {"version": 2, "state": "left", "left_at": AT},
    "requestRun": {"state": "queued", **_NOT_BEGUN, "dry_run": True, "include_unclaimed": True},
    "returnToService": {"version": 3, "state": "active", "left_at": None},
    "tickMatchChecklistItem": _TICKED,
    "tickMyMatchChecklistItem": _TICKED,
    "tickPlacementChecklistItem": _TICKED,
    **{words.operation_id: _build_after_action(*key) for key, words in PERSON_ACTIONS.items()},
}
