"""PostgreSQL to arrays: everything that a run needs, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from campaigns.models import Seat
from core.weekly import Regime, regimes
from matching.engine.problem import Problem, Weights
from matching.models import HOLDS, Match, Pin, Policy, Run, Veto
from matching.models.policy import WEIGHTS
from matching.queries.demand import Demand, demand_arrays, read_demand, taken_by
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
    scope = sorted(run.roles.values_list("pk", flat=True)) if run.limited else None
    people = in_supply(policy=run.policy, at=at, count_unclaimed=run.count_unclaimed)
    return _assemble(run.policy, on=at.date(), roles=scope, people=people, taken=taken_by(limited_to=scope))


def take_pair(match: Match, *, policy: Policy, at: datetime, racing: bool = False) -> Snapshot:
    """The same for one volunteer and one role alone: role row 0, volunteer row 0, or no row where it is out of play.

    With `racing` the pair was asked already, among others, so it is judged whether it may still say yes.
    """
    people = here() if racing else in_supply(policy=policy, at=at)
    taken = HOLDS & Q(volunteer=match.volunteer_id)
    return _assemble(
        policy,
        on=at.date(),
        roles=[match.seat.role_id],
        people=people.filter(pk=match.volunteer_id),
        taken=taken,
        racing=racing,
    )


def take_role(seat: Seat, people: "QuerySet[Volunteer]", *, policy: Policy, at: datetime) -> Snapshot:
    """The same for one role, row 0, and all of these people, beside what each of them holds."""
    taken = HOLDS & Q(volunteer__in=people.values("pk"))
    return _assemble(policy, on=at.date(), roles=[seat.role_id], people=people, taken=taken, racing=True)


def _assemble(
    policy: Policy,
    *,
    on: date,
    roles: Sequence[int] | None,
    people: "QuerySet[Volunteer]",
    taken: Q,
    racing: bool = False,
) -> Snapshot:
    demand = read_demand(on=on, horizon_days=policy.horizon_days, only_roles=roles, taken=taken, racing=racing)
    supply = read_supply(people)
    spells = _regimes(demand, supply, on)
    spoken = sorted({language for role in demand.roles for language in role.languages})[:64]
    language_bit = {language: bit for bit, language in enumerate(spoken)}
    problem = Problem(
        **demand_arrays(demand, on=on, regimes=spells, language_bit=language_bit),
        **supply_arrays(supply, on=on, regimes=spells, language_bit=language_bit),
        **_ties(demand, supply, taken),
        weights=Weights(**{name: getattr(policy, name) for name in WEIGHTS}),
    )
    return Snapshot(problem, demand.seats)


def _regimes(demand: Demand, supply: Supply, on: date) -> list[Regime]:
    last = max((request.ends_on for request in demand.requests), default=on)
    return regimes(demand.zones | supply.zones, on, max(last, on))


def _ties(demand: Demand, supply: Supply, taken: Q) -> dict[str, Any]:
    """What already stands between these volunteers and these requests: matches, vetoes, pins."""
    request_row = demand.row
    role_row = {role.pk: row for row, role in enumerate(demand.roles)}
    matches = Match.objects.filter(volunteer__in=supply.people).order_by("pk")
    held = matches.filter(taken).values_list("volunteer_id", "request_id", "seat__role__hours")
    refused = matches.filter(state__in=TURNED_DOWN).values_list("volunteer_id", "request_id")
    sided = matches.filter(state__in=SERVED)
    sided_rows = sided.values_list("volunteer_id", "request__campaign__candidate__contest_id", "request__campaign_id")
    free = {seat for seats in demand.seats for seat in seats}
    pins = Pin.objects.filter(seat__in=free).order_by("pk").values_list("volunteer_id", "seat__role_id")
    vetoes = Veto.objects.filter(volunteer__in=supply.people).order_by("pk").values_list("volunteer_id", "campaign_id")
    return {
        **supply.columns(held, "held_volunteer", "held_request", "held_hours", second=request_row),
        **supply.columns(refused, "refused_volunteer", "refused_request", second=request_row),
        **supply.columns(sided_rows, "sided_volunteer", "sided_contest", "sided_campaign"),
        **supply.columns(vetoes, "veto_volunteer", "veto_campaign"),
        **supply.columns(pins, "pin_volunteer", "pin_role", second=role_row),
    }
