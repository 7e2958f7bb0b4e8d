"""Storing what a run found: supersede what it no longer says, keep what it repeats, add what is new."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from campaigns.models import Request, Seat
from core.errors import Stale
from matching.engine.problem import Problem, Solution
from matching.engine.score import PARTS
from matching.models import Match, Pin, Run, Veto
from matching.queries.answers import review_ends
from matching.queries.demand import open_seats, taken_by
from matching.queries.snapshot import Snapshot
from matching.queries.supply import in_supply
from matching.rules import TURNED_DOWN, State
from volunteers.models import Volunteer

_STORING = 0x48414E44  # the key of the advisory lock that lets one run store at a time


class Key(NamedTuple):
    """A volunteer and a seat, by their ids."""

    volunteer: int
    seat: int


REPEAT = f"""
    UPDATE {Match._meta.db_table} AS match SET run_id = %s, parts = new.parts::jsonb, score = new.score
    FROM unnest(%s::bigint[], %s::text[], %s::int[]) AS new (id, parts, score)
    WHERE match.id = new.id
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be stored for a pair."""

    request: int
    parts: dict[str, int]


@transaction.atomic
def store(run: Run, snapshot: Snapshot, solution: Solution, *, at: datetime) -> int:
    """Makes the solution this run's proposals and returns how many there are, in one short transaction.

    Whatever moved since the snapshot was taken drops its pairs: a seat filled or cut, a person gone, busy otherwise
    or no longer wanted there. Raises Stale, and changes nothing, when another worker has taken the run over.
    """
    _own(run)
    scope = sorted(run.roles.values_list("pk", flat=True)) if run.limited else None
    proposed = Match.objects.filter(state=State.PROPOSED)
    # What a limited run has proposed since this one began stays: it knows of things that this one does not.
    newer = proposed.filter(run__started_at__gt=run.started_at)
    mine = proposed.exclude(pk__in=newer)
    mine = mine if scope is None else mine.filter(seat__role__in=scope)
    found = _seated(snapshot, solution, mine)
    _lock(found)
    standing = {
        Key(match.volunteer_id, match.seat_id): match
        for match in mine.order_by("pk").select_for_update(no_key=True, of=("self",))
    }
    found = _still_true(found, run, snapshot.problem, scope, at)
    settled = set(newer.values_list("volunteer_id", "seat_id"))
    people, seats = {one for one, _ in settled}, {seat for _, seat in settled}
    found = {key: kept for key, kept in found.items() if key.volunteer not in people and key.seat not in seats}
    _supersede([match for key, match in standing.items() if key not in found], at)
    _repeat(run, {standing[key]: proposal for key, proposal in found.items() if key in standing})
    due = _review_due(run, found, at)
    new = [
        _new(run, key, proposal, due[proposal.request], at) for key, proposal in found.items() if key not in standing
    ]
    Match.objects.bulk_create(new, batch_size=2000)
    return len(found)


def _own(run: Run) -> None:
    """Makes sure that this worker still has the run, and that no other run stores meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORING])
    now = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if (now.state, now.attempts) != (Run.State.RUNNING, run.attempts):
        raise Stale("Another worker has taken this run over, so nothing of this one was stored.")


def _seated(snapshot: Snapshot, solution: Solution, mine: "QuerySet[Match]") -> dict[Key, Proposal]:
    """Gives each pair a seat of its role: the pinned one, the one proposed before, or the next free one."""
    problem = snapshot.problem
    settled = {(one, role): seat for one, seat, role in mine.values_list("volunteer_id", "seat_id", "seat__role_id")}
    settled |= {
        (one, role): seat for one, seat, role in Pin.objects.values_list("volunteer_id", "seat_id", "seat__role_id")
    }
    taken: dict[int, list[int]] = {}
    for row, role in enumerate(solution.role.tolist()):
        taken.setdefault(role, []).append(row)
    found: dict[Key, Proposal] = {}
    for role, rows in sorted(taken.items()):
        free = list(snapshot.seats[role])
        request = int(problem.request_id[problem.role_request[role]])
        people = {row: int(problem.volunteer_id[solution.volunteer[row]]) for row in rows}
        before = {row: settled.get((people[row], int(problem.role_id[role]))) for row in rows}
        # Pins and seats proposed before are given first, so that nobody is moved to another seat for nothing.
        for row in sorted(rows, key=lambda row: (before[row] is None, people[row])):
            wished = before[row]
            seat = free.pop(free.index(wished) if wished in free else 0)
            parts = dict(zip(PARTS, solution.parts[row].tolist(), strict=True))
            found[Key(people[row], seat)] = Proposal(request, parts)
    return found


