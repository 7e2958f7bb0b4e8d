"""Random problems, repeatable by seed: tiny ones that try every rule, and one of realistic size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.problem import SLOTS, WORDS, Bits, Int, Problem, list_weights, stack_numbers
from matching.rules.score_parts import Scope, list_parts

WEIGHTS = list_weights(
    priority=100, election=8, waiting=10, level=40, wanted=60, nice=25, spare=10, place=50, turn=6, interest=70
)
DAY = 739_000  # the first day on which anything may begin


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large a random problem is, and how often each rule bites (shares from 0 to 1)."""

    volunteers: int
    requests: int
    skills: int = 5
    claims: tuple[int, int] = (1, 4)  # fewest and most skills that a volunteer claims
    roles: tuple[int, int] = (1, 3)  # of a request
    seats: tuple[int, int] = (1, 2)  # of a role
    hours: tuple[int, int] = (4, 16)  # of a volunteer
    projects: int = 3
    days: int = 60  # requests begin within so many days
    weeks: tuple[int, int] = (2, 8)  # that a request lasts
    whole: float = 0.35
    held: float = 0.15  # held seats a volunteer
    pins: float = 0.05  # pins a volunteer
    listed: float = 0.4  # pairs a volunteer that a part of the score lists
    strict: float = 0.15  # how often a volunteer or a role makes a demand
    regimes: int = 2
    contests: int = 4
    free: float = 0.6  # share of the week that a volunteer is free


def tiny(seed: int) -> Problem:
    """Small enough for brute force: at most seven volunteers and four requests."""
    rng = np.random.default_rng(seed)
    shape = Shape(
        volunteers=int(rng.integers(2, 8)),
        requests=int(rng.integers(1, 5)),
        skills=3,
        roles=(1, 2),
        contests=3,
        pins=0.15,
        strict=0.08,
        whole=0.5,
    )
    return random_problem(shape, seed)


def middling(seed: int, volunteers: int = 200, requests: int = 30) -> Problem:
    """A few hundred people and about a hundred seats."""
    return random_problem(Shape(volunteers=volunteers, requests=requests, skills=12, contests=18, pins=0.01), seed)


