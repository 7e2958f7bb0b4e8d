"""The pairs that a run has found, in a temporary table. Their rows are locked, and the valid ones picked."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from campaigns.models import Request, Seat
from matching.engine.problem import Problem
from matching.models import Match, Run, Veto
from matching.rules.states import STATES_NOT_PROPOSED_AGAIN
from matching.snapshot.available_volunteers import proposable_volunteers
from matching.snapshot.open_seats import open_seats
from matching.snapshot.scope import RunScope
from volunteers.models import Volunteer

FOUND_PAIRS_TABLE = "matching_found"  # one row for each pair of the solution

CREATE_TABLE_SQL = f"""
    CREATE TEMPORARY TABLE {FOUND_PAIRS_TABLE} (
        volunteer_id bigint, seat_id bigint, request_id bigint, due_at timestamptz, score_parts jsonb, score integer
    ) ON COMMIT DROP
"""


class PairKey(NamedTuple):
    """A volunteer and a seat, by their ids."""

    volunteer: int
    seat: int


class FreeRows(NamedTuple):
    """The ids of the rows that this run has locked."""

    requests: set[int]
    seats: set[int]
    volunteers: set[int]


def select_found(column: str) -> RawSQL:
    """Return the subquery of this column of the pairs that are found."""
    return RawSQL(f"SELECT {column} FROM {FOUND_PAIRS_TABLE}", [])


def lock_found_rows() -> FreeRows:
    """Lock the requests, the seats and the volunteers that no other transaction holds, each in the order of their ids.

    What is held is being changed, for nobody knows how long: its pairs are left to the next run. So one transaction
    that is stuck holds up no run.
    """
    # Approving locks in the same order, so that neither can wait for the other in a circle. The new matches refer to
    # their requests, so the weakest lock on these is enough; Django has no name for it.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {Request._meta.db_table} WHERE id IN (SELECT request_id FROM {FOUND_PAIRS_TABLE})"
            " ORDER BY id FOR KEY SHARE SKIP LOCKED"
        )
        requests = {pk for (pk,) in cursor}
    seats = Seat.objects.filter(pk__in=select_found("seat_id")).order_by("pk")
    people = Volunteer.objects.filter(pk__in=select_found("volunteer_id")).order_by("pk")
    free_seats, free_people = (rows.select_for_update(no_key=True, skip_locked=True) for rows in (seats, people))
    return FreeRows(
        requests=requests,
        seats=set(free_seats.values_list("pk", flat=True)),
        volunteers=set(free_people.values_list("pk", flat=True)),
    )


def filter_valid_pairs(
    pairs: dict[PairKey, int],
    run: Run,
    problem: Problem,
    scope: RunScope,
    at: datetime,
    *,
    free: FreeRows,
    settled: set[int],
    taken: set[int],
) -> set[PairKey]:
    """Return the pairs that are still valid.

    `free` are the rows that are locked for this run. `settled` are the ids of volunteers who have been proposed since
    the snapshot, or are being decided about. `taken` are the ids of seats for which another run has proposed a person.
    """
    volunteer_ids = select_found("volunteer_id")
    seats = open_seats(on=at.date(), horizon_days=run.policy.horizon_days).filter(pk__in=select_found("seat_id"))
    # A request whose terms have changed since the snapshot is left to the run that the change has queued.
    seats = seats.exclude(role__request__terms_changed_at__gt=run.started_at)
    campaign_of_seat = dict(seats.values_list("pk", "role__request__campaign_id"))
    request_of_seat = dict(seats.values_list("pk", "role__request_id"))
    available = set(
        proposable_volunteers(policy=run.policy, at=at).filter(pk__in=volunteer_ids).values_list("pk", flat=True)
    )
    available -= _find_changed_volunteers(problem, {key.volunteer for key in pairs}, scope)
    matches = Match.objects.filter(volunteer__in=volunteer_ids)
    excluded_pairs = set(matches.filter(state__in=STATES_NOT_PROPOSED_AGAIN).values_list("volunteer_id", "request_id"))
    vetoes = set(Veto.objects.filter(volunteer__in=volunteer_ids).values_list("volunteer_id", "campaign_id"))
    return {
        key
        for key in pairs
        if key.seat in free.seats
        and key.volunteer in free.volunteers
        and key.seat in campaign_of_seat
        and request_of_seat[key.seat] in free.requests
        and key.seat not in taken
        and key.volunteer in available
        and key.volunteer not in settled
        and (key.volunteer, request_of_seat[key.seat]) not in excluded_pairs
        and (key.volunteer, campaign_of_seat[key.seat]) not in vetoes
    }


def _find_changed_volunteers(problem: Problem, people: set[int], scope: RunScope) -> set[int]:
    """Return those of `people` who hold other matches now than in the snapshot: their remaining hours have changed."""
    ids, requests = problem.volunteer_id[problem.held_volunteer], problem.request_id[problem.held_request]
    former_pairs = set(zip(ids.tolist(), requests.tolist(), strict=True))
    occupying = Match.objects.filter(scope.occupying_matches, volunteer__in=select_found("volunteer_id"))
    current_pairs = set(occupying.values_list("volunteer_id", "request_id"))
    return {volunteer for volunteer, _ in former_pairs ^ current_pairs if volunteer in people}
