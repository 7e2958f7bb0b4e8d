"""Read the supply side of a snapshot: volunteers, their skills and their hours."""

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
from core.time_zones import is_time_zone
from core.week_mask import Regime, round_inward
from matching.engine.problem import Flag, Int
from matching.models import Match, Policy
from matching.rules.score_parts import Scope
from matching.snapshot.requests import OFFICE_LEVEL_BITS, VETTING_AREA_ROWS, filter_by_owner
from matching.snapshot.score_numbers import stack_part_numbers
from matching.snapshot.weekly_masks import WINDOW_CODE, build_weekly_masks
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

OFFER_LIMIT_PERIOD = timedelta(weeks=1)
CLAIM_CODE = F("skill_id") * 16 + F("level") * 2 + as_integer("wants_to_use")
ID_COLUMN_BITS, VALUE_COLUMN_BITS = 39, 24  # of an id, and of the value packed with it: 63 bits in one integer
MAX_PACKED_LANGUAGES = 60  # more languages need a column of their own


@dataclass(frozen=True, slots=True)
class VolunteerColumns:
    """Volunteers as columns, in the order of their ids.

    `own_columns` are those of the volunteers' own table; `time_zones` are those in which they live, by number.
    """

    own_columns: dict[str, Int]
    time_zones: list[str]

    @property
    def ids(self) -> Int:
        """The id of each row."""
        return self.own_columns["id"]

    def row_numbers(self, ids: Int) -> Int:
        """Return the row numbers of these ids; -1 for a volunteer outside the snapshot."""
        return find_positions(self.ids, ids)

    def read_owned_columns(
        self, rows: "QuerySet[Any]", owner: str = "volunteer_id", **expressions: Any
    ) -> dict[str, Int]:
        """Read columns of rows that belong to these volunteers, sorted by `owner`, the volunteer's row number.

        Rows of volunteers outside the snapshot are left out.
        """
        columns = fetch_columns(filter_by_owner(rows, owner, self.ids), owner=F(owner), **expressions)
        columns["owner"] = self.row_numbers(columns["owner"])
        order = np.argsort(columns["owner"], kind="stable")
        # Unknown owners have -1, so they are in front.
        order = order[np.searchsorted(columns["owner"][order], 0) :]
        return {name: column[order] for name, column in columns.items()}

    def read_packed_column(self, rows: "QuerySet[Any]", value: Expression | F) -> tuple[Int, Int]:
        """Read the owners and one small value of very many rows, sorted by both.

        The two travel as one integer. Rows of volunteers outside the snapshot are left out.
        """
        rows = filter_by_owner(rows, "volunteer_id", self.ids)
        columns = fetch_columns(
            rows,
            ordered=True,
            owner=PackedInt(F("volunteer_id"), ID_COLUMN_BITS),
            value=PackedInt(value, VALUE_COLUMN_BITS),
        )
        # The rows of one owner are neighbours, so look up each owner once, not once a row.
        starts = np.flatnonzero(np.diff(columns["owner"], prepend=-1))
        owner = np.repeat(self.row_numbers(columns["owner"][starts]), np.diff(starts, append=len(columns["owner"])))
        is_known = owner >= 0
        return (owner, columns["value"]) if is_known.all() else (owner[is_known], columns["value"][is_known])


