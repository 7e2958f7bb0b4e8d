"""Read everything that a run needs from PostgreSQL into the arrays of a `Problem`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import DataError, transaction
from django.db.models import Q, QuerySet

from campaigns.models import Seat
from core.week_regimes import Regime, split_into_regimes
from matching.engine.problem import Int, Problem, list_weights
from matching.models import HOLDS_SEAT, Match, Policy, Run
from matching.snapshot.available_volunteers import (
    available_volunteers,
    proposable_volunteers,
    volunteers_in_unknown_zones,
)
from matching.snapshot.listed_pairs import read_listed_pairs
from matching.snapshot.open_seats import open_seats
from matching.snapshot.pair_arrays import read_pair_arrays
from matching.snapshot.request_arrays import build_request_side_arrays
from matching.snapshot.requests import RequestColumns, read_request_columns
from matching.snapshot.scope import RunScope
from matching.snapshot.unusable_rows import (
    LeftOutRow,
    list_unusable_requests,
    list_volunteers,
    volunteers_breaking_constraints,
)
from matching.snapshot.volunteer_arrays import build_volunteer_arrays
from matching.snapshot.volunteers import VolunteerColumns, read_volunteer_columns
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A `Problem`, and the seats behind its rows.

    `seat_ids[r]` are the ids of the free seats of role row r, in the order in which they are filled. `left_out` are
    rows of a run that cannot be computed with.
    """

    problem: Problem
    seat_ids: Sequence[Sequence[int]]
    left_out: Sequence[LeftOutRow] = ()


def take_run_snapshot(run: Run, *, at: datetime) -> Snapshot:
    """Read the snapshot of a run, and name the rows that it leaves out.

    Its statements lock nothing. What moves meanwhile is checked again when the result is stored.
    """
    scope = RunScope.of_run(run)
    people = scope.limit_volunteers(
        proposable_volunteers(policy=run.policy, at=at, include_unclaimed=run.include_unclaimed)
    )
    seats = scope.limit_seats(open_seats(on=at.date(), horizon_days=run.policy.horizon_days))
    left_out = list_unusable_requests(seats) + list_volunteers(volunteers_in_unknown_zones(people))

    def assemble(usable_people: "QuerySet[Volunteer]") -> Snapshot:
        occupying = scope.occupying_matches
        # Where the caller has a transaction, a savepoint: a failed statement must not abort all of it.
        with transaction.atomic():
            return _assemble_snapshot(run.policy, on=at.date(), scope=scope, people=usable_people, occupying=occupying)

    try:
        snapshot = assemble(people)
    except (ValueError, OverflowError, DataError):
        # Looking at every row of every volunteer takes long, so only a run that cannot go on does it.
        broken = list_volunteers(volunteers_breaking_constraints(people))
        if not broken:
            raise
        left_out += broken
        snapshot = assemble(people.exclude(public_id__in=[row.id for row in broken]))
    return replace(snapshot, left_out=left_out)


def take_pair_snapshot(
    match: Match,
    *,
    policy: Policy,
    at: datetime,
    has_broadcast_offer: bool = False,
    holds_seat: bool = False,
    ignores_availability: bool = False,
) -> Snapshot:
    """Read the snapshot of one pair: role row 0 and volunteer row 0, or no row for a side that cannot be matched.

    With `has_broadcast_offer` the volunteer has an offer already, so rest and offer limits no longer count. With
    `holds_seat` the same holds, and the match is left out, so that it is not in its own way. With
    `ignores_availability` the volunteer counts whatever their state, rest and offers are.
    """
    has_offer = has_broadcast_offer or holds_seat
    people = available_volunteers() if has_offer else proposable_volunteers(policy=policy, at=at)
    if ignores_availability:
        people = Volunteer.objects.all()
    ignored_match = match.pk if holds_seat else None
    occupying = HOLDS_SEAT & Q(volunteer=match.volunteer_id) & ~Q(pk=ignored_match or 0)
    return _assemble_snapshot(
        policy,
        on=at.date(),
        scope=RunScope(roles=[match.seat.role_id]),
        people=people.filter(pk=match.volunteer_id),
        occupying=occupying,
        include_broadcasts=has_broadcast_offer,
        ignored_match=ignored_match,
    )


def take_role_snapshot(seat: Seat, people: "QuerySet[Volunteer]", *, policy: Policy, at: datetime) -> Snapshot:
    """Read the snapshot of one role, row 0, and of those of these volunteers who claim its skill."""
    scope = RunScope(roles=[seat.role_id])
    people = scope.limit_volunteers(people)
    occupying = HOLDS_SEAT & Q(volunteer__in=people.values("pk"))
    return _assemble_snapshot(
        policy, on=at.date(), scope=scope, people=people, occupying=occupying, include_broadcasts=True
    )


def _assemble_snapshot(
    policy: Policy,
    *,
    on: date,
    scope: RunScope,
    people: "QuerySet[Volunteer]",
    occupying: Q,
    include_broadcasts: bool = False,
    ignored_match: int | None = None,
) -> Snapshot:
    seats = open_seats(
        on=on,
        horizon_days=policy.horizon_days,
        include_broadcasts=include_broadcasts,
        ignored_match=ignored_match,
    )
    demand = read_request_columns(scope.limit_seats(seats), on=on, occupying=occupying)
    supply = read_volunteer_columns(people, languages=demand.languages)
    return Snapshot(_build_problem(policy, demand, supply, on=on, occupying=occupying), demand.seat_ids)


def _build_problem(
    policy: Policy, demand: RequestColumns, supply: VolunteerColumns, *, on: date, occupying: Q
) -> Problem:
    regimes = _shared_regimes(demand, supply, on)
    return Problem(
        **build_request_side_arrays(demand, on=on, regimes=regimes),
        **build_volunteer_arrays(supply, on=on, regimes=regimes),
        **read_pair_arrays(demand, supply, occupying),
        **read_listed_pairs(demand, supply),
        weights=read_weights(policy),
    )


def read_weights(policy: Policy) -> Int:
    """Return the weights of the score under a policy."""
    return list_weights(**policy.weights)


def _shared_regimes(demand: RequestColumns, supply: VolunteerColumns, on: date) -> list[Regime]:
    last = date.fromordinal(max(on.toordinal(), int(demand.requests["last"].max(initial=0))))
    return split_into_regimes({*demand.time_zones, *supply.time_zones}, on, last)
