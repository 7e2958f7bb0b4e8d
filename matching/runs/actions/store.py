"""Store the proposals of a run: supersede those it does not repeat, keep those it repeats, and add new ones.

The pairs are copied into a temporary table, so that checks and writes take one statement each, however many pairs there
are.
"""

import json
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Contest, Request
from core.database_trouble import lengthen_timeouts
from core.errors import Stale
from matching.engine.problem import Solution
from matching.lifecycle.queries.deadlines import review_deadline
from matching.models import Match, Pin, Policy, Run
from matching.rules.score_parts import PART_NAMES
from matching.rules.states import MatchState
from matching.runs.actions.found_pairs import (
    CREATE_TABLE_SQL,
    FOUND_PAIRS_TABLE,
    PairKey,
    filter_valid_pairs,
    lock_found_rows,
    select_found,
)
from matching.snapshot.assembly import Snapshot
from matching.snapshot.scope import RunScope

# To store a run over a million volunteers takes about half a minute, and a run over some roles waits for it.
MAX_WAIT_SECONDS = 120
MAX_STATEMENT_SECONDS = 900
_STORE_LOCK_KEY = 0x48414E44  # of the advisory lock that lets one run store at a time


# A repeated pair keeps its row and its clock, and gets the new score.
MERGE_PAIRS_SQL = f"""
    MERGE INTO {Match._meta.db_table} AS match USING {FOUND_PAIRS_TABLE} AS found
    ON match.seat_id = found.seat_id AND match.volunteer_id = found.volunteer_id
        AND match.state = '{MatchState.PROPOSED}'
    WHEN MATCHED THEN UPDATE SET run_id = %(run)s, score_parts = found.score_parts, score = found.score
    WHEN NOT MATCHED THEN INSERT (
        public_id, version, run_id, volunteer_id, seat_id, request_id, state, score, score_parts, reason, note,
        proposed_at, state_changed_at, due_at, is_broadcast
    ) VALUES (
        gen_random_uuid(), 1, %(run)s, found.volunteer_id, found.seat_id, found.request_id, '{MatchState.PROPOSED}',
        found.score, found.score_parts, '', '', %(at)s, %(at)s, found.due_at, false
    )
"""


@transaction.atomic
def store_proposals(run: Run, snapshot: Snapshot, solution: Solution, *, at: datetime) -> int:
    """Make the solution this run's proposals, in one short transaction. Return how many there are.

    Pairs that are no longer valid since the snapshot are left out. That is so when the seat was filled or closed, or
    the volunteer left, is busy elsewhere or is vetoed there. Raises Stale, and changes nothing, when another worker has
    taken the run over.
    """
    _check_run_ownership(run)
    scope = RunScope.of_run(run)
    proposed = Match.objects.filter(state=MatchState.PROPOSED)
    # Proposals that a limited run has made since this one started stay: its snapshot is the newer one.
    # So does one whose approval was undone since, which has another version: to this snapshot its seat was held.
    undone = Q(version__gt=1, state_changed_at__gt=run.started_at)
    newer_proposals = proposed.filter(undone | Q(run__started_at__gt=run.started_at))
    own_proposals = proposed.filter(scope.replaced_proposals).exclude(pk__in=newer_proposals)
    row_of_pair = _assign_seats(snapshot, solution, own_proposals)
    request_ids = snapshot.problem.request_id[snapshot.problem.role_request[solution.role]].tolist()
    deadlines = _review_deadlines_by_request(set(request_ids), run.policy, at)
    with connection.cursor() as cursor:
        cursor.execute(CREATE_TABLE_SQL)
        with cursor.copy(f"COPY {FOUND_PAIRS_TABLE} FROM STDIN") as copy:
            for (volunteer, seat), row in row_of_pair.items():
                parts = dict(zip(PART_NAMES, solution.parts[row].tolist(), strict=True))
                score_columns = json.dumps(parts), sum(parts.values())
                copy.write_row((volunteer, seat, request_ids[row], deadlines[request_ids[row]], *score_columns))
        cursor.execute(f"ANALYZE {FOUND_PAIRS_TABLE}")
        free = lock_found_rows()
        standing_pks = _lock_standing_proposals(own_proposals)
        settled_ids = set(newer_proposals.values_list("volunteer_id", flat=True))
        # Those who decide about a proposal at this moment hold it. It stays, and its volunteer gets no other one.
        settled_ids |= set(own_proposals.exclude(pk__in=standing_pks.values()).values_list("volunteer_id", flat=True))
        other_proposals = proposed.filter(seat__in=select_found("seat_id")).exclude(pk__in=standing_pks.values())
        taken_ids = set(other_proposals.values_list("seat_id", flat=True))
        valid_pairs = filter_valid_pairs(
            row_of_pair, run, snapshot.problem, scope, at, free=free, settled=settled_ids, taken=taken_ids
        )
        _delete_found_pairs([key for key in row_of_pair if key not in valid_pairs])
        superseded = Match.objects.filter(pk__in=[pk for key, pk in standing_pks.items() if key not in valid_pairs])
        superseded.update(state=MatchState.SUPERSEDED, state_changed_at=at, due_at=None)
        cursor.execute(MERGE_PAIRS_SQL, {"run": run.pk, "at": at})
        cursor.execute(f"DROP TABLE {FOUND_PAIRS_TABLE}")
    return len(valid_pairs)


