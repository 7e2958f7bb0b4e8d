"""Seeded problems of any size: skewed skills, evenings and weekends by time zone, few hours, few projects.

Claimed and requested skills are skewed differently, so that some skills are scarce and others abundant. All requests
share some weeks: those are the weeks in which a volunteer's hours are used up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.engine.problem import SLOTS, WORDS, Bits, Int, Problem, list_weights, stack_numbers
from matching.rules.score_parts import Scope

DEFAULT_WEIGHTS = list_weights(
    priority=100, election=8, waiting=10, level=40, wanted=60, nice=25, spare=10, place=50, turn=6
)
FIRST_DAY = 739_000  # ordinal of the first day on which a request may begin
SKILL_COUNT = 40
STATE_COUNT = 50
ROLES_PER_REQUEST = 3
ZONE_OFFSETS = (10, 12, 14, 16)  # half-hours that local time is behind UTC
ZONE_SHARES = (0.48, 0.28, 0.07, 0.17)
NO_ROWS: Int = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class ProblemSize:
    """Size of a problem. `scarcity` multiplies the seats; with `one_project_each`, a volunteer takes one project."""

    volunteers: int = 4_500
    roles: int = 1_800
    scarcity: int = 1
    seed: int = 1
    one_project_each: bool = False


def generate_problem(size: ProblemSize) -> Problem:
    """Return the problem of this size and seed; equal arguments give equal problems."""
    rng = np.random.default_rng(size.seed)
    roles = size.roles * size.scarcity
    requests = max(1, roles // ROLES_PER_REQUEST)
    return Problem(
        **_draw_volunteers(rng, size),
        **_draw_skill_claims(rng, size.volunteers),
        **_draw_requests(rng, requests),
        **_draw_roles(rng, roles, requests),
        **_empty_pair_arrays(),
        place_parent=np.concatenate(([-1], np.zeros(STATE_COUNT, np.int64))),
        pin_volunteer=NO_ROWS,
        pin_role=NO_ROWS,
        weights=DEFAULT_WEIGHTS,
    )


def _draw_volunteers(rng: np.random.Generator, size: ProblemSize) -> dict[str, Any]:
    count = size.volunteers
    single = size.one_project_each
    projects = np.ones(count, np.int64) if single else rng.choice([1, 2, 3], count, p=[0.5, 0.3, 0.2])
    return {
        "volunteer_id": np.arange(count),
        "hours": np.full(count, 100) if single else rng.integers(1, 21, count),
        "projects": projects,
        "languages": np.uint64(1) | (rng.integers(0, 4, count).astype(np.uint64) << np.uint64(1)),
        "leads": rng.random(count) < 0.4,
        "decides": rng.random(count) < 0.9,
        "vetted_until": np.where(rng.random((count, 2)) < 0.3, FIRST_DAY + 400, -1),
        "volunteer_numbers": stack_numbers(Scope.VOLUNTEER, count, {"turn": rng.integers(0, 40, count)}),
        "availability": _draw_weeks(rng, count)[:, None, :],
        "levels": rng.integers(1, 8, count).astype(np.uint64),
        "level_only": rng.random(count) < 0.1,
        "party_only": rng.random(count) < 0.3,
        "place_only": rng.random(count) < 0.05,
        "party_volunteer": np.arange(count),
        "party": rng.choice(2, count, p=[0.8, 0.2]),
        "place_volunteer": np.arange(count),
        "place": rng.integers(0, STATE_COUNT + 1, count),
    }


def _draw_weeks(rng: np.random.Generator, count: int) -> Bits:
    """Return [count, 6] words of free half-hours: some evenings, and blocks of the weekend, in each zone's time."""
    zone = rng.choice(len(ZONE_OFFSETS), count, p=ZONE_SHARES)
    words = np.zeros((count, WORDS), np.uint64)
    for begin in range(0, count, 100_000):  # a hundred thousand at a time keeps the table of bytes small
        rows = slice(begin, min(count, begin + 100_000))
        words[rows] = _draw_packed_weeks(rng, zone[rows])
    return words


