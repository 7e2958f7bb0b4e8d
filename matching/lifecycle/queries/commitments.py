"""What a volunteer has agreed to do at present."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from matching.models import Match
from matching.rules.states import MatchState
from volunteers.models import Volunteer

STATES_COMMITTED = (MatchState.ACCEPTED, MatchState.ACTIVE)


@dataclass(frozen=True, slots=True)
class Commitments:
    """How many projects a volunteer said yes to, and the hours a week that these take together."""

    projects: int
    hours_per_week: int


def count_commitments(volunteer: Volunteer) -> Commitments:
    """Return the volunteer's agreed and running projects."""
    agreed = Match.objects.filter(volunteer=volunteer, state__in=STATES_COMMITTED)
    totals = agreed.aggregate(projects=Count("pk"), hours=Sum("seat__role__hours_per_week"))
    return Commitments(totals["projects"], totals["hours"] or 0)
