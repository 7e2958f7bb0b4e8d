"""Storing what a run found: supersede what it no longer says, keep what it repeats, add what is new.

The pairs go into a temporary table by COPY, so that the checks and the writing are one statement each, however many
there are.
"""

import json
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from campaigns.models import Contest, Request, Seat
from core.errors import Stale
from matching.engine.problem import Problem, Solution
from matching.engine.score import PARTS
from matching.lifecycle.queries.deadlines import review_deadline
from matching.models import Match, Pin, Policy, Run, Veto
from matching.rules.states import STATES_NOT_PROPOSED_AGAIN, MatchState
from matching.snapshot.assembly import Snapshot
from matching.snapshot.requests import open_seats
from matching.snapshot.scope import RunScope
from matching.snapshot.volunteers import proposable_volunteers
from volunteers.models import Volunteer

_STORE_LOCK_KEY = 0x48414E44  # the key of the advisory lock that lets one run store at a time
FOUND_PAIRS_TABLE = "matching_found"  # one row a pair

CREATE_TABLE_SQL = f"""
    CREATE TEMPORARY TABLE {FOUND_PAIRS_TABLE} (
        volunteer_id bigint, seat_id bigint, request_id bigint, due_at timestamptz, parts jsonb, score integer
    ) ON COMMIT DROP
"""

# A repeated pair keeps its row and its clock; its score is today's.
MERGE_PAIRS_SQL = f"""
    MERGE INTO {Match._meta.db_table} AS match USING {FOUND_PAIRS_TABLE} AS found
    ON match.seat_id = found.seat_id AND match.volunteer_id = found.volunteer_id AND match.state = '{MatchState.PROPOSED}'
    WHEN MATCHED THEN UPDATE SET run_id = %(run)s, parts = found.parts, score = found.score
    WHEN NOT MATCHED THEN INSERT (
        public_id, version, run_id, volunteer_id, seat_id, request_id, state, score, parts, reason, note, proposed_at,
        state_changed_at, due_at, is_broadcast
    ) VALUES (
        gen_random_uuid(), 1, %(run)s, found.volunteer_id, found.seat_id, found.request_id, '{MatchState.PROPOSED}',
        found.score, found.parts, '', '', %(at)s, %(at)s, found.due_at, false
    )
"""


class PairKey(NamedTuple):
    """A volunteer and a seat, by their ids."""

    volunteer: int
    seat: int


@transaction.atomic
def store_proposals(run: Run, snapshot: Snapshot, solution: Solution, *, at: datetime) -> int:
    """Makes the solution this run's proposals and returns how many there are, in one short transaction.

    Whatever moved since the snapshot was taken drops its pairs: a seat filled or cut, a person gone, busy otherwise
    or no longer wanted there. Raises Stale, and changes nothing, when another worker has taken the run over.
    """
    _check_run_ownership(run)
    scope = RunScope.of_run(run)
    proposed = Match.objects.filter(state=MatchState.PROPOSED)
    # What a limited run has proposed since this one began stays: it knows of things that this one does not.
    newer = proposed.filter(run__started_at__gt=run.started_at)
    mine = proposed.filter(scope.replaced_proposals).exclude(pk__in=newer)
    found = _assign_seats(snapshot, solution, mine)
    request = snapshot.problem.request_id[snapshot.problem.role_request[solution.role]].tolist()
    due = _review_deadlines_by_request(set(request), run.policy, at)
    with connection.cursor() as cursor:
        cursor.execute(CREATE_TABLE_SQL)
        with cursor.copy(f"COPY {FOUND_PAIRS_TABLE} FROM STDIN") as copy:
            for (volunteer, seat), row in found.items():
                parts = dict(zip(PARTS, solution.parts[row].tolist(), strict=True))
                told = json.dumps(parts), sum(parts.values())
                copy.write_row((volunteer, seat, request[row], due[request[row]], *told))
        cursor.execute(f"ANALYZE {FOUND_PAIRS_TABLE}")
        _lock_found_rows()
        standing = {
            PairKey(*key): pk
            for pk, *key in mine.order_by("pk")
            .select_for_update(no_key=True, of=("self",))
            .values_list("pk", "volunteer_id", "seat_id")
        }
        settled = set(newer.values_list("volunteer_id", flat=True))
        given = proposed.filter(seat__in=_select_found("seat_id")).exclude(pk__in=standing.values())
        taken = set(given.values_list("seat_id", flat=True))
        kept = _filter_valid_pairs(found, run, snapshot.problem, scope, at, settled=settled, taken=taken)
        gone = [key for key in found if key not in kept]
        cursor.execute(
            f"DELETE FROM {FOUND_PAIRS_TABLE} WHERE (volunteer_id, seat_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))",
            [[key.volunteer for key in gone], [key.seat for key in gone]],
        )
        over = Match.objects.filter(pk__in=[pk for key, pk in standing.items() if key not in kept])
        over.update(state=MatchState.SUPERSEDED, state_changed_at=at, due_at=None)
        cursor.execute(MERGE_PAIRS_SQL, {"run": run.pk, "at": at})
        cursor.execute(f"DROP TABLE {FOUND_PAIRS_TABLE}")
    return len(kept)


