"""Find the empty places of a request: how many each role has, and why the last run left them empty."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import Request, Role, Seat
from campaigns.queries import requests_visible_to, roles_visible_to
from core.errors import NotFound
from core.models import User
from matching.engine.explain import Emptiness
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.runs.queries.outcomes import find_why_empty
from matching.runs.queries.runs import find_last_full_run
from matching.snapshot.open_seats import open_seats
from volunteers.models import Volunteer
from volunteers.queries import has_profile


@dataclass(frozen=True, slots=True)
class RoleGap:
    """A role with its places: all that are not closed, those that no volunteer holds, those that have a proposal.

    `emptiness` is why the last run left some empty: None where it filled all, or where nothing is known.
    """

    role: Role
    seats: int
    open_seats: int
    proposed: int
    emptiness: Emptiness | None

    @property
    def empty_seats(self) -> int:
        """The places without a holder and without a proposal."""
        return self.open_seats - self.proposed


@dataclass(frozen=True, slots=True)
class RequestGaps:
    """The roles of a request, and the run that says why places are empty; None where the reader may see none."""

    run: Run | None
    roles: list[RoleGap]


def find_request(user: User, request_id: UUID) -> Request:
    """Return the request with this public id. Raises NotFound where the reviewer may not see it."""
    requests = requests_visible_to(user).select_related("campaign")
    request = requests.filter(public_id=request_id).first() if user.is_reviewer else None
    if request is None:
        raise NotFound(_("There is no such request."))
    return request


def find_role(user: User, role_id: UUID) -> Role:
    """Return the role with this public id. Raises NotFound where the reviewer may not see it."""
    roles = roles_visible_to(user).select_related("request__campaign__candidate")
    role = roles.filter(public_id=role_id).first() if user.is_reviewer else None
    if role is None:
        raise NotFound(_("There is no such role. Look it up again and give its id."))
    return role


def find_other_volunteer(user: User, volunteer_id: UUID) -> Volunteer:
    """Return the volunteer with this public id, who is not the reviewer. Raises NotFound."""
    volunteer = Volunteer.objects.filter(public_id=volunteer_id, erased_at=None).first() if user.is_reviewer else None
    if volunteer is None or has_profile(user, volunteer):
        raise NotFound(_("There is no such volunteer. Look them up again and give their id."))
    return volunteer


def find_request_gaps(reader: User, request: Request, *, at: datetime, role: Role | None = None) -> RequestGaps:
    """Return the empty places of a request that the reader may see, or of one of its roles."""
    roles = [role] if role else list(request.roles.select_related("skill"))
    ids = [row.pk for row in roles]
    seats = Seat.objects.filter(role__in=ids, closed_at=None).order_by()
    count = Counter(seats.values_list("role", flat=True))
    free_seats = open_seats(on=at.date(), horizon_days=get_active_policy().horizon_days).filter(role__in=ids)
    free = Counter(free_seats.order_by().values_list("role", flat=True))
    proposals = Match.objects.filter(seat__role__in=ids, state=MatchState.PROPOSED).order_by()
    proposed = Counter(proposals.values_list("seat__role", flat=True))
    run = find_last_full_run(reader)
    reasons = find_why_empty(run, [pk for pk in ids if free[pk] > proposed[pk]]) if run else {}
    gaps = [RoleGap(row, count[row.pk], free[row.pk], proposed[row.pk], reasons.get(row.pk)) for row in roles]
    return RequestGaps(run, gaps)
