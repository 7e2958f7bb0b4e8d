"""`bench fits`: the open roles of the board that fit one volunteer, beside reading these roles through the ORM."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
from django.db import connection
from django.utils import timezone

from benchmarks.database_rows import store_problem
from benchmarks.instances import ProblemSize
from benchmarks.supply_estimate import TIME_ZONES, processor_seconds
from campaigns.models import Role
from core.week_mask import Window
from matching.open_roles.explanations import explain_fits, find_best_change
from matching.open_roles.queries import board as board_module
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.board_roles import roles_with_ids
from matching.open_roles.queries.fits import Fits, find_fits_of_stated, find_fits_of_volunteer
from matching.open_roles.queries.open_role_rows import list_fitting_roles
from matching.snapshot.single_volunteer import SingleVolunteer
from volunteers.models import Volunteer

ANSWERS = 200  # of volunteers, and as many of people who are not stored
REBUILDS = 10  # of the board, as after a change
YARDSTICKS = 20
SHOWN_ROLES = 20  # that are made into rows of the board in each answer
WARM_UP = 5


def measure_fits(size: ProblemSize) -> list[dict[str, object]]:
    """Return a row for each kind of answer: milliseconds, and their ratio to the plain read of the same roles."""
    at = timezone.now()
    store_problem(size, at=at)
    _spread_time_zones()
    board = read_board(at=at)
    people = _choose_volunteers(ANSWERS + WARM_UP, size.seed)
    stated = [
        _answer_to(lambda said=said: find_fits_of_stated(said, at=at))  # type: ignore[misc]
        for said in [_state_volunteer(person) for person in people]
    ]
    # Read again: what was read for the answers before must not make these faster.
    people = list(Volunteer.objects.filter(pk__in=[person.pk for person in people]))
    plain_reads = _time_each([lambda: _read_plainly(board.role_ids.tolist())] * YARDSTICKS)
    yardstick = statistics.median(wall for wall, _ in plain_reads)
    stored = [_answer_to(lambda person=person: find_fits_of_volunteer(person, at=at)) for person in people]  # type: ignore[misc]
    rows = []
    for kind, answers in (("stored", stored), ("stated", stated)):
        rows.append(_describe(kind, _time_each(answers)[WARM_UP:], yardstick))
    rows.append(_describe("after a change", _time_each([_rebuild(at)] * REBUILDS), yardstick))
    fitting = [int(find_fits_of_volunteer(person, at=at).fitting.sum()) for person in people[:50]]
    counts = {"volunteers": size.volunteers, "open_roles": len(board.role_ids), "campaigns": len(board.shown)}
    counts |= {"seed": size.seed, "fitting_median": round(statistics.median(fitting))}
    return [counts | row for row in rows]


def _spread_time_zones() -> None:
    """Give volunteers and requests different zones, and each request a weekly meeting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE volunteers_volunteer SET time_zone = (%s::text[])[1 + id %% %s]", [TIME_ZONES, len(TIME_ZONES)]
        )
        cursor.execute("UPDATE campaigns_request SET time_zone = (%s::text[])[1 + id %% 6]", [TIME_ZONES])
        cursor.execute(
            """INSERT INTO campaigns_requestwindow (request_id, kind, weekday, starts, ends)
            SELECT id, 'meeting', id % 5, time '17:00' + (id % 5) * interval '1 hour',
                time '18:00' + (id % 5) * interval '1 hour'
            FROM campaigns_request WHERE id % 2 = 0"""
        )
        cursor.execute("VACUUM ANALYZE")


def _choose_volunteers(count: int, seed: int) -> list[Volunteer]:
    ids = np.array(Volunteer.objects.order_by("pk").values_list("pk", flat=True))
    chosen = np.random.default_rng(seed).permutation(ids)[:count].tolist()
    return list(Volunteer.objects.filter(pk__in=chosen).prefetch_related("claims", "windows"))


def _state_volunteer(volunteer: Volunteer) -> SingleVolunteer:
    """What a stored volunteer would have said before signing up."""
    return SingleVolunteer(
        claims=[(claim.skill_id, claim.level, claim.wants_to_use) for claim in volunteer.claims.all()],
        max_hours_per_week=volunteer.max_hours_per_week,
        windows=[Window(window.weekday, window.starts, window.ends) for window in volunteer.windows.all()],
        time_zone=volunteer.time_zone,
        languages=volunteer.languages,
    )


def _answer_to(find: Callable[[], Fits]) -> Callable[[], object]:
    """All that a page needs: what fits, the change that opens most, the sentence and the rows."""

    def answer() -> object:
        fits = find()
        rows = list_fitting_roles(fits, limit=SHOWN_ROLES, time_zone="UTC")
        return rows, find_best_change(fits), explain_fits(fits)

    return answer


def _read_plainly(ids: list[int]) -> list[Role]:
    """Read the same roles with their requests, campaigns and windows, as a plain view would."""
    roles = roles_with_ids(ids).select_related("skill", "request__campaign__candidate__contest")
    return list(roles.prefetch_related("request__windows"))


def _rebuild(at: datetime) -> Callable[[], object]:
    def rebuild() -> object:
        board_module.forget_board()
        return read_board(at=at)

    return rebuild


def _time_each(calls: Sequence[Callable[[], object]]) -> list[tuple[float, float]]:
    """Return the seconds of each call, and the processor seconds here and in the database.

    The latter are steadier on a machine with other load.
    """
    seconds = []
    for call in calls:
        started_at, processor_started = time.perf_counter(), processor_seconds()
        call()
        seconds.append((time.perf_counter() - started_at, processor_seconds() - processor_started))
    return seconds


def _describe(kind: str, seconds: Sequence[tuple[float, float]], yardstick: float) -> dict[str, object]:
    wall, processor = zip(*seconds, strict=True)
    p50 = statistics.median(wall)
    return {
        "answer": kind,
        "p50_ms": round(1000 * p50, 1),
        "p95_ms": round(1000 * statistics.quantiles(wall, n=20)[-1], 1),
        "processor_p50_ms": round(1000 * statistics.median(processor), 1),
        "processor_p95_ms": round(1000 * statistics.quantiles(processor, n=20)[-1], 1),
        "plain_read_ms": round(1000 * yardstick, 1),
        "p50_ratio": round(p50 / yardstick, 3),
    }