def _delete_found_pairs(pairs: list[PairKey]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {FOUND_PAIRS_TABLE}"
            " WHERE (volunteer_id, seat_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))",
            [[key.volunteer for key in pairs], [key.seat for key in pairs]],
        )


def _lock_standing_proposals(proposals: "QuerySet[Match]") -> dict[PairKey, int]:
    rows = proposals.order_by("pk").select_for_update(no_key=True, of=("self",), skip_locked=True)
    return {PairKey(*key): pk for pk, *key in rows.values_list("pk", "volunteer_id", "seat_id")}


def _check_run_ownership(run: Run) -> None:
    """Check that this worker still owns the run, and keep other runs from storing until the transaction ends."""
    lengthen_timeouts(lock=MAX_WAIT_SECONDS, statement=MAX_STATEMENT_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORE_LOCK_KEY])
    now = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if (now.state, now.attempts) != (Run.State.RUNNING, run.attempts):
        raise Stale(_("Another worker has taken this run over, so nothing was stored."))


def _assign_seats(snapshot: Snapshot, solution: Solution, own_proposals: "QuerySet[Match]") -> dict[PairKey, int]:
    """Assign each pair a seat of its role: the pinned one, the one proposed before, or the next free one.

    Return the row of the solution for each pair.
    """
    problem = snapshot.problem
    seat_of_pair = {
        (volunteer, role): seat
        for volunteer, seat, role in own_proposals.values_list("volunteer_id", "seat_id", "seat__role_id")
    }
    seat_of_pair |= {
        (volunteer, role): seat
        for volunteer, seat, role in Pin.objects.values_list("volunteer_id", "seat_id", "seat__role_id")
    }
    rows_of_role: dict[int, list[int]] = {}
    for row, role in enumerate(solution.role.tolist()):
        rows_of_role.setdefault(role, []).append(row)
    row_of_pair: dict[PairKey, int] = {}
    for role, rows in sorted(rows_of_role.items()):
        free_seats = list(snapshot.seat_ids[role])
        volunteer_ids = {row: int(problem.volunteer_id[solution.volunteer[row]]) for row in rows}
        former_seats = {row: seat_of_pair.get((volunteer_ids[row], int(problem.role_id[role]))) for row in rows}
        # Volunteers with a former seat choose first, so that none is moved to another seat without need.
        for row in sorted(rows, key=lambda row: (former_seats[row] is None, volunteer_ids[row])):
            former_seat = former_seats[row]
            seat = free_seats.pop(free_seats.index(former_seat) if former_seat in free_seats else 0)
            row_of_pair[PairKey(volunteer_ids[row], seat)] = row
    return row_of_pair


def _review_deadlines_by_request(requests: set[int], policy: Policy, at: datetime) -> dict[int, datetime]:
    """Return the end of the reviewer's clock for each request id."""
    columns = ("pk", "urgent", "campaign__candidate__contest")
    rows = list(Request.objects.filter(pk__in=requests).values_list(*columns))
    contests = Contest.objects.in_bulk({contest for _, _, contest in rows})
    ends = {
        (urgent, contest): review_deadline(policy, contests[contest], at=at, urgent=urgent)
        for urgent, contest in {(urgent, contest) for _, urgent, contest in rows}
    }
    return {pk: ends[urgent, contest] for pk, urgent, contest in rows}
