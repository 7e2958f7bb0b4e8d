"""Send offers, to one volunteer or to several at once."""

from datetime import datetime

from matching.lifecycle.actions.interests import end_interest_by_offer
from matching.lifecycle.actions.notifications import notify_about_match
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.queries.deadlines import offer_clock_columns
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.transitions import ActorKind
from volunteers.actions.answers import record_answers


def send_offer(match: Match, *, at: datetime) -> None:
    """Offer an approved match to its volunteer: start the clock and enqueue the notice."""
    prepare_transition(match, "offer", ActorKind.SYSTEM)(at=at, offered_at=at, **offer_clock_columns(match, at=at))
    record_answers([match.volunteer_id])
    end_interest_by_offer(match, at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.OFFER, match, at=at)


def send_broadcast_offer(match: Match, actor_kind: ActorKind, *, at: datetime) -> None:
    """Offer a match as one of several for a seat: it holds nothing, and the first acceptance takes the seat."""
    prepare_transition(match, "broadcast", actor_kind)(
        at=at, offered_at=at, is_broadcast=True, **offer_clock_columns(match, at=at)
    )
    record_answers([match.volunteer_id])
    end_interest_by_offer(match, at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.OFFER, match, at=at)
