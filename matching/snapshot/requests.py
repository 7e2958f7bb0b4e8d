"""Read the demand side of a snapshot: requests, their roles and free seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from campaigns.models import Request, RequestWindow, Role, Seat
from core.date_rules import FIRST_DAY, LAST_DAY, MAX_REQUEST_SPAN_DAYS, latest_countable_day
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
from core.time_zones import is_time_zone
from core.week_mask import FULL_WEEK, Regime, Window, round_outward
from matching.engine.problem import Bits, Int
from matching.models import HOLDS_SEAT, Match, Policy
from matching.rules.score_parts import Scope
from matching.rules.states import STATES_HOLDING_SEAT, STATES_WORK_DONE, MatchState
from matching.snapshot.score_numbers import stack_part_numbers
from matching.snapshot.unusable_rows import usable_seat
from matching.snapshot.weekly_masks import WINDOW_CODE, build_weekly_masks

OFFICE_LEVEL_BITS = {level: bit for bit, level in enumerate(OfficeLevel.values)}
VETTING_AREA_ROWS = {area: row for row, area in enumerate(VettingArea.values)}
_MAX_NAMED_ROWS = 2_000  # up to so many ids a query lists them; above, reading the whole table is faster
_WINDOW_KINDS = [kind.value for kind in RequestWindow.Kind]


@dataclass(frozen=True, slots=True)
class RequestColumns:
    """Requests and roles as columns, in the order of their ids.

    `seat_ids` are the ids of each role's free seats, in the order in which they are filled. `time_zones` are those of
    the requests, by number; `languages` those that the roles ask for, by bit.
    """

    requests: dict[str, Int]
    roles: dict[str, Int]
    seat_ids: list[list[int]]
    time_zones: list[str]
    languages: list[str]


def open_seats(
    *,
    on: date,
    horizon_days: int,
    include_broadcasts: bool = False,
    include_approved: bool = False,
    ignored_match: int | None = None,
) -> "QuerySet[Seat]":
    """Return the free seats of published requests of verified campaigns that start within `horizon_days`.

    Seats with broadcast offers, and emergencies, are not for runs: only `include_broadcasts` returns them too. A paused
    campaign gets no new volunteers, except in an emergency. With `include_approved`, a seat is free until its offer
    has left: nobody but reviewers is told of an approval. The match with the id `ignored_match` does not count as a
    holder of its seat.
    """
    occupying = (
        HOLDS_SEAT | Q(state__in=STATES_WORK_DONE)
        if include_broadcasts
        else Q(state__in=(*STATES_HOLDING_SEAT, *STATES_WORK_DONE))
    )
    holders = Match.objects.filter(occupying, seat=OuterRef("pk")).exclude(pk=ignored_match or 0)
    if include_approved:
        holders = holders.exclude(state=MatchState.APPROVED)
    no_emergency = Q(role__request__emergency=False)
    return Seat.objects.filter(
        ~Exists(holders),
        Q(role__request__campaign__paused_at=None) | ~no_emergency,
        Q() if include_broadcasts else no_emergency,
        closed_at=None,
        role__request__state=Request.State.PUBLISHED,
        role__request__campaign__state="verified",
        role__request__starts_on__lte=on + timedelta(days=horizon_days),
        role__request__ends_on__gte=on,
        role__request__campaign__candidate__contest__election_on__gte=on,
    )


def empty_seats(*, policy: Policy, at: datetime) -> "QuerySet[Seat]":
    """Return the open seats as their campaign knows them: without an open offer.

    A proposal and an approval change nothing: else a campaign could change a role, step by step, until one person is
    proposed, and so learn about that person.
    """
    return open_seats(on=at.date(), horizon_days=policy.horizon_days, include_approved=True)


def read_request_columns(seats: "QuerySet[Seat]", *, on: date, occupying: Q) -> RequestColumns:
    """Read these open seats, and the requests of all `occupying` matches.

    The latter have no free seat, perhaps, but they take hours and time of volunteers in the snapshot. Requests that
    cannot be computed with have no seat here. While they are occupied, their days are cut to usable ones.
    """
    seats = seats.filter(usable_seat())
    free = fetch_columns(seats.order_by("role_id", "number", "id"), id=F("pk"), role=F("role_id"))
    open_roles = Role.objects.filter(pk__in=seats.values("role"))
    language = Func(F("languages"), function="unnest", output_field=TextField())
    languages_in_use = open_roles.order_by().annotate(one=language).values_list("one", flat=True).distinct()
    languages = sorted(languages_in_use)[:64]
    roles = _read_roles(open_roles, languages)
    occupied_requests = Match.objects.filter(occupying).values("request")
    relevant = Request.objects.filter(Q(pk__in=open_roles.values("request")) | Q(pk__in=occupied_requests))
    zones = sorted(relevant.order_by().values_list("time_zone", flat=True).distinct())
    requests = _read_requests(relevant, zones, on=on)
    is_unknown_zone = np.array([not is_time_zone(zone) for zone in zones], np.bool_)
    zones = ["UTC" if is_unknown else zone for zone, is_unknown in zip(zones, is_unknown_zone.tolist(), strict=True)]
    # The statements see different moments: drop rows that came between them, as the next run reads these.
    has_zone = requests["zone"] >= 0
    requests = {name: column[has_zone] for name, column in requests.items()}
    with_known_zone = requests["id"][~is_unknown_zone[requests["zone"]]]
    is_complete = (find_positions(with_known_zone, roles["request"]) >= 0) & np.isin(roles["id"], free["role"])
    roles = {name: column[is_complete] for name, column in roles.items()}
    # `free` ascends by role, so the seats of a role are one slice.
    bounds = np.searchsorted(free["role"], [roles["id"], roles["id"] + 1]).T.tolist()
    ids = free["id"].tolist()
    return RequestColumns(requests, roles, [ids[start:stop] for start, stop in bounds], zones, languages)


def _read_roles(roles: "QuerySet[Role]", languages: Sequence[str]) -> dict[str, Int]:
    return fetch_columns(
        roles.order_by("pk"),
        id=F("pk"),
        request=F("request_id"),
        skill=F("skill_id"),
        level=F("level"),
        hours=F("hours_per_week"),
        languages=as_bit_set("languages", languages),
        leads=as_integer("is_lead"),
        decides=as_integer("makes_decisions"),
        vetting=index_in_list("vetted_for", list(VETTING_AREA_ROWS)),
    )


def _read_requests(requests: "QuerySet[Request]", zones: Sequence[str], *, on: date) -> dict[str, Int]:
    contest, storable_days = "campaign__candidate__contest", (FIRST_DAY, LAST_DAY)
    columns = fetch_columns(
        requests.order_by("pk"),
        id=F("pk"),
        campaign=F("campaign_id"),
        contest=F(f"{contest}_id"),
        party=as_integer("campaign__candidate__party_id", null=-1),
        level=index_in_list(f"{contest}__level", list(OFFICE_LEVEL_BITS)),
        jurisdiction=F(f"{contest}__jurisdiction_id"),
        first=date_ordinal("starts_on", within=(FIRST_DAY, latest_countable_day(on))),
        last=date_ordinal("ends_on", within=(FIRST_DAY, latest_countable_day(on))),
        priority=F("priority"),
        election=date_ordinal(f"{contest}__election_on", within=storable_days),
        published=Coalesce(utc_date_ordinal("published_at"), Value(date.max.toordinal())),
        whole=index_in_list("staffing", ["whole"]),
        zone=index_in_list("time_zone", zones),
    )
    columns["last"] = np.clip(columns["last"], columns["first"], columns["first"] + MAX_REQUEST_SPAN_DAYS)
    return columns


def build_request_side_arrays(demand: RequestColumns, *, on: date, regimes: Sequence[Regime]) -> dict[str, Any]:
    """Return the `Problem`'s arrays about jurisdictions, requests and roles."""
    tree = fetch_columns(Jurisdiction.objects.order_by("pk"), id=F("pk"), parent=as_integer("parent_id", null=-1))
    return {
        "place_parent": find_positions(tree["id"], tree["parent"]),
        **_build_request_arrays(demand, on.toordinal(), regimes, tree["id"]),
        **_build_role_arrays(demand),
    }


