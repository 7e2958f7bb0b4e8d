"""The demand side of a snapshot: requests in play, their roles and free seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from campaigns.models import Request, RequestWindow, Role, Seat
from core.enums import OfficeLevel, VettingArea
from core.models import Jurisdiction
from core.numpy_columns import (
    PackedInt,
    as_bit_set,
    as_integer,
    date_ordinal,
    fetch_columns,
    find_positions,
    index_in_list,
    utc_date_ordinal,
)
from core.week_mask import FULL_WEEK, Regime, Window, round_outward
from matching.engine.problem import Bits, Int
from matching.models import HOLDS_SEAT, Match, Policy
from matching.rules.states import STATES_HOLDING_SEAT, STATES_WORK_DONE, MatchState
from matching.snapshot.scope import RunScope
from matching.snapshot.weekly_masks import WINDOW_CODE, build_weekly_masks

OFFICE_LEVEL_BITS = {level: bit for bit, level in enumerate(OfficeLevel.values)}
VETTING_AREA_ROWS = {area: row for row, area in enumerate(VettingArea.values)}
_MAX_NAMED_ROWS = 2_000  # rows, up to which they are named to the database; of more, everything is read
_WINDOW_KINDS = [kind.value for kind in RequestWindow.Kind]


@dataclass(frozen=True, slots=True)
class RequestColumns:
    """Requests and roles by row, in the order of their ids, as columns.

    `seats` are the ids of each role's free seats, in the order in which they are to be filled; `zones` the time zones
    of the requests, by number; `languages` those that a role asks for, by their bit.
    """

    requests: dict[str, Int]
    roles: dict[str, Int]
    seat_ids: list[list[int]]
    time_zones: list[str]
    languages: list[str]


def open_seats(*, on: date, horizon_days: int, racing: bool = False, apart_from: int | None = None) -> "QuerySet[Seat]":
    """Seats that a run may fill: free, of published requests of verified campaigns that start within the horizon.

    Those that several are asked for at once, and emergencies, belong to the race: with `racing` they count as well.
    A campaign that leaves people without an answer gets nobody new, emergencies excepted. Where the work is done nobody
    is needed. `apart_from`: what the match with this id holds counts as free.
    """
    taken = (
        HOLDS_SEAT | Q(state__in=STATES_WORK_DONE) if racing else Q(state__in=(*STATES_HOLDING_SEAT, *STATES_WORK_DONE))
    )
    held = Match.objects.filter(taken, seat=OuterRef("pk")).exclude(pk=apart_from or 0)
    calm = Q(role__request__emergency=False)
    return Seat.objects.filter(
        ~Exists(held),
        Q(role__request__campaign__paused_at=None) | ~calm,
        Q() if racing else calm,
        closed_at=None,
        role__request__state=Request.State.PUBLISHED,
        role__request__campaign__state="verified",
        role__request__starts_on__lte=on + timedelta(days=horizon_days),
        role__request__ends_on__gte=on,
        role__request__campaign__candidate__contest__election_on__gte=on,
    )


def empty_seats(*, policy: Policy, at: datetime) -> "QuerySet[Seat]":
    """Seats that a run may fill and for which nobody is proposed either."""
    proposed = Match.objects.filter(state=MatchState.PROPOSED, seat=OuterRef("pk"))
    return open_seats(on=at.date(), horizon_days=policy.horizon_days).filter(~Exists(proposed))


def read_request_columns(
    *,
    on: date,
    horizon_days: int,
    scope: RunScope,
    taken: Q,
    racing: bool = False,
    apart_from: int | None = None,
) -> RequestColumns:
    """The free seats that compete within the scope, and the requests of everything that is `taken`."""
    seats = scope.limit_seats(open_seats(on=on, horizon_days=horizon_days, racing=racing, apart_from=apart_from))
    free = fetch_columns(seats.order_by("role_id", "number", "id"), id=F("pk"), role=F("role_id"))
    every = Role.objects.filter(pk__in=seats.values("role"))
    each = Func(F("languages"), function="unnest", output_field=TextField())
    spoken = every.order_by().annotate(one=each).values_list("one", flat=True).distinct()
    languages = sorted(spoken)[:64]
    roles = _read_roles(every, languages)
    held = Match.objects.filter(taken).values("request")
    wanted = Request.objects.filter(Q(pk__in=every.values("request")) | Q(pk__in=held))
    zones = sorted(wanted.order_by().values_list("time_zone", flat=True).distinct())
    requests = _read_requests(wanted, zones)
    # What a statement saw that an earlier one did not has come since, and is for the next run.
    there = requests["zone"] >= 0
    requests = {name: column[there] for name, column in requests.items()}
    known = (find_positions(requests["id"], roles["request"]) >= 0) & np.isin(roles["id"], free["role"])
    roles = {name: column[known] for name, column in roles.items()}
    bounds = np.searchsorted(free["role"], [roles["id"], roles["id"] + 1]).T.tolist()
    ids = free["id"].tolist()
    return RequestColumns(requests, roles, [ids[first:past] for first, past in bounds], zones, languages)


def _read_roles(roles: "QuerySet[Role]", languages: Sequence[str]) -> dict[str, Int]:
    return fetch_columns(
        roles.order_by("pk"),
        id=F("pk"),
        request=F("request_id"),
        skill=F("skill_id"),
        level=F("level"),
        hours=F("hours"),
        languages=as_bit_set("languages", languages),
        leads=as_integer("leads"),
        decides=as_integer("decides"),
        vetting=index_in_list("vetted_for", list(VETTING_AREA_ROWS)),
    )


def _read_requests(requests: "QuerySet[Request]", zones: Sequence[str]) -> dict[str, Int]:
    contest = "campaign__candidate__contest"
    return fetch_columns(
        requests.order_by("pk"),
        id=F("pk"),
        campaign=F("campaign_id"),
        contest=F(f"{contest}_id"),
        party=as_integer("campaign__candidate__party_id", null=-1),
        level=index_in_list(f"{contest}__level", list(OFFICE_LEVEL_BITS)),
        jurisdiction=F(f"{contest}__jurisdiction_id"),
        first=date_ordinal("starts_on"),
        last=date_ordinal("ends_on"),
        priority=F("priority"),
        election=date_ordinal(f"{contest}__election_on"),
        published=Coalesce(utc_date_ordinal("published_at"), Value(date.max.toordinal())),
        whole=index_in_list("staffing", ["whole"]),
        zone=index_in_list("time_zone", zones),
    )


def build_request_side_arrays(demand: RequestColumns, *, on: date, regimes: Sequence[Regime]) -> dict[str, Any]:
    """The Problem's arrays about places, requests and roles."""
    tree = fetch_columns(Jurisdiction.objects.order_by("pk"), id=F("pk"), parent=as_integer("parent_id", null=-1))
    return {
        "place_parent": find_positions(tree["id"], tree["parent"]),
        **_build_request_arrays(demand, on.toordinal(), regimes, tree["id"]),
        **_build_role_arrays(demand),
    }


