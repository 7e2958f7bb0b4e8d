"""The demand side of a snapshot: requests in play, their roles and free seats."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Request, RequestWindow, Role, Seat
from core.models import Jurisdiction
from core.vocabulary import OfficeLevel, VettingArea
from core.weekly import ALWAYS, Regime, Window, outwards, regime_span, to_words
from matching.engine.problem import Bits
from matching.models import HOLDS, Match, Policy
from matching.rules import DONE, HOLDING, State

LEVELS = {level: bit for bit, level in enumerate(OfficeLevel.values)}
AREAS = {area: row for row, area in enumerate(VettingArea.values)}


@dataclass(frozen=True, slots=True)
class Demand:
    """Requests and roles by row. `windows` maps a request's id to its windows of one kind."""

    requests: list[Request]
    roles: list[Role]
    seats: list[list[int]]
    windows: dict[str, dict[int, list[Window]]]

    @property
    def zones(self) -> set[str]:
        """The time zones on whose clocks these requests run."""
        return {request.time_zone for request in self.requests}

    @property
    def row(self) -> dict[int, int]:
        """The row of each request, by its id."""
        return {request.pk: row for row, request in enumerate(self.requests)}


def open_seats(*, on: date, horizon_days: int, racing: bool = False) -> "QuerySet[Seat]":
    """Seats that a run may fill: free, of published requests of verified campaigns that start within the horizon.

    Those that several are asked for at once, and emergencies, belong to the race: with `racing` they count as well.
    A campaign that leaves people without an answer gets nobody new, emergencies excepted. Where the work is done nobody
    is needed.
    """
    taken = HOLDS | Q(state__in=DONE) if racing else Q(state__in=(*HOLDING, *DONE))
    held = Match.objects.filter(taken, seat=OuterRef("pk"))
    calm = Q(role__request__emergency=False)
    return Seat.objects.filter(
        ~Exists(held),
        Q(role__request__campaign__paused_at=None) | ~calm,
        Q() if racing else calm,
        cut_at=None,
        role__request__state=Request.State.PUBLISHED,
        role__request__campaign__state="verified",
        role__request__starts_on__lte=on + timedelta(days=horizon_days),
        role__request__ends_on__gte=on,
        role__request__campaign__candidate__contest__election_on__gte=on,
    )


def empty_seats(*, policy: Policy, at: datetime) -> "QuerySet[Seat]":
    """Seats that a run may fill and for which nobody is proposed either."""
    proposed = Match.objects.filter(state=State.PROPOSED, seat=OuterRef("pk"))
    return open_seats(on=at.date(), horizon_days=policy.horizon_days).filter(~Exists(proposed))


def read_demand(
    *, on: date, horizon_days: int, only_roles: Sequence[int] | None, taken: Q, racing: bool = False
) -> Demand:
    """What competes, and the requests of the matches that `taken` selects, which compete no more."""
    free: dict[int, list[int]] = defaultdict(list)
    seats = open_seats(on=on, horizon_days=horizon_days, racing=racing).order_by("role_id", "number", "id")
    if only_roles is not None:
        seats = seats.filter(role__in=only_roles)
    for pk, role in seats.values_list("pk", "role_id"):
        free[role].append(pk)
    roles = list(Role.objects.filter(pk__in=free).prefetch_related("nice_skills").order_by("pk"))
    wanted = {role.request_id for role in roles}
    wanted |= set(Match.objects.filter(taken).values_list("request_id", flat=True))
    requests = list(Request.objects.filter(pk__in=wanted).select_related("campaign__candidate__contest").order_by("pk"))
    return Demand(requests, roles, [free[role.pk] for role in roles], _windows(wanted))


def _windows(requests: set[int]) -> dict[str, dict[int, list[Window]]]:
    found: dict[str, dict[int, list[Window]]] = {"work": defaultdict(list), "meeting": defaultdict(list)}
    rows = RequestWindow.objects.filter(request__in=requests).order_by("request_id", "weekday", "starts")
    for request, kind, weekday, starts, ends in rows.values_list("request_id", "kind", "weekday", "starts", "ends"):
        found[kind][request].append(Window(weekday, starts, ends))
    return found