def _build_request_arrays(
    demand: RequestColumns, on: int, regimes: Sequence[Regime], jurisdictions: Int
) -> dict[str, Any]:
    columns = demand.requests
    first, last = np.maximum(columns["first"], on), np.maximum(columns["last"], on)
    return {
        "request_id": columns["id"],
        "request_campaign": columns["campaign"],
        "request_contest": columns["contest"],
        "request_party": columns["party"],
        "request_level": columns["level"],
        "request_place": find_positions(jurisdictions, columns["jurisdiction"]),
        "request_first": first,
        "request_last": last,
        "regime_first": np.searchsorted([regime.last.toordinal() for regime in regimes], first),
        "regime_last": np.searchsorted([regime.first.toordinal() for regime in regimes], last, "right") - 1,
        "request_numbers": stack_part_numbers(
            Scope.REQUEST,
            len(columns["id"]),
            {
                "priority": columns["priority"],
                "election": np.maximum(0, columns["election"] - on) // 7,
                "waiting": np.maximum(0, on - columns["published"]) // 7,
            },
        ),
        "request_whole": columns["whole"] == 0,
        **_build_window_masks(demand, regimes),
    }


def _build_window_masks(demand: RequestColumns, regimes: Sequence[Regime]) -> dict[str, Bits]:
    """Return the weekly masks of work (all week for a request without work windows) and of meetings."""
    ids = demand.requests["id"]
    owner, kind = PackedInt(F("request_id"), 38), PackedInt(index_in_list("kind", _WINDOW_KINDS), 1)
    usable = RequestWindow.objects.filter(~Q(starts=F("ends")), weekday__range=(0, 6))
    rows = filter_by_owner(usable, "request", ids)
    columns = fetch_columns(rows, ordered=True, owner=owner, window=PackedInt(WINDOW_CODE, 24), kind=kind)
    columns["owner"] = find_positions(ids, columns["owner"])
    columns = {name: column[columns["owner"] >= 0] for name, column in columns.items()}

    def build_masks_of_kind(kind: str, default: int) -> Bits:
        def compute_mask(windows: Sequence[Window], zone: str, regime: Regime) -> int:
            return round_outward(windows, zone, regime) if windows else default

        of_kind = columns["kind"] == _WINDOW_KINDS.index(kind)
        owner, window = columns["owner"][of_kind], columns["window"][of_kind]
        return build_weekly_masks(owner, window, demand.requests["zone"], demand.time_zones, regimes, compute_mask)

    return {"work": build_masks_of_kind("work", FULL_WEEK), "meetings": build_masks_of_kind("meeting", 0)}


