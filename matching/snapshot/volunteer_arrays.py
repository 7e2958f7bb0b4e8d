"""Build the `Problem`'s arrays about volunteers: their profiles, claims, wishes and time off."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
from django.db.models import F

from core.column_expressions import as_integer, date_ordinal, index_in_list
from core.models import Jurisdiction
from core.numpy_columns import fetch_columns, find_positions
from core.reference.queries import map_skill_ancestors
from core.week_mask import round_inward
from core.week_regimes import Regime
from matching.engine.problem import Flag, Int
from matching.rules.score_parts import Scope
from matching.snapshot.requests import VETTING_AREA_ROWS
from matching.snapshot.score_numbers import stack_part_numbers
from matching.snapshot.volunteers import VolunteerColumns
from matching.snapshot.weekly_masks import WINDOW_CODE, build_weekly_masks
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

CLAIM_CODE = F("skill_id") * 16 + F("level") * 2 + as_integer("wants_to_use")


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
