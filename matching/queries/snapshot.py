"""PostgreSQL to arrays: everything that a run needs, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet

from campaigns.models import Seat
from core.numpy_columns import find_positions
from core.week_mask import Regime, split_into_regimes
from matching.engine.problem import Int, Problem, Weights
from matching.models import HOLDS, Match, Pin, Policy, Run, Veto
from matching.models.policy import WEIGHTS
from matching.queries.demand import Demand, demand_arrays, read_demand
from matching.queries.scope import Scope
from matching.queries.supply import Supply, here, in_supply, read_supply, supply_arrays
from matching.rules import SERVED, TURNED_DOWN
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A Problem, and the rows behind it.

    `seats[r]` are the ids of the free seats of role row r, in the order in which they are to be filled.
    """

    problem: Problem
    seats: Sequence[Sequence[int]]


def take(run: Run, *, at: datetime) -> Snapshot:
    """What this run is about, as things stand.

    A few statements that lock nothing: what moves meanwhile is checked again when the answer is stored.
    """
    scope = Scope.of(run)
    people = scope.people(in_supply(policy=run.policy, at=at, count_unclaimed=run.count_unclaimed))
    return _assemble(run.policy, on=at.date(), scope=scope, people=people, taken=scope.taken)


def take_pair(match: Match, *, policy: Policy, at: datetime, racing: bool = False, holding: bool = False) -> Snapshot:
    """The same for one volunteer and one role alone: role row 0, volunteer row 0, or no row where it is out of play.

    With `racing` the pair was asked already, among others, so it is judged whether it may still say yes; with `holding`
    the match holds its place, so it is judged as if it did not.
    """
    people = here() if racing or holding else in_supply(policy=policy, at=at)
    own = match.pk if holding else None
    taken = HOLDS & Q(volunteer=match.volunteer_id) & ~Q(pk=own or 0)
    return _assemble(
        policy,
        on=at.date(),
        scope=Scope(roles=[match.seat.role_id]),
        people=people.filter(pk=match.volunteer_id),
        taken=taken,
        racing=racing,
        apart_from=own,
    )


def take_role(seat: Seat, people: "QuerySet[Volunteer]", *, policy: Policy, at: datetime) -> Snapshot:
    """The same for one role, row 0, and whoever of these people claims its skill, beside what each of them holds."""
    scope = Scope(roles=[seat.role_id])
    people = scope.people(people)
    taken = HOLDS & Q(volunteer__in=people.values("pk"))
    return _assemble(policy, on=at.date(), scope=scope, people=people, taken=taken, racing=True)


def _assemble(
    policy: Policy,
    *,
    on: date,
    scope: Scope,
    people: "QuerySet[Volunteer]",
    taken: Q,
    racing: bool = False,
    apart_from: int | None = None,
) -> Snapshot:
    demand = read_demand(
        on=on,
        horizon_days=policy.horizon_days,
        scope=scope,
        taken=taken,
        racing=racing,
        apart_from=apart_from,
    )
    supply = read_supply(people, languages=demand.languages)
    spells = _regimes(demand, supply, on)
    problem = Problem(
        **demand_arrays(demand, on=on, regimes=spells),
        **supply_arrays(supply, on=on, regimes=spells),
        **_ties(demand, supply, taken),
        weights=Weights(**{name: getattr(policy, name) for name in WEIGHTS}),
    )
    return Snapshot(problem, demand.seats)


def _regimes(demand: Demand, supply: Supply, on: date) -> list[Regime]:
    last = date.fromordinal(max(on.toordinal(), int(demand.requests["last"].max(initial=0))))
    return split_into_regimes({*demand.zones, *supply.zones}, on, last)


def _ties(demand: Demand, supply: Supply, taken: Q) -> dict[str, Any]:
    """What already stands between these volunteers and these requests: matches, vetoes, pins."""
    requests, roles = demand.requests["id"], demand.roles["id"]
    matches = Match.objects.order_by("pk")
    contest = "request__campaign__candidate__contest_id"
    held = supply.those(matches.filter(taken), request=F("request_id"), hours=F("seat__role__hours"))
    refused = supply.those(matches.filter(state__in=TURNED_DOWN), request=F("request_id"))
    sided = supply.those(matches.filter(state__in=SERVED), contest=F(contest), campaign=F("request__campaign_id"))
    vetoes = supply.those(Veto.objects.order_by("pk"), campaign=F("campaign_id"))
    pins = supply.those(Pin.objects.order_by("pk"), seat=F("seat_id"), role=F("seat__role_id"))
    free = np.array(sorted(seat for seats in demand.seats for seat in seats), np.int64)
    pins = _known(pins, "seat", free)
    return {
        **_named(_known(held, "request", requests), "held", "request", "hours"),
        **_named(_known(refused, "request", requests), "refused", "request"),
        **_named(sided, "sided", "contest", "campaign"),
        **_named(vetoes, "veto", "campaign"),
        **_named(_known(pins, "role", roles), "pin", "role"),
    }


def _known(found: dict[str, Int], name: str, ids: Int) -> dict[str, Int]:
    """With ids turned into row numbers; what is not in play falls out, as it cannot be in anybody's way."""
    rows = find_positions(ids, found[name])
    return {key: column[rows >= 0] for key, column in (found | {name: rows}).items()}


def _named(found: dict[str, Int], what: str, *names: str) -> dict[str, Int]:
    """As the Problem names these columns."""
    return {f"{what}_volunteer": found["owner"]} | {f"{what}_{name}": found[name] for name in names}