def filter_by_owner(rows: "QuerySet[Any]", owner: str, ids: Int) -> "QuerySet[Any]":
    """Limit rows to those of these owners while the ids are few; of many owners return all rows unfiltered."""
    return rows.filter(**{f"{owner}__in": ids.tolist()}) if len(ids) < _MAX_NAMED_ROWS else rows


def _build_role_arrays(demand: RequestColumns) -> dict[str, Any]:
    columns = demand.roles
    rows = filter_by_owner(Role.nice_to_have_skills.through.objects.all(), "role", columns["id"])
    nice = fetch_columns(rows, ordered=True, role=PackedInt(F("role_id"), 39), skill=PackedInt(F("skill_id"), 24))
    nice["row"] = find_positions(columns["id"], nice["role"])
    nice = {name: column[nice["row"] >= 0] for name, column in nice.items()}
    return {
        "role_id": columns["id"],
        "role_request": find_positions(demand.requests["id"], columns["request"]),
        "role_skill": columns["skill"],
        "role_level": columns["level"],
        "role_hours": columns["hours"],
        "role_seats": np.array([len(seats) for seats in demand.seat_ids], np.int64),
        "role_languages": columns["languages"].view(np.uint64),
        "role_leads": columns["leads"] > 0,
        "role_decides": columns["decides"] > 0,
        "role_vetting": columns["vetting"],
        "nice_role": nice["row"],
        "nice_skill": nice["skill"],
    }
