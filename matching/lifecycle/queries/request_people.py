"""Count the people of one request by stage, and how long places took to fill. No person is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import quantiles

from django.db.models import Count, Max

from campaigns.models import Request
from core.models import User
from matching.lifecycle.queries.matches import placements_visible_to
from matching.models import Match
from matching.rules.states import MatchState

MIN_CASES_FOR_FILL_DAYS = 50
"""Of fewer filled places no time is told: it would be a guess, and could be read as that of one campaign."""
_MAX_CASES = 500


@dataclass(frozen=True, slots=True)
class FillDays:
    """How many days the middle half of the latest `case_count` filled places took, from publication to the yes."""

    shortest: int
    longest: int
    case_count: int


def find_asked_until(user: User, request: Request) -> dict[int, datetime]:
    """Return for each role, by its id, when the last open offer ends; for those who see the campaign's people."""
    offers = placements_visible_to(user).filter(request=request, state=MatchState.OFFERED, seat__closed_at=None)
    rows = offers.filter(due_at__isnull=False).order_by().values_list("seat__role").annotate(until=Max("due_at"))
    return dict(rows)


def count_known_people(user: User, request: Request) -> dict[MatchState, int]:
    """Return how many places of a request have a person at each stage that its campaign knows of.

    An offer to several people for one place counts once, as a campaign is not told how many are asked.
    """
    rows = placements_visible_to(user).filter(request=request).order_by().values_list("state")
    return {MatchState(state): count for state, count in rows.annotate(count=Count("seat", distinct=True))}


def find_fill_days() -> FillDays | None:
    """Return how long the latest places took to fill, over all campaigns; None under `MIN_CASES_FOR_FILL_DAYS`."""
    said_yes = Match.objects.filter(
        campaign_asked_at__isnull=False, request__emergency=False, request__published_at__isnull=False
    )
    rows = said_yes.order_by("-pk").values_list("request__published_at", "campaign_asked_at")[:_MAX_CASES]
    return summarize_fill_days([max(0, (asked - published).days) for published, asked in rows if published and asked])


def summarize_fill_days(days: Sequence[int]) -> FillDays | None:
    """Return the quarter and the three quarters of these numbers of days; None of too few."""
    if len(days) < MIN_CASES_FOR_FILL_DAYS:
        return None
    lower, _middle, upper = quantiles(days, n=4, method="inclusive")
    return FillDays(max(1, int(lower)), max(1, round(upper)), len(days))