def _draw_packed_weeks(rng: np.random.Generator, zone: Int) -> Bits:
    count = len(zone)
    free = np.zeros((count, WORDS * 64), np.uint8)
    for day in range(7):
        weekend = day >= 5
        blocks = ((18, 12), (28, 12)) if weekend else ((36, 8),)  # first half-hour and length: from nine, two, six
        for first, length in blocks:
            free_rows = np.flatnonzero(rng.random(count) < (0.45 if weekend else 0.5))
            for slot in range(48 * day + first, 48 * day + first + length):
                free[free_rows, (slot + np.array(ZONE_OFFSETS)[zone[free_rows]]) % SLOTS] = 1
    return np.packbits(free, axis=1, bitorder="little").view(np.uint64)


def _draw_skill_claims(rng: np.random.Generator, count: int) -> dict[str, Any]:
    share = 1.0 / np.arange(1, SKILL_COUNT + 1) ** 0.7
    claim_counts = rng.integers(1, 4, count)
    volunteer = np.repeat(np.arange(count), claim_counts)
    skill = rng.choice(SKILL_COUNT, len(volunteer), p=share / share.sum())
    _, unique_rows = np.unique(skill * count + volunteer, return_index=True)  # ascending by skill, then volunteer
    size = len(unique_rows)
    return {
        "claim_skill": skill[unique_rows],
        "claim_volunteer": volunteer[unique_rows],
        "claim_level": rng.integers(1, 6, size),
        "claim_numbers": stack_numbers(Scope.CLAIM, size, {"wanted": (rng.random(size) < 0.4).astype(np.int64)}),
    }


def _draw_requests(rng: np.random.Generator, count: int) -> dict[str, Any]:
    campaign = rng.integers(0, max(1, count // 2), count)
    first = FIRST_DAY + rng.integers(0, 14, count)
    work = np.full((count, 1, WORDS), ~np.uint64(0))
    limited = np.flatnonzero(rng.random(count) < 0.5)
    work[limited, 0] = _draw_packed_weeks(rng, rng.choice(len(ZONE_OFFSETS), len(limited))) | _draw_packed_weeks(
        rng, rng.choice(len(ZONE_OFFSETS), len(limited))
    )
    return {
        "request_id": np.arange(count),
        "request_campaign": campaign,
        "request_contest": campaign // 2,
        "request_party": campaign % 2,
        "request_level": rng.integers(0, 3, count),
        "request_place": rng.integers(1, STATE_COUNT + 1, count),
        "request_first": first,
        "request_last": first + 7 * rng.integers(6, 13, count),
        "regime_first": np.zeros(count, np.int64),
        "regime_last": np.zeros(count, np.int64),
        "request_whole": np.zeros(count, np.bool_),
        "request_numbers": stack_numbers(
            Scope.REQUEST,
            count,
            {
                "priority": rng.integers(1, 6, count),
                "election": rng.integers(0, 40, count),
                "waiting": rng.integers(0, 20, count),
            },
        ),
        "work": work,
        "meetings": np.zeros((count, 1, WORDS), np.uint64),
    }


def _draw_roles(rng: np.random.Generator, count: int, requests: int) -> dict[str, Any]:
    share = np.roll(1.0 / np.arange(1, SKILL_COUNT + 1) ** 0.5, SKILL_COUNT // 3)
    return {
        "role_id": np.arange(count),
        "role_request": np.sort(np.concatenate((np.arange(requests), rng.integers(0, requests, count - requests)))),
        "role_skill": rng.choice(SKILL_COUNT, count, p=share / share.sum()),
        "role_level": rng.choice(5, count, p=[0.2, 0.3, 0.25, 0.15, 0.1]) + 1,
        "role_hours": rng.integers(1, 9, count),
        "role_seats": np.ones(count, np.int64),
        "role_languages": np.where(rng.random(count) < 0.2, 2, 0).astype(np.uint64),
        "role_leads": rng.random(count) < 0.15,
        "role_decides": rng.random(count) < 0.1,
        "role_vetting": np.where(rng.random(count) < 0.1, rng.integers(0, 2, count), -1),
        "nice_role": rng.integers(0, count, count),
        "nice_skill": rng.integers(0, SKILL_COUNT, count),
    }


def _empty_pair_arrays() -> dict[str, Any]:
    names = [
        *["time_off_volunteer", "time_off_first", "time_off_last", "veto_volunteer", "veto_campaign"],
        *["refused_volunteer", "refused_request", "sided_volunteer", "sided_contest", "sided_campaign"],
        *["held_volunteer", "held_request", "held_hours"],
        *["listed_volunteer", "listed_role", "listed_part", "listed_number"],
    ]
    return dict.fromkeys(names, NO_ROWS)
