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
from matching.models import HOLDS_SEAT, Match, Pin, Policy, Run, Veto
from matching.models.policy import WEIGHT_FIELDS
from matching.rules.states import STATES_COUNTS_AS_SERVICE, STATES_NOT_PROPOSED_AGAIN
from matching.snapshot.requests import RequestColumns, build_request_side_arrays, read_request_columns
from matching.snapshot.scope import RunScope
from matching.snapshot.volunteers import (
    VolunteerColumns,
    available_volunteers,
    build_volunteer_arrays,
    proposable_volunteers,
    read_volunteer_columns,
)
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A Problem, and the rows behind it.

    `seats[r]` are the ids of the free seats of role row r, in the order in which they are to be filled.
    """

    problem: Problem
    seat_ids: Sequence[Sequence[int]]


def take_run_snapshot(run: Run, *, at: datetime) -> Snapshot:
    """What this run is about, as things stand.

    A few statements that lock nothing: what moves meanwhile is checked again when the answer is stored.
    """
    scope = RunScope.of_run(run)
    people = scope.limit_volunteers(
        proposable_volunteers(policy=run.policy, at=at, include_unclaimed=run.include_unclaimed)
    )
    return _assemble_snapshot(run.policy, on=at.date(), scope=scope, people=people, taken=scope.occupying_matches)


def take_pair_snapshot(
    match: Match, *, policy: Policy, at: datetime, racing: bool = False, holding: bool = False
) -> Snapshot:
    """The same for one volunteer and one role alone: role row 0, volunteer row 0, or no row where it is out of play.

    With `racing` the pair was asked already, among others, so it is judged whether it may still say yes; with `holding`
    the match holds its place, so it is judged as if it did not.
    """
    people = available_volunteers() if racing or holding else proposable_volunteers(policy=policy, at=at)
    own = match.pk if holding else None
    taken = HOLDS_SEAT & Q(volunteer=match.volunteer_id) & ~Q(pk=own or 0)
    return _assemble_snapshot(
        policy,
        on=at.date(),
        scope=RunScope(roles=[match.seat.role_id]),
        people=people.filter(pk=match.volunteer_id),
        taken=taken,
        racing=racing,
        apart_from=own,
    )


def take_role_snapshot(seat: Seat, people: "QuerySet[Volunteer]", *, policy: Policy, at: datetime) -> Snapshot:
    """The same for one role, row 0, and whoever of these people claims its skill, beside what each of them holds."""
    scope = RunScope(roles=[seat.role_id])
    people = scope.limit_volunteers(people)
    taken = HOLDS_SEAT & Q(volunteer__in=people.values("pk"))
    return _assemble_snapshot(policy, on=at.date(), scope=scope, people=people, taken=taken, racing=True)


def _assemble_snapshot(
    policy: Policy,
    *,
    on: date,
    scope: RunScope,
    people: "QuerySet[Volunteer]",
    taken: Q,
    racing: bool = False,
    apart_from: int | None = None,
) -> Snapshot:
    demand = read_request_columns(
        on=on,
        horizon_days=policy.horizon_days,
        scope=scope,
        taken=taken,
        racing=racing,
        apart_from=apart_from,
    )
    supply = read_volunteer_columns(people, languages=demand.languages)
    spells = _shared_regimes(demand, supply, on)
    problem = Problem(
        **build_request_side_arrays(demand, on=on, regimes=spells),
        **build_volunteer_arrays(supply, on=on, regimes=spells),
        **_pair_arrays(demand, supply, taken),
        weights=Weights(**{part: getattr(policy, field) for part, field in WEIGHT_FIELDS.items()}),
    )
    return Snapshot(problem, demand.seat_ids)


def _shared_regimes(demand: RequestColumns, supply: VolunteerColumns, on: date) -> list[Regime]:
    last = date.fromordinal(max(on.toordinal(), int(demand.requests["last"].max(initial=0))))
    return split_into_regimes({*demand.time_zones, *supply.time_zones}, on, last)


def _pair_arrays(demand: RequestColumns, supply: VolunteerColumns, taken: Q) -> dict[str, Any]:
    """What already stands between these volunteers and these requests: matches, vetoes, pins."""
    requests, roles = demand.requests["id"], demand.roles["id"]
    matches = Match.objects.order_by("pk")
    contest = "request__campaign__candidate__contest_id"
    held = supply.read_owned_columns(matches.filter(taken), request=F("request_id"), hours=F("seat__role__hours"))
    refused = supply.read_owned_columns(matches.filter(state__in=STATES_NOT_PROPOSED_AGAIN), request=F("request_id"))
    sided = supply.read_owned_columns(
        matches.filter(state__in=STATES_COUNTS_AS_SERVICE), contest=F(contest), campaign=F("request__campaign_id")
    )
    vetoes = supply.read_owned_columns(Veto.objects.order_by("pk"), campaign=F("campaign_id"))
    pins = supply.read_owned_columns(Pin.objects.order_by("pk"), seat=F("seat_id"), role=F("seat__role_id"))
    free = np.array(sorted(seat for seats in demand.seat_ids for seat in seats), np.int64)
    pins = _keep_known_rows(pins, "seat", free)
    return {
        **_prefix_columns(_keep_known_rows(held, "request", requests), "held", "request", "hours"),
        **_prefix_columns(_keep_known_rows(refused, "request", requests), "refused", "request"),
        **_prefix_columns(sided, "sided", "contest", "campaign"),
        **_prefix_columns(vetoes, "veto", "campaign"),
        **_prefix_columns(_keep_known_rows(pins, "role", roles), "pin", "role"),
    }


def _keep_known_rows(found: dict[str, Int], name: str, ids: Int) -> dict[str, Int]:
    """With ids turned into row numbers; what is not in play falls out, as it cannot be in anybody's way."""
    rows = find_positions(ids, found[name])
    return {key: column[rows >= 0] for key, column in (found | {name: rows}).items()}


def _prefix_columns(found: dict[str, Int], what: str, *names: str) -> dict[str, Int]:
    """As the Problem names these columns."""
    return {f"{what}_volunteer": found["owner"]} | {f"{what}_{name}": found[name] for name in names}
