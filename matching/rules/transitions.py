"""The transition table of a match: which actor may take which action in which state.

`TRANSITIONS` is the single source: the API's actions, the admin's buttons and the diagram in docs/flow.md come from it.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from matching.rules.end_texts import LATE_ANSWER_TEXTS
from matching.rules.states import STATES_ENDED_EARLY, STATES_HOLDING_SEAT, MatchState


class ActorKind(StrEnum):
    """The kind of actor that makes a transition."""

    RUN = "run"
    REVIEWER = "reviewer"
    SYSTEM = "system"  # follows by itself from what happens to the team or to the request
    VOLUNTEER = "volunteer"
    CAMPAIGN = "campaign"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Transition:
    """In the state `source`, `actor_kind` may take `action`, and the match moves to `target`."""

    source: MatchState
    action: str
    actor_kind: ActorKind
    target: MatchState

    @property
    def reopens_seat(self) -> bool:
        """Whether the seat needs another volunteer: not when a run or the request itself ended the match."""
        return (
            self.source in (MatchState.PROPOSED, *STATES_HOLDING_SEAT)
            and self.target in STATES_ENDED_EARLY
            and self.actor_kind not in (ActorKind.RUN, ActorKind.SYSTEM)
        )


ACTIONS_BLOCKED_BY_REPORT = frozenset({"confirm"})
"""What waits until a reviewer has handled the reports about a match. All that ends a match stays possible."""

ACTIONS_CLOSED_IN_EMERGENCY = frozenset({"refuse", "release", "finish"})
"""What a campaign cannot do to a person in an emergency: the people who broke in may be signed in as the campaign.

