"""Read what belongs beside an offer: what the campaign will see of the volunteer, the other roles, and other work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from campaigns.models import Role
from core.enums import CountBand
from core.models import User
from core.week_mask import Window
from matching.lifecycle.queries.matches import matches_offered_to
from matching.lifecycle.queries.teams import compute_common_hours
from matching.models import Match
from matching.rules.states import STATES_MESSAGING_OPEN
from matching.rules.supply_estimate import count_band
from volunteers.models import SkillClaim


@dataclass(frozen=True, slots=True)
class SeenVolunteer:
    """A volunteer as the campaign sees them from their yes until its own.

    `hours_for_work` are no more than what the volunteer offers beside their other work, however much of their week is
    free. `free_windows` are on the wall clock of `time_zone`.
    """

    first_name: str
    claims: Sequence[SkillClaim]
    hours_for_work: float
    free_windows: Sequence[Window]
    time_zone: str
    vetted_until: date | None
    completed: CountBand


def describe_volunteer_to_campaign(match: Match, *, time_zone: str, at: datetime) -> SeenVolunteer:
    """Return what the campaign sees of the volunteer of a match.

    It was read with `with_people_columns` and `with_other_hours`.
    """
    common = compute_common_hours(match.request, [match.volunteer], time_zone=time_zone, at=at)
    return SeenVolunteer(
        first_name=match.volunteer.first_name,
        claims=sort_claims(match),
        hours_for_work=max(0, min(common.hours, match.volunteer.max_hours_per_week - match.other_hours)),  # type: ignore[attr-defined]
        free_windows=common.windows,
        time_zone=time_zone,
        vetted_until=find_vetting_end(match),
        completed=CountBand(count_band(match.completed)),  # type: ignore[attr-defined]
    )


def sort_claims(match: Match) -> list[SkillClaim]:
    """Return the skills that the volunteer claims, the highest level first."""
    return sorted(match.volunteer.claims.all(), key=lambda claim: (-claim.level, claim.skill.code))


def find_vetting_end(match: Match) -> date | None:
    """Return until when the volunteer is vetted for what the role asks for; None if it asks for nothing."""
    area = match.seat.role.vetted_for
    return max((row.valid_until for row in match.volunteer.vettings.all() if area and row.area == area), default=None)


def list_other_roles(match: Match) -> list[Role]:
    """Return the roles of the team beside the match's own seat, each with `others`, the number of such seats."""
    open_seats = Q(seats__closed_at=None) & ~Q(seats=match.seat_id)
    roles = Role.objects.filter(request=match.request_id).annotate(others=Count("seats", filter=open_seats))
    return list(roles.filter(others__gt=0).order_by("order", "pk"))


def list_other_work(user: User, match: Match) -> list[Match]:
    """Return the user's other matches that take their hours."""
    working = matches_offered_to(user).filter(state__in=STATES_MESSAGING_OPEN).exclude(pk=match.pk)
    return list(working.select_related("request", "seat__role").order_by("pk"))