def _check_run_ownership(run: Run) -> None:
    """Makes sure that this worker still has the run, and that no other run stores meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORE_LOCK_KEY])
    now = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if (now.state, now.attempts) != (Run.State.RUNNING, run.attempts):
        raise Stale("Another worker has taken this run over, so nothing of this one was stored.")


def _assign_seats(snapshot: Snapshot, solution: Solution, mine: "QuerySet[Match]") -> dict[PairKey, int]:
    """Gives each pair a seat of its role: the pinned one, the one proposed before, or the next free one.

    Returns the rows of the solution by pair.
    """
    problem = snapshot.problem
    settled = {(one, role): seat for one, seat, role in mine.values_list("volunteer_id", "seat_id", "seat__role_id")}
    settled |= {
        (one, role): seat for one, seat, role in Pin.objects.values_list("volunteer_id", "seat_id", "seat__role_id")
    }
    taken: dict[int, list[int]] = {}
    for row, role in enumerate(solution.role.tolist()):
        taken.setdefault(role, []).append(row)
    found: dict[PairKey, int] = {}
    for role, rows in sorted(taken.items()):
        free = list(snapshot.seat_ids[role])
        people = {row: int(problem.volunteer_id[solution.volunteer[row]]) for row in rows}
        before = {row: settled.get((people[row], int(problem.role_id[role]))) for row in rows}
        # Pins and seats proposed before are given first, so that nobody is moved to another seat for nothing.
        for row in sorted(rows, key=lambda row: (before[row] is None, people[row])):
            wished = before[row]
            seat = free.pop(free.index(wished) if wished in free else 0)
            found[PairKey(people[row], seat)] = row
    return found


def _review_deadlines_by_request(requests: set[int], policy: Policy, at: datetime) -> dict[int, datetime]:
    """Until when a reviewer has decided, by request."""
    told = Request.objects.filter(pk__in=requests).values_list("pk", "urgent", "campaign__candidate__contest")
    asked = [*told]
    contests = Contest.objects.in_bulk({contest for _, _, contest in asked})
    ends = {
        (urgent, contest): review_deadline(policy, contests[contest], at=at, urgent=urgent)
        for urgent, contest in {(urgent, contest) for _, urgent, contest in asked}
    }
    return {pk: ends[urgent, contest] for pk, urgent, contest in asked}


def _select_found(column: str) -> RawSQL:
    return RawSQL(f"SELECT {column} FROM {FOUND_PAIRS_TABLE}", [])


def _lock_found_rows() -> None:
    """Seats, then volunteers, each in the order of their ids, as approving does: so neither waits for the other."""
    seats = Seat.objects.filter(pk__in=_select_found("seat_id"))
    people = Volunteer.objects.filter(pk__in=_select_found("volunteer_id"))
    for rows in (seats, people):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _filter_valid_pairs(
    found: dict[PairKey, int],
    run: Run,
    problem: Problem,
    scope: RunScope,
    at: datetime,
    *,
    settled: set[int],
    taken: set[int],
) -> set[PairKey]:
    """The pairs that nothing has come between since the snapshot.

    `settled` are volunteers who were proposed since, `taken` seats for which somebody is proposed whom this run leaves.
    """
    theirs = _select_found("volunteer_id")
    seats = open_seats(on=at.date(), horizon_days=run.policy.horizon_days).filter(pk__in=_select_found("seat_id"))
    # What asks for something else since is for the run that follows.
    seats = seats.exclude(role__request__terms_changed_at__gt=run.started_at)
    campaign = dict(seats.values_list("pk", "role__request__campaign_id"))
    request = dict(seats.values_list("pk", "role__request_id"))
    here = set(proposable_volunteers(policy=run.policy, at=at).filter(pk__in=theirs).values_list("pk", flat=True))
    here -= _find_changed_volunteers(problem, {key.volunteer for key in found}, scope)
    matches = Match.objects.filter(volunteer__in=theirs)
    barred = set(matches.filter(state__in=STATES_NOT_PROPOSED_AGAIN).values_list("volunteer_id", "request_id"))
    vetoes = set(Veto.objects.filter(volunteer__in=theirs).values_list("volunteer_id", "campaign_id"))
    return {
        key
        for key in found
        if key.seat in campaign
        and key.seat not in taken
        and key.volunteer in here
        and key.volunteer not in settled
        and (key.volunteer, request[key.seat]) not in barred
        and (key.volunteer, campaign[key.seat]) not in vetoes
    }


def _find_changed_volunteers(problem: Problem, people: set[int], scope: RunScope) -> set[int]:
    """Who of these holds other matches now than in the snapshot: what they had left is no longer true."""
    ids, requests = problem.volunteer_id[problem.held_volunteer], problem.request_id[problem.held_request]
    before = set(zip(ids.tolist(), requests.tolist(), strict=True))
    taken = Match.objects.filter(scope.occupying_matches, volunteer__in=_select_found("volunteer_id"))
    now = set(taken.values_list("volunteer_id", "request_id"))
    return {one for one, _ in before ^ now if one in people}