def realistic(volunteers: int = 4500, seats: int = 1800, seed: int = 0) -> Problem:
    """Skewed skills, scarce hours; three or four roles a request, and this many seats to within a few in a hundred."""
    shape = Shape(
        volunteers=volunteers,
        requests=max(1, seats * 10 // 51),
        skills=40,
        claims=(1, 5),
        roles=(2, 5),
        seats=(1, 2),
        hours=(3, 14),
        days=42,
        weeks=(4, 12),
        whole=0.3,
        held=0.08,
        pins=0.004,
        strict=0.1,
        contests=max(1, seats // 12),
        free=0.45,
    )
    return random_problem(shape, seed)


def random_problem(shape: Shape, seed: int) -> Problem:
    """Draw a problem of this shape; the same shape and seed give the same problem."""
    rng = np.random.default_rng(seed)
    v, q = shape.volunteers, shape.requests
    held_requests = max(1, q // 5)
    claims, roles = _claims(rng, shape), _roles(rng, shape)
    return Problem(
        **_volunteers(rng, shape),
        **claims,
        **_requests(rng, shape, q + held_requests),
        **roles,
        **_between(rng, shape, v, q, held_requests),
        **_pins(rng, shape, claims, roles),
        **_listed(rng, shape, claims, roles),
        weights=WEIGHTS,
    )


PLACES = np.array([-1, 0, 0, 1, 1, 2, 2])  # a country, two states, four districts
AREAS = 2
PARTIES = 3


def _flags(rng: np.random.Generator, size: int, share: float) -> np.ndarray:
    return rng.random(size) < share


def _week(rng: np.random.Generator, shape: tuple[int, ...], share: float) -> Bits:
    """Masks in which blocks of four hours are set with this probability."""
    blocks = np.repeat(rng.random((*shape, SLOTS // 8)) < share, 8, axis=-1)
    padded = np.zeros((*shape, WORDS * 64), dtype=np.uint8)
    padded[..., :SLOTS] = blocks
    return np.packbits(padded, axis=-1, bitorder="little").view(np.uint64)


def _volunteers(rng: np.random.Generator, shape: Shape) -> dict[str, np.ndarray]:
    v, strict = shape.volunteers, shape.strict
    free = _week(rng, (v, 1), shape.free)
    shift = _week(rng, (v, shape.regimes), 0.95)  # the clock changes: nearly the same week again
    return {
        "volunteer_id": rng.permutation(v).astype(np.int64) + 10_000,
        "hours": rng.integers(shape.hours[0], shape.hours[1] + 1, v),
        "projects": 1 + rng.binomial(shape.projects - 1, 0.4, v),
        "languages": (np.uint64(1) | (rng.integers(0, 4, v).astype(np.uint64) << np.uint64(1))),
        "leads": _flags(rng, v, 0.5),
        "decides": _flags(rng, v, 0.8),
        "vetted_until": np.where(rng.random((v, AREAS)) < 0.7, DAY + rng.integers(20, 400, (v, AREAS)), -1),
        "volunteer_numbers": stack_numbers(Scope.VOLUNTEER, v, {"turn": rng.integers(0, 40, v)}),
        "availability": free & shift,
        "levels": rng.integers(1, 8, v).astype(np.uint64),
        "level_only": _flags(rng, v, strict),
        "party_only": _flags(rng, v, 0.5),
        "place_only": _flags(rng, v, strict),
        "party_volunteer": np.concatenate([np.arange(v), rng.integers(0, v, v // 2)]),
        "party": rng.choice(PARTIES, v + v // 2, p=[0.6, 0.3, 0.1]),
        "place_volunteer": np.arange(v),
        "place": rng.integers(0, len(PLACES), v),
    }


def _claims(rng: np.random.Generator, shape: Shape) -> dict[str, np.ndarray]:
    share = 1.0 / np.arange(1, shape.skills + 1) ** 0.7
    share /= share.sum()
    rows: list[tuple[int, int, int, bool]] = []
    for volunteer in range(shape.volunteers):
        count = min(int(rng.integers(shape.claims[0], shape.claims[1] + 1)), shape.skills)
        for skill in rng.choice(shape.skills, count, replace=False, p=share):
            rows.append((int(skill), volunteer, int(rng.integers(1, 6)), bool(rng.random() < 0.4)))
            if rng.random() < 0.1:  # a second child skill copied to the same ancestor
                rows.append((int(skill), volunteer, int(rng.integers(1, 6)), bool(rng.random() < 0.4)))
    rows.sort(key=lambda row: row[0])
    columns: list[tuple[int, ...]] = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return {
        "claim_skill": np.array(columns[0], dtype=np.int64),
        "claim_volunteer": np.array(columns[1], dtype=np.int64),
        "claim_level": np.array(columns[2], dtype=np.int64),
        "claim_numbers": stack_numbers(Scope.CLAIM, len(rows), {"wanted": np.array(columns[3], dtype=np.int64)}),
    }


def _requests(rng: np.random.Generator, shape: Shape, q: int) -> dict[str, np.ndarray]:
    first = DAY + rng.integers(0, shape.days, q)
    last = first + 7 * rng.integers(shape.weeks[0], shape.weeks[1] + 1, q) - 1
    change = DAY + shape.days // 2 + 7 * np.arange(1, shape.regimes)  # days on which a new regime begins
    any_time = rng.random(q) < 0.5
    work = _week(rng, (q, 1), 0.6) | _week(rng, (q, shape.regimes), 0.05)
    work[any_time] = ~np.uint64(0)
    meetings = np.zeros((q, shape.regimes, WORDS), dtype=np.uint64)
    for request in np.flatnonzero(rng.random(q) < 0.5):
        slot = 2 * int(rng.integers(0, SLOTS // 2 - 2))
        for regime in range(shape.regimes):
            for half_hour in (slot + 2 * regime, slot + 2 * regime + 1):
                meetings[request, regime, half_hour // 64] |= np.uint64(1) << np.uint64(half_hour % 64)
    campaign = rng.integers(0, 2 * shape.contests, q)
    return {
        "request_id": np.arange(q) + 500,
        "request_campaign": campaign,
        "request_contest": campaign // 2,
        "request_party": np.where(rng.random(q) < 0.05, -1, campaign % 2),
        "request_level": rng.integers(0, 3, q),
        "request_place": rng.integers(0, len(PLACES), q),
        "request_first": first,
        "request_last": last,
        "regime_first": np.searchsorted(change, first, "right"),
        "regime_last": np.searchsorted(change, last, "right"),
        "request_whole": rng.random(q) < shape.whole,
        "request_numbers": stack_numbers(
            Scope.REQUEST,
            q,
            {
                "priority": rng.integers(1, 6, q),
                "election": rng.integers(0, 40, q),
                "waiting": rng.integers(0, 20, q),
            },
        ),
        "work": work,
        "meetings": meetings,
    }


def _roles(rng: np.random.Generator, shape: Shape) -> dict[str, np.ndarray]:
    count = rng.integers(shape.roles[0], shape.roles[1] + 1, shape.requests)
    request = np.repeat(np.arange(shape.requests), count)
    r = len(request)
    share = 1.0 / np.arange(1, shape.skills + 1) ** 0.5
    nice = r
    return {
        "role_id": np.arange(r) + 9_000,
        "role_request": request,
        "role_skill": rng.choice(shape.skills, r, p=share / share.sum()),
        "role_level": rng.choice(5, r, p=[0.35, 0.3, 0.2, 0.1, 0.05]) + 1,
        "role_hours": rng.integers(2, 9, r),
        "role_seats": rng.integers(shape.seats[0], shape.seats[1] + 1, r),
        "role_languages": np.where(rng.random(r) < shape.strict, rng.integers(1, 7, r), 0).astype(np.uint64),
        "role_leads": _flags(rng, r, shape.strict),
        "role_decides": _flags(rng, r, shape.strict),
        "role_vetting": np.where(rng.random(r) < shape.strict, rng.integers(0, AREAS, r), -1),
        "nice_role": rng.integers(0, r, nice),
        "nice_skill": rng.integers(0, shape.skills, nice),
    }


def _between(rng: np.random.Generator, shape: Shape, v: int, q: int, held_requests: int) -> dict[str, np.ndarray]:
    """What stands between volunteers and requests. The last `held_requests` requests have no role in this run."""

    def some(share: float) -> Int:
        return rng.integers(0, v, int(rng.binomial(v, share)))

    off, veto, refused, sided = some(0.12), some(0.1), some(0.1), some(0.05)
    off_first = DAY + rng.integers(0, shape.days * 2, len(off))
    held = np.array(
        sorted({(int(one), int(rng.integers(0, q + held_requests))) for one in some(shape.held)}), dtype=np.int64
    ).reshape(-1, 2)
    sided_campaign = rng.integers(0, 2 * shape.contests, len(sided))
    return {
        "time_off_volunteer": off,
        "time_off_first": off_first,
        "time_off_last": off_first + rng.integers(0, 14, len(off)),
        "veto_volunteer": veto,
        "veto_campaign": rng.integers(0, 2 * shape.contests, len(veto)),
        "refused_volunteer": refused,
        "refused_request": rng.integers(0, q, len(refused)),
        "sided_volunteer": sided,
        "sided_contest": sided_campaign // 2,
        "sided_campaign": sided_campaign,
        "held_volunteer": held[:, 0],
        "held_request": held[:, 1],
        "held_hours": rng.integers(1, 6, len(held)),
        "place_parent": PLACES,
    }


def _pins(
    rng: np.random.Generator, shape: Shape, claims: dict[str, np.ndarray], roles: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Pins of people who at least claim the skill; some are infeasible all the same."""
    pins = []
    for role in rng.integers(0, len(roles["role_id"]), int(rng.binomial(shape.volunteers, shape.pins))):
        claiming = claims["claim_volunteer"][claims["claim_skill"] == roles["role_skill"][role]]
        if len(claiming):
            pins.append((int(rng.choice(claiming)), int(role)))
    table = np.array(pins, dtype=np.int64).reshape(-1, 2)
    return {"pin_volunteer": table[:, 0], "pin_role": table[:, 1]}


def _listed(
    rng: np.random.Generator, shape: Shape, claims: dict[str, np.ndarray], roles: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Pairs of any volunteer and any role, and as many of people who claim the role's skill; some pairs come twice."""
    pairs, role_count = [], len(roles["role_id"])
    for role in rng.integers(0, role_count, int(rng.binomial(shape.volunteers, shape.listed))):
        pairs.append((int(rng.integers(0, shape.volunteers)), int(role)))
        claiming = claims["claim_volunteer"][claims["claim_skill"] == roles["role_skill"][role]]
        pairs += [(int(rng.choice(claiming)), int(role))] * int(rng.integers(1, 3)) if len(claiming) else []
    rows = rng.permutation(np.array(pairs, dtype=np.int64).reshape(-1, 2))
    kinds = len(list_parts(Scope.PAIR))
    return {
        "listed_volunteer": rows[:, 0],
        "listed_role": rows[:, 1],
        "listed_part": rng.integers(0, kinds, len(rows)) if kinds else np.zeros(len(rows), np.int64),
        "listed_number": rng.integers(0, 3, len(rows)),
    }
