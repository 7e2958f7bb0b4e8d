"""The supply side of a snapshot: people, what they can do, and when."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Expression, F, Q, QuerySet, Value

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
from core.reference.queries import map_skill_ancestors
from core.week_mask import Regime, round_inward
from matching.engine.problem import Flag, Int
from matching.models import Match, Policy
from matching.snapshot.requests import OFFICE_LEVEL_BITS, VETTING_AREA_ROWS, filter_by_owner
from matching.snapshot.weekly_masks import WINDOW_CODE, build_weekly_masks
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

OFFER_LIMIT_PERIOD = timedelta(weeks=1)
CLAIM_CODE = F("skill_id") * 16 + F("level") * 2 + as_integer("wanted")
ID_COLUMN_BITS, VALUE_COLUMN_BITS = 39, 24  # bits of an id, and of what stands beside it
MAX_PACKED_LANGUAGES = 60  # languages; more do not travel with other numbers


@dataclass(frozen=True, slots=True)
class VolunteerColumns:
    """Volunteers by row, in the order of their ids.

    `told` are the columns of the volunteers themselves; `zones` the time zones on whose clocks they live, by number.
    """

    own_columns: dict[str, Int]
    time_zones: list[str]

    @property
    def ids(self) -> Int:
        """The id of each row."""
        return self.own_columns["id"]

    def row_numbers(self, ids: Int) -> Int:
        """The rows of these ids; -1 for whoever is not in play."""
        return find_positions(self.ids, ids)

    def read_owned_columns(self, rows: "QuerySet[Any]", owner: str = "volunteer_id", **what: Any) -> dict[str, Int]:
        """Columns of rows that belong to these people: the row of each owner as `owner`, which ascends, and `what`.

        Whoever came into play since is left out.
        """
        found = fetch_columns(filter_by_owner(rows, owner, self.ids), owner=F(owner), **what)
        found["owner"] = self.row_numbers(found["owner"])
        order = np.argsort(found["owner"], kind="stable")
        order = order[np.searchsorted(found["owner"][order], 0) :]
        return {name: column[order] for name, column in found.items()}

    def read_packed_column(self, rows: "QuerySet[Any]", what: Expression | F) -> tuple[Int, Int]:
        """The same of very many rows with one small number each, which ascends within the rows of one owner."""
        rows = filter_by_owner(rows, "volunteer_id", self.ids)
        found = fetch_columns(
            rows,
            ordered=True,
            owner=PackedInt(F("volunteer_id"), ID_COLUMN_BITS),
            what=PackedInt(what, VALUE_COLUMN_BITS),
        )
        # Whose rows they are is looked up once a person, not once a row.
        begins = np.flatnonzero(np.diff(found["owner"], prepend=-1))
        owner = np.repeat(self.row_numbers(found["owner"][begins]), np.diff(begins, append=len(found["owner"])))
        known = owner >= 0
        return (owner, found["what"]) if known.all() else (owner[known], found["what"][known])


def available_volunteers(*, include_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """People who are active, of age, and here by their own word unless the unclaimed are counted too."""
    claimed = Q(user__is_active=True) | Q(user=None) if include_unclaimed else Q(user__is_active=True)
    return Volunteer.objects.filter(claimed, state=Volunteer.State.ACTIVE, adult=True)


def proposable_volunteers(*, policy: Policy, at: datetime, include_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """Those of them who can be proposed now: rested, sure of their hours, and not asked too often this week."""
    fresh = Q(availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days)) | Q(user=None)
    rested = Q(rest_until=None) | Q(rest_until__lte=at.date())
    asked = Match.objects.filter(offered_at__gt=at - OFFER_LIMIT_PERIOD, request__emergency=False).values("volunteer")
    enough = asked.annotate(offers=Count("pk")).filter(offers__gte=policy.max_offers_per_week).values("volunteer")
    return available_volunteers(include_unclaimed=include_unclaimed).filter(fresh, rested).exclude(pk__in=enough)


def time_zones_in_use() -> list[str]:
    """The time zones on whose clocks people live, each found by the one before it: an index is asked once a zone."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE zones (zone) AS (
                SELECT min(time_zone) FROM volunteers_volunteer
                UNION ALL
                SELECT (SELECT min(time_zone) FROM volunteers_volunteer WHERE time_zone > zones.zone)
                FROM zones WHERE zones.zone IS NOT NULL
            )
            SELECT zone FROM zones WHERE zone IS NOT NULL ORDER BY zone
            """
        )
        return [zone for (zone,) in cursor.fetchall()]


def read_volunteer_columns(people: "QuerySet[Volunteer]", *, languages: Sequence[str] = ()) -> VolunteerColumns:
    """These people, in the order of their ids. `languages` are those that matter, at most 64."""
    zones, spoken = time_zones_in_use(), as_bit_set("languages", languages)
    told = fetch_columns(
        people.order_by(),
        id=PackedInt(F("pk"), ID_COLUMN_BITS),
        raised=PackedInt(utc_date_ordinal("waiting_since"), 22),
        languages=PackedInt(spoken, len(languages)) if 0 < len(languages) <= MAX_PACKED_LANGUAGES else spoken,
        hours=PackedInt(F("max_hours_per_week"), 15),
        projects=PackedInt(F("max_projects"), 15),
        zone=PackedInt(index_in_list("time_zone", zones) + Value(1), 11),
        levels=PackedInt(as_bit_set("levels", list(OFFICE_LEVEL_BITS)), len(OFFICE_LEVEL_BITS)),
        decides=PackedInt(index_in_list("may_make_decisions", ["yes"]) + Value(1), 1),
        leads=PackedInt(as_integer("wants_to_lead"), 1),
        level_only=PackedInt(as_integer("restrict_to_levels"), 1),
        party_only=PackedInt(as_integer("restrict_to_parties"), 1),
        place_only=PackedInt(as_integer("restrict_to_jurisdictions"), 1),
    )
    told["zone"] -= 1
    order = np.argsort(told["id"])  # in a fraction of what it takes the database
    known = order[told["zone"][order] >= 0]  # who came since the zones were read is for the next run
    told = {name: column[known] for name, column in told.items()}
    mine, told["zone"] = np.unique(told["zone"], return_inverse=True)  # others' are nobody's business here
    return VolunteerColumns(told, [zones[zone] for zone in mine.tolist()])


def build_volunteer_arrays(supply: VolunteerColumns, *, on: date, regimes: Sequence[Regime]) -> dict[str, Any]:
    """The Problem's arrays about volunteers and their claims."""
    told = supply.own_columns
    who, said = supply.read_packed_column(SkillClaim.objects.all(), CLAIM_CODE)
    lines = map_skill_ancestors()
    with ThreadPoolExecutor(1) as pool:  # claims are copied here while the database gathers the windows
        claims = pool.submit(_build_claim_arrays, who, said, lines)
        owner, window = supply.read_packed_column(AvailabilityWindow.objects.all(), WINDOW_CODE)
        vetted_until, named, time_off = (
            _read_vetted_until(supply),
            _read_named_preferences(supply),
            _read_time_off(supply),
        )
        availability = build_weekly_masks(owner, window, told["zone"], supply.time_zones, regimes, round_inward)
    return {
        "volunteer_id": supply.ids,
        "hours": told["hours"],
        "projects": told["projects"],
        "languages": told["languages"].view(np.uint64),
        "levels": told["levels"].view(np.uint64),
        "leads": told["leads"] > 0,
        "decides": told["decides"] > 0,
        "vetted_until": vetted_until,
        "turn_weeks": np.maximum(0, on.toordinal() - told["raised"]) // 7,
        "availability": availability,
        "level_only": told["level_only"] > 0,
        "party_only": told["party_only"] > 0,
        "place_only": told["place_only"] > 0,
        **named,
        **claims.result(),
        **time_off,
    }