def _build_request_arrays(demand: RequestColumns, on: int, regimes: Sequence[Regime], places: Int) -> dict[str, Any]:
    told = demand.requests
    first, last = np.maximum(told["first"], on), np.maximum(told["last"], on)
    return {
        "request_id": told["id"],
        "request_campaign": told["campaign"],
        "request_contest": told["contest"],
        "request_party": told["party"],
        "request_level": told["level"],
        "request_place": find_positions(places, told["jurisdiction"]),
        "request_first": first,
        "request_last": last,
        "regime_first": np.searchsorted([one.last.toordinal() for one in regimes], first),
        "regime_last": np.searchsorted([one.first.toordinal() for one in regimes], last, "right") - 1,
        "request_priority": told["priority"],
        "election_weeks": np.maximum(0, told["election"] - on) // 7,
        "waiting_weeks": np.maximum(0, on - told["published"]) // 7,
        "request_whole": told["whole"] == 0,
        **_build_window_masks(demand, regimes),
    }


def _build_window_masks(demand: RequestColumns, regimes: Sequence[Regime]) -> dict[str, Bits]:
    """When the work may be done, at any time unless it is said, and when the people meet."""
    ids = demand.requests["id"]
    kind = PackedInt(index_in_list("kind", _WINDOW_KINDS), 1)
    rows = filter_by_owner(RequestWindow.objects.all(), "request", ids)
    found = fetch_columns(
        rows, ordered=True, owner=PackedInt(F("request_id"), 38), window=PackedInt(WINDOW_CODE, 24), kind=kind
    )
    found["owner"] = find_positions(ids, found["owner"])
    found = {name: column[found["owner"] >= 0] for name, column in found.items()}

    def masks(kind: str, without: int) -> Bits:
        def mask(windows: Sequence[Window], zone: str, regime: Regime) -> int:
            return round_outward(windows, zone, regime) if windows else without

        these = found["kind"] == _WINDOW_KINDS.index(kind)
        zone, zones = demand.requests["zone"], demand.time_zones
        return build_weekly_masks(found["owner"][these], found["window"][these], zone, zones, regimes, mask)

    return {"work": masks("work", FULL_WEEK), "meetings": masks("meeting", 0)}


def filter_by_owner(rows: "QuerySet[Any]", owner: str, ids: Int) -> "QuerySet[Any]":
    """Those that belong to these, as long as these are few enough to be named; everybody's where they are many."""
    return rows.filter(**{f"{owner}__in": ids.tolist()}) if len(ids) < _MAX_NAMED_ROWS else rows


def _build_role_arrays(demand: RequestColumns) -> dict[str, Any]:
    told = demand.roles
    rows = filter_by_owner(Role.nice_to_have_skills.through.objects.all(), "role", told["id"])
    nice = fetch_columns(rows, ordered=True, role=PackedInt(F("role_id"), 39), skill=PackedInt(F("skill_id"), 24))
    nice["row"] = find_positions(told["id"], nice["role"])
    nice = {name: column[nice["row"] >= 0] for name, column in nice.items()}
    return {
        "role_id": told["id"],
        "role_request": find_positions(demand.requests["id"], told["request"]),
        "role_skill": told["skill"],
        "role_level": told["level"],
        "role_hours": told["hours"],
        "role_seats": np.array([len(seats) for seats in demand.seat_ids], np.int64),
        "role_languages": told["languages"].view(np.uint64),
        "role_leads": told["leads"] > 0,
        "role_decides": told["decides"] > 0,
        "role_vetting": told["vetting"],
        "nice_role": nice["row"],
        "nice_skill": nice["skill"],
    }