def available_volunteers(*, include_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """Return active adult volunteers with an active account; with `include_unclaimed` also those without an account."""
    claimed = Q(user__is_active=True) | Q(user=None) if include_unclaimed else Q(user__is_active=True)
    return Volunteer.objects.filter(claimed, state=Volunteer.State.ACTIVE, adult=True)


def proposable_volunteers(*, policy: Policy, at: datetime, include_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """Return volunteers who can be proposed now: rested, with confirmed hours, below the weekly offer limit."""
    confirmed = Q(availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days)) | Q(user=None)
    rested = Q(rest_until=None) | Q(rest_until__lte=at.date())
    offered = Match.objects.filter(offered_at__gt=at - OFFER_LIMIT_PERIOD, request__emergency=False)
    offer_counts = offered.values("volunteer").annotate(offers=Count("pk"))
    at_limit = offer_counts.filter(offers__gte=policy.max_offers_per_week).values("volunteer")
    available = available_volunteers(include_unclaimed=include_unclaimed)
    return available.filter(confirmed, rested).exclude(pk__in=at_limit)


def time_zones_in_use() -> list[str]:
    """Return the known time zones of all volunteers. A volunteer in an unknown one is left out of everything."""
    return [zone for zone in _read_time_zones() if is_time_zone(zone)]


def volunteers_in_unknown_zones(people: "QuerySet[Volunteer]") -> "QuerySet[Volunteer]":
    """Return those of these volunteers whose time zone is unknown."""
    unknown = [zone for zone in _read_time_zones() if not is_time_zone(zone)]
    return people.filter(time_zone__in=unknown) if unknown else people.none()


def _read_time_zones() -> list[str]:
    # The recursion steps through the index once a zone, not once a row.
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
    """Read these volunteers, in the order of their ids. `languages` are those that count, at most 64."""
    zones, language_bits = time_zones_in_use(), as_bit_set("languages", languages)
    fits_packing = 0 < len(languages) <= MAX_PACKED_LANGUAGES
    columns = fetch_columns(
        people.order_by(),
        id=PackedInt(F("pk"), ID_COLUMN_BITS),
        raised=PackedInt(utc_date_ordinal("waiting_since"), 22),
        languages=PackedInt(language_bits, len(languages)) if fits_packing else language_bits,
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
    columns["zone"] -= 1
    # Sorting here takes a fraction of the time that it takes the database.
    order = np.argsort(columns["id"])
    # A volunteer whose zone is not among these has just come, and the next run reads them, or it is unknown.
    with_zone = order[columns["zone"][order] >= 0]
    columns = {name: column[with_zone] for name, column in columns.items()}
    # Keep only the zones of these volunteers: every zone costs regimes, and so masks.
    zones_here, columns["zone"] = np.unique(columns["zone"], return_inverse=True)
    return VolunteerColumns(columns, [zones[zone] for zone in zones_here.tolist()])


def build_volunteer_arrays(supply: VolunteerColumns, *, on: date, regimes: Sequence[Regime]) -> dict[str, Any]:
    """Return the `Problem`'s arrays about volunteers and their claims."""
    columns = supply.own_columns
    claimant, claim_code = supply.read_packed_column(SkillClaim.objects.all(), CLAIM_CODE)
    ancestors = map_skill_ancestors()
    # Numpy works on the claims in a thread of its own while this one waits for the database.
    with ThreadPoolExecutor(1) as pool:
        claims = pool.submit(build_claim_arrays, claimant, claim_code, ancestors)
        owner, window = supply.read_packed_column(AvailabilityWindow.objects.all(), WINDOW_CODE)
        vetted_until, preferences, time_off = (
            _read_vetted_until(supply),
            _read_named_preferences(supply),
            _read_time_off(supply),
        )
        availability = build_weekly_masks(owner, window, columns["zone"], supply.time_zones, regimes, round_inward)
    return {
        "volunteer_id": supply.ids,
        "hours": columns["hours"],
        "projects": columns["projects"],
        "languages": columns["languages"].view(np.uint64),
        "levels": columns["levels"].view(np.uint64),
        "leads": columns["leads"] > 0,
        "decides": columns["decides"] > 0,
        "vetted_until": vetted_until,
        "volunteer_numbers": stack_part_numbers(
            Scope.VOLUNTEER, len(supply.ids), {"turn": np.maximum(0, on.toordinal() - columns["raised"]) // 7}
        ),
        "availability": availability,
        "level_only": columns["level_only"] > 0,
        "party_only": columns["party_only"] > 0,
        "place_only": columns["place_only"] > 0,
        **preferences,
        **claims.result(),
        **time_off,
    }


def _read_vetted_until(supply: VolunteerColumns) -> Int:
    # A later mark of the same area overwrites an earlier one below, so the rows are ordered by their end.
    columns = supply.read_owned_columns(
        Vetting.objects.order_by("valid_until"),
        area=index_in_list("area", list(VETTING_AREA_ROWS)),
        until=date_ordinal("valid_until"),
    )
    until = np.full((len(supply.ids), len(VETTING_AREA_ROWS)), -1, np.int64)
    until[columns["owner"], columns["area"]] = columns["until"]
    return until


def _read_named_preferences(supply: VolunteerColumns) -> dict[str, Int]:
    party_volunteer, party = supply.read_packed_column(Volunteer.parties.through.objects.all(), F("party_id"))
    jurisdiction_ids = fetch_columns(Jurisdiction.objects.order_by("pk"), id=F("pk"))["id"]
    jurisdiction_volunteer, jurisdiction = supply.read_packed_column(
        Volunteer.jurisdictions.through.objects.all(), F("jurisdiction_id")
    )
    return {
        "party_volunteer": party_volunteer,
        "party": party,
        "place_volunteer": jurisdiction_volunteer,
        "place": find_positions(jurisdiction_ids, jurisdiction),
    }


def build_claim_arrays(claimant: Int, claim_code: Int, ancestors: Mapping[int, Sequence[int]]) -> dict[str, Int | Flag]:
    """Copy every claim to the ancestors of its skill; of several copies the highest level counts, and any wish.

    `claim_code` packs skill, level and wish as `CLAIM_CODE` does; `ancestors` of a skill include itself.
    """
    skills = np.array(sorted(ancestors), np.int64)
    ancestor_count = np.array([len(ancestors[skill]) for skill in skills.tolist()], np.int64)
    # The ancestors of all skills in one array, those of one skill as one slice.
    all_ancestors = np.array([ancestor for skill in skills.tolist() for ancestor in ancestors[skill]], np.int64)
    slice_start = np.cumsum(ancestor_count) - ancestor_count
    position = find_positions(skills, claim_code >> 4)
    copies = ancestor_count[position]
    # For each copy: the claim that it copies, and its number within that claim.
    source = np.repeat(np.arange(len(position)), copies)
    copy_number = np.arange(len(source)) - np.repeat(np.cumsum(copies) - copies, copies)
    copied_skill = all_ancestors[slice_start[position][source] + copy_number]
    # Sort by skill, volunteer, level and wish in one integer, as that is faster than by several keys.
    packed = (copied_skill << 44) | (claimant[source] << 4) | (claim_code & 15)[source]
    packed.sort()
    group_starts = np.flatnonzero(np.diff(packed >> 4, prepend=-1))
    skill, volunteer, level_and_wish = packed >> 44, (packed >> 4) & (2**40 - 1), packed & 15
    return {
        "claim_skill": skill[group_starts],
        "claim_volunteer": volunteer[group_starts],
        "claim_level": _highest_per_group(level_and_wish // 2, group_starts),
        "claim_numbers": stack_part_numbers(
            Scope.CLAIM, len(group_starts), {"wanted": _highest_per_group(level_and_wish % 2, group_starts)}
        ),
    }


def _highest_per_group(values: Int, group_starts: Int) -> Int:
    # `reduceat` fails on no groups at all.
    return np.maximum.reduceat(values, group_starts) if len(group_starts) else values


def _read_time_off(supply: VolunteerColumns) -> dict[str, Int]:
    columns = supply.read_owned_columns(
        TimeOff.objects.order_by("pk"), first=date_ordinal("starts_on"), last=date_ordinal("ends_on")
    )
    return {
        "time_off_volunteer": columns["owner"],
        "time_off_first": columns["first"],
        "time_off_last": columns["last"],
    }