def demand_arrays(
    demand: Demand, *, on: date, regimes: Sequence[Regime], language_bit: dict[str, int]
) -> dict[str, Any]:
    """The Problem's arrays about places, requests and roles."""
    places = {pk: row for row, pk in enumerate(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True))}
    return {
        **_place_arrays(places),
        **_request_arrays(demand, on, regimes, places),
        **_role_arrays(demand, language_bit),
    }


def _place_arrays(places: dict[int, int]) -> dict[str, Any]:
    parents = Jurisdiction.objects.order_by("pk").values_list("parent_id", flat=True)
    return {"place_parent": np.array([-1 if pk is None else places[pk] for pk in parents], np.int64)}


def _request_arrays(demand: Demand, on: date, regimes: Sequence[Regime], places: dict[int, int]) -> dict[str, Any]:
    rows = []
    for request in demand.requests:
        contest = request.campaign.candidate.contest
        first, last = max(request.starts_on, on), max(request.ends_on, on)
        published = request.published_at.date() if request.published_at else on
        rows.append(
            (
                request.pk,
                request.campaign_id,
                contest.pk,
                -1 if request.campaign.candidate.party_id is None else request.campaign.candidate.party_id,
                LEVELS[contest.level],
                places[contest.jurisdiction_id],
                first.toordinal(),
                last.toordinal(),
                *regime_span(regimes, first, last),
                request.priority,
                max(0, (contest.election_on - on).days // 7),
                max(0, (on - published).days // 7),
            )
        )
    names = [
        "request_id",
        "request_campaign",
        "request_contest",
        "request_party",
        "request_level",
        "request_place",
        "request_first",
        "request_last",
        "regime_first",
        "regime_last",
        "request_priority",
        "election_weeks",
        "waiting_weeks",
    ]
    columns = np.array(rows, np.int64).reshape(len(rows), len(names))
    whole = [request.staffing == "whole" for request in demand.requests]
    return {name: np.ascontiguousarray(columns[:, k]) for k, name in enumerate(names)} | {
        "request_whole": np.array(whole, np.bool_),
        "work": _masks(demand, "work", regimes, ALWAYS),
        "meetings": _masks(demand, "meeting", regimes, 0),
    }


def _masks(demand: Demand, kind: str, regimes: Sequence[Regime], without: int) -> Bits:
    windows = demand.windows[kind]
    words = [
        [
            to_words(outwards(windows[request.pk], request.time_zone, regime) if request.pk in windows else without)
            for regime in regimes
        ]
        for request in demand.requests
    ]
    return np.array(words, np.uint64).reshape(len(demand.requests), len(regimes), 6)


def _role_arrays(demand: Demand, language_bit: dict[str, int]) -> dict[str, Any]:
    roles, row = demand.roles, demand.row
    nice = [(place, skill.pk) for place, role in enumerate(roles) for skill in role.nice_skills.all()]
    pairs = np.array(nice, np.int64).reshape(len(nice), 2)

    def ints(values: list[int]) -> Any:
        return np.array(values, np.int64)

    return {
        "role_id": ints([role.pk for role in roles]),
        "role_request": ints([row[role.request_id] for role in roles]),
        "role_skill": ints([role.skill_id for role in roles]),
        "role_level": ints([role.level for role in roles]),
        "role_hours": ints([role.hours for role in roles]),
        "role_seats": ints([len(seats) for seats in demand.seats]),
        "role_languages": np.array([bits(role.languages, language_bit) for role in roles], np.uint64),
        "role_leads": np.array([role.leads for role in roles], np.bool_),
        "role_decides": np.array([role.decides for role in roles], np.bool_),
        "role_vetting": ints([AREAS[role.vetted_for] if role.vetted_for else -1 for role in roles]),
        "nice_role": np.ascontiguousarray(pairs[:, 0]),
        "nice_skill": np.ascontiguousarray(pairs[:, 1]),
    }


def bits(names: Sequence[str], bit: dict[str, int]) -> int:
    """The bit set of those names that have a bit."""
    return sum({1 << bit[name] for name in names if name in bit})


def taken_by(*, limited_to: Sequence[int] | None) -> Q:
    """Matches that a run must leave as they are: those that hold, and, for a limited run, proposals for other roles."""
    held = HOLDS
    if limited_to is None:
        return held
    return held | (Q(state=State.PROPOSED) & ~Q(seat__role__in=limited_to))