def _read_vetted_until(supply: VolunteerColumns) -> Int:
    found = supply.read_owned_columns(
        Vetting.objects.order_by("until"),
        area=index_in_list("area", list(VETTING_AREA_ROWS)),
        until=date_ordinal("until"),
    )
    until = np.full((len(supply.ids), len(VETTING_AREA_ROWS)), -1, np.int64)
    until[found["owner"], found["area"]] = found["until"]
    return until


def _read_named_preferences(supply: VolunteerColumns) -> dict[str, Int]:
    party_volunteer, party = supply.read_packed_column(Volunteer.parties.through.objects.all(), F("party_id"))
    every = fetch_columns(Jurisdiction.objects.order_by("pk"), id=F("pk"))["id"]
    place_volunteer, place = supply.read_packed_column(
        Volunteer.jurisdictions.through.objects.all(), F("jurisdiction_id")
    )
    return {
        "party_volunteer": party_volunteer,
        "party": party,
        "place_volunteer": place_volunteer,
        "place": find_positions(every, place),
    }


def _build_claim_arrays(who: Int, said: Int, lines: Mapping[int, Sequence[int]]) -> dict[str, Int | Flag]:
    """Every claim, copied to the ancestors of its skill: the highest level counts, and whether any is wanted."""
    known = np.array(sorted(lines), np.int64)
    length = np.array([len(lines[skill]) for skill in known.tolist()], np.int64)
    above = np.array([one for skill in known.tolist() for one in lines[skill]], np.int64)
    spots = find_positions(known, said >> 4)
    times = length[spots]
    copy = np.repeat(np.arange(len(spots)), times)
    nth = np.arange(len(copy)) - np.repeat(np.cumsum(times) - times, times)
    # Ascending by skill, then person, then what is said: one number is sorted faster than three.
    one = (above[(np.cumsum(length) - length)[spots][copy] + nth] << 44) | (who[copy] << 4) | (said & 15)[copy]
    one.sort()
    begins = np.flatnonzero(np.diff(one >> 4, prepend=-1))
    skill, owner, said = one >> 44, (one >> 4) & (2**40 - 1), one & 15
    return {
        "claim_skill": skill[begins],
        "claim_volunteer": owner[begins],
        "claim_level": _highest_per_group(said // 2, begins),
        "claim_wanted": _highest_per_group(said % 2, begins) > 0,
    }


def _highest_per_group(values: Int, begins: Int) -> Int:
    return np.maximum.reduceat(values, begins) if len(begins) else values


def _read_time_off(supply: VolunteerColumns) -> dict[str, Int]:
    found = supply.read_owned_columns(
        TimeOff.objects.order_by("pk"), first=date_ordinal("starts_on"), last=date_ordinal("ends_on")
    )
    return {
        "time_off_volunteer": found["owner"],
        "time_off_first": found["first"],
        "time_off_last": found["last"],
    }
