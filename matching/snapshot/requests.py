"""Read the demand side of a snapshot as columns: requests and their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from campaigns.models import Request, Role, Seat
from core.column_expressions import as_bit_set, as_integer, date_ordinal, index_in_list, utc_date_ordinal
from core.date_rules import FIRST_DAY, LAST_DAY, MAX_REQUEST_SPAN_DAYS, latest_countable_day
from core.enums import OfficeLevel, VettingArea
from core.numpy_columns import fetch_columns, find_positions
from core.time_zones import is_time_zone
from matching.engine.problem import Int
from matching.models import Match
from matching.snapshot.unusable_rows import usable_seat

OFFICE_LEVEL_BITS = {level: bit for bit, level in enumerate(OfficeLevel.values)}
VETTING_AREA_ROWS = {area: row for row, area in enumerate(VettingArea.values)}


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