def _lock(found: dict[Key, Proposal]) -> None:
    """Seats, then volunteers, each in the order of their ids, as approving does: so neither waits for the other."""
    seats = Seat.objects.filter(pk__in=[key.seat for key in found])
    people = Volunteer.objects.filter(pk__in=[key.volunteer for key in found])
    for rows in (seats, people):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _still_true(
    found: dict[Key, Proposal], run: Run, problem: Problem, scope: list[int] | None, at: datetime
) -> dict[Key, Proposal]:
    """The pairs that nothing has come between since the snapshot."""
    people = {key.volunteer for key in found}
    seats = open_seats(on=at.date(), horizon_days=run.policy.horizon_days).filter(pk__in=[key.seat for key in found])
    # What asks for something else since is for the run that follows.
    seats = seats.exclude(role__request__terms_at__gt=run.started_at)
    free = dict(seats.values_list("pk", "role__request__campaign_id"))
    supply = in_supply(policy=run.policy, at=at)
    here = set(supply.filter(pk__in=people).values_list("pk", flat=True))
    gone_on = _moved(problem, people, scope)
    matches = Match.objects.filter(volunteer__in=people)
    barred = set(matches.filter(state__in=TURNED_DOWN).values_list("volunteer_id", "request_id"))
    vetoes = set(Veto.objects.filter(volunteer__in=people).values_list("volunteer_id", "campaign_id"))
    return {
        key: proposal
        for key, proposal in found.items()
        if key.seat in free
        and key.volunteer in here - gone_on
        and (key.volunteer, proposal.request) not in barred
        and (key.volunteer, free[key.seat]) not in vetoes
    }


def _moved(problem: Problem, people: set[int], scope: list[int] | None) -> set[int]:
    """Who of these holds other matches now than in the snapshot: what they had left is no longer true."""
    ids = problem.volunteer_id
    before = {
        (int(ids[one]), int(problem.request_id[request]))
        for one, request in zip(problem.held_volunteer, problem.held_request, strict=True)
    }
    taken = Match.objects.filter(taken_by(limited_to=scope), volunteer__in=people)
    now = set(taken.values_list("volunteer_id", "request_id"))
    return {one for one, _ in before ^ now if one in people}


def _supersede(gone: list[Match], at: datetime) -> None:
    Match.objects.filter(pk__in=[match.pk for match in gone]).update(state=State.SUPERSEDED, moved_at=at, due_at=None)


def _repeat(run: Run, again: dict[Match, Proposal]) -> None:
    """A repeated pair keeps its row and its clock; its score is today's."""
    rows = [(match.pk, json.dumps(new.parts), sum(new.parts.values())) for match, new in again.items()]
    if rows:
        # One statement over arrays: the ORM's, a case for every row and column, takes a hundred times as long.
        with connection.cursor() as cursor:
            cursor.execute(REPEAT, [run.pk, *map(list, zip(*rows, strict=True))])


def _review_due(run: Run, found: dict[Key, Proposal], at: datetime) -> dict[int, datetime]:
    """Until when a reviewer has decided, by request."""
    requests = Request.objects.filter(pk__in={proposal.request for proposal in found.values()})
    return {
        request.pk: review_ends(run.policy, request.campaign.candidate.contest, at=at, urgent=request.urgent)
        for request in requests.select_related("campaign__candidate__contest")
    }


def _new(run: Run, key: Key, proposal: Proposal, due_at: datetime, at: datetime) -> Match:
    return Match(
        run=run,
        volunteer_id=key.volunteer,
        seat_id=key.seat,
        request_id=proposal.request,
        score=sum(proposal.parts.values()),
        parts=proposal.parts,
        proposed_at=at,
        moved_at=at,
        due_at=due_at,
    )
