"""Send offers, to one volunteer or to several at once."""

from datetime import datetime

from matching.lifecycle.actions.notifications import notify_about_match
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.queries.deadlines import offer_clock_columns
from matching.models import Match
from matching.rules.transitions import ActorKind


def send_offer(match: Match, *, at: datetime) -> None:
    """Puts the question to the volunteer: the offer's clock starts, and the notice is owed."""
    prepare_transition(match, "offer", ActorKind.SYSTEM)(at=at, offered_at=at, **offer_clock_columns(match, at=at))
    notify_about_match(match.volunteer.user, "offer", match, at=at)


def send_broadcast_offer(match: Match, who: ActorKind, *, at: datetime) -> None:
    """The same beside others: the offer holds nothing, and the first yes takes the place."""
    prepare_transition(match, "broadcast", who)(
        at=at, offered_at=at, is_broadcast=True, **offer_clock_columns(match, at=at)
    )
    notify_about_match(match.volunteer.user, "offer", match, at=at)
