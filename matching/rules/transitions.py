"""The transition table of a match: who may do what from which state."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.rules.states import STATES_ENDED_EARLY, STATES_HOLDING_SEAT, MatchState


class ActorKind(StrEnum):
    """Who makes a move."""

    RUN = "run"
    REVIEWER = "reviewer"
    SYSTEM = "team"  # follows by itself from what the others of the team, or the request, are set to
    VOLUNTEER = "volunteer"
    CAMPAIGN = "campaign"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Transition:
    """From `state`, `who` may do `verb`, and then it is `next`."""

    source: MatchState
    action: str
    actor_kind: ActorKind
    target: MatchState

    @property
    def reopens_seat(self) -> bool:
        """Whether somebody else is to be found for the seat: not when a run, or the request itself, ended it."""
        return (
            self.source in (MatchState.PROPOSED, *STATES_HOLDING_SEAT)
            and self.target in STATES_ENDED_EARLY
            and self.actor_kind not in (ActorKind.RUN, ActorKind.SYSTEM)
        )


TRANSITIONS = (
    Transition(MatchState.PROPOSED, "supersede", ActorKind.RUN, MatchState.SUPERSEDED),
    Transition(MatchState.PROPOSED, "approve", ActorKind.REVIEWER, MatchState.APPROVED),
    Transition(MatchState.PROPOSED, "reject", ActorKind.REVIEWER, MatchState.REJECTED),
    Transition(MatchState.PROPOSED, "broadcast", ActorKind.REVIEWER, MatchState.OFFERED),
    Transition(MatchState.PROPOSED, "broadcast", ActorKind.SYSTEM, MatchState.OFFERED),
    Transition(MatchState.PROPOSED, "cancel", ActorKind.SYSTEM, MatchState.SUPERSEDED),
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


def find_transition(state: str, verb: str, who: ActorKind) -> Transition | None:
    """The move that `who` makes by `verb` from `state`, or None: there is none."""
    return next(
        (each for each in TRANSITIONS if (each.source, each.action, each.actor_kind) == (state, verb, who)), None
    )


PHONE_ACCEPTANCE_REVOCABLE_FOR = timedelta(hours=24)
"""How long somebody whose yes was heard on the phone has to take it back in writing before anything follows from it."""


_LATE_ANSWER_MESSAGES: dict[MatchState, str | Promise] = {
    MatchState.EXPIRED: _("Sorry: the time to answer was over, so we asked the next person. You lose no turn by it."),
    MatchState.SUPERSEDED: _(
        "Sorry: plans changed before your answer came. You lose no turn, and we go on looking for you."
    ),
}


def explain_late_action(state: str, verb: str) -> str:
    """The sentence for somebody whose `verb` comes too late: the match is in `state` by now."""
    if verb in ("accept", "decline") and MatchState(state) in _LATE_ANSWER_MESSAGES:
        return str(_LATE_ANSWER_MESSAGES[MatchState(state)])
    return _("This is no longer possible: by now it says “%(state)s”. Load the page again to see where it stands.") % {
        "state": MatchState(state).label
    }


def available_actions(state: str, who: ActorKind) -> list[str]:
    """What `who` may do from `state`, in the table's order."""
    return [each.action for each in TRANSITIONS if each.source == state and each.actor_kind == who]