It calls the emergency off instead, of which the reviewers hear, and they call it to make sure.
"""

TRANSITIONS = (
    Transition(MatchState.PROPOSED, "supersede", ActorKind.RUN, MatchState.SUPERSEDED),
    Transition(MatchState.PROPOSED, "approve", ActorKind.REVIEWER, MatchState.APPROVED),
    Transition(MatchState.PROPOSED, "reject", ActorKind.REVIEWER, MatchState.REJECTED),
    Transition(MatchState.PROPOSED, "broadcast", ActorKind.REVIEWER, MatchState.OFFERED),
    Transition(MatchState.PROPOSED, "broadcast", ActorKind.SYSTEM, MatchState.OFFERED),
    Transition(MatchState.PROPOSED, "cancel", ActorKind.SYSTEM, MatchState.SUPERSEDED),
    Transition(MatchState.APPROVED, "undo", ActorKind.REVIEWER, MatchState.PROPOSED),
    Transition(MatchState.APPROVED, "reject", ActorKind.REVIEWER, MatchState.REJECTED),
    Transition(MatchState.APPROVED, "offer", ActorKind.SYSTEM, MatchState.OFFERED),
    Transition(MatchState.APPROVED, "lapse", ActorKind.CLOCK, MatchState.SUPERSEDED),
    Transition(MatchState.APPROVED, "cancel", ActorKind.SYSTEM, MatchState.SUPERSEDED),
    Transition(MatchState.OFFERED, "accept", ActorKind.VOLUNTEER, MatchState.ACCEPTED),
    Transition(MatchState.OFFERED, "accept", ActorKind.REVIEWER, MatchState.ACCEPTED),
    Transition(MatchState.OFFERED, "decline", ActorKind.VOLUNTEER, MatchState.DECLINED),
    Transition(MatchState.OFFERED, "expire", ActorKind.CLOCK, MatchState.EXPIRED),
    Transition(MatchState.OFFERED, "cancel", ActorKind.REVIEWER, MatchState.SUPERSEDED),
    Transition(MatchState.OFFERED, "cancel", ActorKind.SYSTEM, MatchState.SUPERSEDED),
    Transition(MatchState.OFFERED, "offer_again", ActorKind.SYSTEM, MatchState.OFFERED),
    Transition(MatchState.ACCEPTED, "confirm", ActorKind.CAMPAIGN, MatchState.ACTIVE),
    Transition(MatchState.ACCEPTED, "confirm", ActorKind.SYSTEM, MatchState.ACTIVE),
    Transition(MatchState.ACCEPTED, "refuse", ActorKind.CAMPAIGN, MatchState.REFUSED),
    Transition(MatchState.ACCEPTED, "withdraw", ActorKind.VOLUNTEER, MatchState.WITHDRAWN),
    Transition(MatchState.ACCEPTED, "release", ActorKind.REVIEWER, MatchState.RELEASED),
    Transition(MatchState.ACCEPTED, "release", ActorKind.CLOCK, MatchState.RELEASED),
    Transition(MatchState.ACCEPTED, "release", ActorKind.SYSTEM, MatchState.RELEASED),
    Transition(MatchState.ACCEPTED, "offer_again", ActorKind.SYSTEM, MatchState.OFFERED),
    Transition(MatchState.ACTIVE, "withdraw", ActorKind.VOLUNTEER, MatchState.WITHDRAWN),
    Transition(MatchState.ACTIVE, "release", ActorKind.CAMPAIGN, MatchState.RELEASED),
    Transition(MatchState.ACTIVE, "release", ActorKind.REVIEWER, MatchState.RELEASED),
    Transition(MatchState.ACTIVE, "release", ActorKind.SYSTEM, MatchState.RELEASED),
    Transition(MatchState.ACTIVE, "finish", ActorKind.CAMPAIGN, MatchState.CLOSING),
    Transition(MatchState.ACTIVE, "finish", ActorKind.REVIEWER, MatchState.CLOSING),
    Transition(MatchState.ACTIVE, "finish", ActorKind.CLOCK, MatchState.CLOSING),
    Transition(MatchState.ACTIVE, "finish", ActorKind.SYSTEM, MatchState.CLOSING),
    Transition(MatchState.CLOSING, "complete", ActorKind.VOLUNTEER, MatchState.COMPLETED),
    Transition(MatchState.CLOSING, "complete", ActorKind.CAMPAIGN, MatchState.COMPLETED),
    Transition(MatchState.CLOSING, "complete", ActorKind.REVIEWER, MatchState.COMPLETED),
    Transition(MatchState.CLOSING, "complete", ActorKind.CLOCK, MatchState.COMPLETED),
    Transition(MatchState.CLOSING, "complete", ActorKind.SYSTEM, MatchState.COMPLETED),
)


_STEPS_BACK = ("offer_again", "undo")


def find_transition(state: str, action: str, actor_kind: ActorKind) -> Transition | None:
    """Return the transition of this actor and action from `state`; None when the table has none."""
    key = (state, action, actor_kind)
    return next((row for row in TRANSITIONS if (row.source, row.action, row.actor_kind) == key), None)


PHONE_ACCEPTANCE_REVOCABLE_FOR = timedelta(hours=24)
"""How long a volunteer can revoke an acceptance that was given on the phone, before work begins."""


def explain_late_action(state: str, action: str) -> str:
    """Return the sentence for a user whose `action` does not fit, as the match is in `state` by now."""
    if action in ("accept", "decline") and MatchState(state) in LATE_ANSWER_TEXTS:
        return str(LATE_ANSWER_TEXTS[MatchState(state)])
    if _may_still_come(state, action):
        message = _("This is not possible yet: it says “%(state)s”. Look again when that has changed.")
    else:
        message = _("This is no longer possible: by now it says “%(state)s”. Look again to see where it stands.")
    return message % {"state": MatchState(state).label}


def _may_still_come(state: str, action: str) -> bool:
    """Return whether the match may come from `state` to one that allows the action, without a step back."""
    seen, ahead = {MatchState(state)}, [MatchState(state)]
    while ahead:
        here = ahead.pop()
        steps = {row.target for row in TRANSITIONS if row.source == here and row.action not in _STEPS_BACK} - seen
        seen |= steps
        ahead += steps
    return any(row.source in seen for row in TRANSITIONS if row.action == action)


def is_closed_in_emergency(action: str, actor_kind: ActorKind) -> bool:
    """Return whether this actor cannot take the action in an emergency."""
    return actor_kind == ActorKind.CAMPAIGN and action in ACTIONS_CLOSED_IN_EMERGENCY


def available_actions(
    state: str, actor_kind: ActorKind, *, has_open_report: bool = False, in_emergency: bool = False
) -> list[str]:
    """Return the actions of this actor in `state`, in the table's order.

    Those that an open report blocks are left out, and those that are closed in an emergency.
    """
    actions = [row.action for row in TRANSITIONS if row.source == state and row.actor_kind == actor_kind]
    if in_emergency:
        actions = [action for action in actions if not is_closed_in_emergency(action, actor_kind)]
    return [action for action in actions if not (has_open_report and action in ACTIONS_BLOCKED_BY_REPORT)]
