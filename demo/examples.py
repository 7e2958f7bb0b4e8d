"""Choose a few matches and empty seats that show a run's result best, each of another skill in another request."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Role, Seat
from demo.logins import VOLUNTEER_EMAIL
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.snapshot.open_seats import open_seats
from volunteers.models import SkillClaim

EXAMPLE_MATCH_COUNT, EXAMPLE_SEAT_COUNT = 5, 3
CAMPAIGN_LOOKUP = "role__request__campaign"

ExampleRow = TypeVar("ExampleRow")


def choose_example_matches() -> list[Match]:
    """Return the best proposals, one a skill, with that of the demo's own volunteer first, if there is one."""
    path = f"seat__{CAMPAIGN_LOOKUP}"
    proposed = Match.objects.filter(state=MatchState.PROPOSED).select_related("volunteer", path, "seat__role__skill")
    own_matches = proposed.filter(volunteer__user__email=VOLUNTEER_EMAIL).order_by("-score", "pk")
    # A few hundred of the best are more than enough to find five skills among.
    rows = [*own_matches, *proposed.order_by("-score", "pk")[:400]]
    return _choose_varied_rows(rows, lambda match: match.seat.role, EXAMPLE_MATCH_COUNT)


def choose_example_empty_seats(run: Run) -> list[Seat]:
    """Return seats in the run's scope that it left empty, of the requests of highest priority first."""
    rows = (
        find_empty_seats(run)
        .select_related(CAMPAIGN_LOOKUP, "role__skill")
        .order_by("-role__request__priority", "role", "number")
    )
    return _choose_varied_rows(rows, lambda seat: seat.role, EXAMPLE_SEAT_COUNT)


def find_empty_seats(run: Run) -> "QuerySet[Seat]":
    """Return the seats that a full run could have filled and that have no proposal."""
    proposed = Match.objects.filter(seat=OuterRef("pk"), state=MatchState.PROPOSED)
    seats = open_seats(on=run.requested_at.date(), horizon_days=run.policy.horizon_days)
    return seats.filter(~Exists(proposed))


def find_claimed_level(match: Match) -> int:
    """Return the level at which the volunteer claims the role's skill, or any skill below it."""
    skill = match.seat.role.skill_id
    claims = SkillClaim.objects.filter(Q(skill=skill) | Q(skill__parent=skill), volunteer=match.volunteer)
    return max(claims.values_list("level", flat=True), default=0)


def _choose_varied_rows(
    rows: Iterable[ExampleRow], role_of: Callable[[ExampleRow], Role], count: int
) -> list[ExampleRow]:
    chosen_rows: list[ExampleRow] = []
    seen_traits: set[tuple[str, object]] = set()
    for row in rows:
        role = role_of(row)
        # Roles of one name, such as leads, tend to stay empty for one reason.
        traits = {("skill", role.skill_id), ("request", role.request_id), ("name", role.name)}
        if traits.isdisjoint(seen_traits):
            chosen_rows.append(row)
            seen_traits |= traits
        if len(chosen_rows) == count:
            break
    return chosen_rows
