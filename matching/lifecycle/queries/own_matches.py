"""Read what a volunteer sees of their own matches."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min

from core.models import User
from matching.lifecycle.queries.matches import matches_offered_to, with_offer_columns, with_other_hours
from matching.models import Match
from matching.rules.states import MatchState

MAX_OWN_MATCHES_LISTED = 50

StateDates = dict[str, datetime]
"""When a match first came to each of its states."""


def list_own_matches(user: User) -> list[Match]:
    """Return a user's own matches with all that pages show of them, the latest change first."""
    matches = with_offer_columns(matches_offered_to(user))
    return list(matches.order_by("-state_changed_at", "-pk")[:MAX_OWN_MATCHES_LISTED])


def find_own_match(user: User, public_id: UUID) -> Match | None:
    """Return one of a user's own matches with all that pages show of it; None for any other."""
    matches = with_other_hours(with_offer_columns(matches_offered_to(user)))
    return matches.filter(public_id=public_id).first()


def find_state_dates(matches: Sequence[Match]) -> dict[int, StateDates]:
    """Return for each match, by its id, when it came to its states. Their history knows it."""
    dates: dict[int, StateDates] = {match.pk: {} for match in matches}
    events = Match.pgh_event_model.objects.filter(pgh_obj__in=list(dates))  # type: ignore[attr-defined]
    for match_id, state, first in events.values_list("pgh_obj", "state").annotate(first=Min("state_changed_at")):
        dates[match_id][state] = first
    return dates


def count_weeks_of_work(dates: StateDates) -> int:
    """Return how many weeks a match that was completed took, from both yeses to the end of the work; none is 0."""
    began = dates.get(MatchState.ACTIVE)
    ended = dates.get(MatchState.CLOSING) or dates.get(MatchState.COMPLETED)
    return round((ended - began) / timedelta(weeks=1)) if began and ended else 0


def has_begun_work(user: User) -> bool:
    """Return whether the user is at work for a campaign, or has completed work."""
    begun = (MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)
    return Match.objects.filter(volunteer__user=user, state__in=begun).exists()
