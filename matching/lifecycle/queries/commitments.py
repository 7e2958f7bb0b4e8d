"""What a volunteer has agreed to do at present."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from matching.models import Match
from matching.rules.states import MatchState
from volunteers.models import Volunteer

STATES_COMMITTED = (MatchState.ACCEPTED, MatchState.ACTIVE)


@dataclass(frozen=True, slots=True)
class Commitments:
    """How many projects a volunteer said yes to, and the hours a week that these take together.

    `pending` of the projects have not said yes to the volunteer yet.
    """

    projects: int
    pending: int
    hours_per_week: int

    @property
    def agreed(self) -> int:
        """Return in how many projects both sides said yes."""
        return self.projects - self.pending


def count_commitments(volunteer: Volunteer) -> Commitments:
    """Return the volunteer's agreed and running projects."""
    agreed = Match.objects.filter(volunteer=volunteer, state__in=STATES_COMMITTED)
    totals = agreed.aggregate(
        projects=Count("pk"),
        pending=Count("pk", filter=Q(state=MatchState.ACCEPTED)),
        hours=Sum("seat__role__hours_per_week"),
    )
    return Commitments(totals["projects"], totals["pending"], totals["hours"] or 0)


def list_commitments(volunteer: Volunteer) -> list[Match]:
    """Return the matches to which the volunteer said yes and whose work is not over, with their requests."""
    agreed = Match.objects.filter(volunteer=volunteer, state__in=STATES_COMMITTED)
    return list(agreed.select_related("request").order_by("pk"))
