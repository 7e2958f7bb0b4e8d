"""Who else could take a seat. Worked out when somebody looks; never rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Seat
from matching.engine.feasibility import Index, feasible, judge
from matching.engine.score import PARTS, parts, worth
from matching.engine.shortlist import best
from matching.models import Match, Policy
from matching.rules.states import MatchState
from matching.snapshot.assembly import take_role_snapshot
from matching.snapshot.volunteers import available_volunteers, proposable_volunteers
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class Alternate:
    """Somebody who fits, with the parts of the score that they would have."""

    volunteer: Volunteer
    parts: dict[str, int]


def broadcast_obstacle(seat: Seat, *, policy: Policy) -> str | None:
    """Why an ordinary place cannot be offered to several at once yet; None: it can."""
    noes = Match.objects.filter(seat=seat, state=MatchState.DECLINED).count()
    if noes >= policy.broadcast_after_declines:
        return None
    return f"A place is offered to several at once after {policy.broadcast_after_declines} noes; so far: {noes}."


def find_alternates(
    seat: Seat,
    *,
    policy: Policy,
    at: datetime,
    most: int,
    among: Collection[int] | None = None,
    besides: Collection[int] = (),
) -> list[Alternate]:
    """The best so many people who could take this seat today beside what they hold, the best first.

    Nobody for a place that is held or no longer needed. In an emergency only those who said that they may be called at
    any time, rested or not. `among`: only these people, by id; `besides`: others than
    these.
    """
    emergency = seat.role.request.emergency
    people = available_volunteers().filter(on_call=True) if emergency else proposable_volunteers(policy=policy, at=at)
    if among is not None:
        people = people.filter(pk__in=among)
    people = people.exclude(pk__in=besides)
    # An open offer of ordinary work keeps nobody from an emergency.
    asked = Match.objects.filter(state=MatchState.OFFERED, request__emergency__in=(True, emergency)).values("volunteer")
    snapshot = take_role_snapshot(seat, people.exclude(pk__in=asked), policy=policy, at=at)
    problem = snapshot.problem
    if not problem.roles or not problem.volunteers or seat.pk not in snapshot.seat_ids[0]:
        return []
    index = Index(problem)
    fit = feasible(index, 0)
    first = fit.rows[best(worth(index, 0, fit), most)]
    table = parts(index, 0, judge(index, 0, first))
    ids = problem.volunteer_id[first].tolist()
    rows = Volunteer.objects.in_bulk(ids)
    return [
        Alternate(rows[pk], dict(zip(PARTS, row, strict=True))) for pk, row in zip(ids, table.tolist(), strict=True)
    ]
