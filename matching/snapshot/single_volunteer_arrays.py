"""Build the arrays of one volunteer: a stored one, or a person who has only said what they can do.

A run reads all volunteers at once, column by column. For one of them that costs more than plain rows. A test compares
the two.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from core.numpy_columns import find_positions
from core.reference.queries import map_skill_ancestors
from core.week_mask import mask_to_words, round_inward
from core.week_regimes import Regime
from matching.engine.problem import Int, stack_numbers
from matching.rules.score_parts import Scope
from matching.snapshot.requests import OFFICE_LEVEL_BITS, VETTING_AREA_ROWS
from matching.snapshot.single_volunteer import MatchFacts, SingleVolunteer
from matching.snapshot.volunteer_arrays import build_claim_arrays


def build_single_arrays(
    volunteer: SingleVolunteer,
    *,
    languages: Sequence[str],
    regimes: Sequence[Regime],
    jurisdictions: Int,
    requests: Int,
) -> dict[str, Any]:
    """Return the arrays of a `Problem` about this volunteer alone, row 0.

    `languages` are those that count, by bit; `jurisdictions` and `requests` the ids of the rows, ascending.
    """
    zone = volunteer.time_zone
    weeks = [mask_to_words(round_inward(volunteer.windows, zone, regime)) for regime in regimes]
    return {
        "volunteer_id": np.zeros(1, np.int64),
        "hours": np.array([volunteer.max_hours_per_week]),
        "projects": np.array([volunteer.max_projects]),
        "languages": _as_bits(bit for bit, language in enumerate(languages) if language in volunteer.languages),
        "levels": _as_bits(OFFICE_LEVEL_BITS[level] for level in set(volunteer.levels)),
        "leads": np.array([volunteer.wants_to_lead]),
        "decides": np.array([volunteer.may_make_decisions]),
        "level_only": np.array([volunteer.restrict_to_levels]),
        "party_only": np.array([volunteer.restrict_to_parties]),
        "place_only": np.array([volunteer.restrict_to_jurisdictions]),
        "vetted_until": _vetted_until(volunteer.vetted_until),
        "volunteer_numbers": stack_numbers(Scope.VOLUNTEER, 1, {}),  # no rule asks for them, and there is no score
        "availability": np.array([weeks], np.uint64),
        **_claim_arrays(volunteer.claims),
        **_own_columns("party", party=volunteer.parties),
        **_own_columns("place", place=find_positions(jurisdictions, _as_ids(volunteer.jurisdictions))),
        **_own_columns(
            "time_off",
            time_off_first=[first.toordinal() for first, _ in volunteer.time_off],
            time_off_last=[last.toordinal() for _, last in volunteer.time_off],
        ),
        **_match_columns(volunteer.matches, requests),
        **_own_columns("pin", pin_role=()),
        **_own_columns("listed", listed_role=(), listed_part=(), listed_number=()),
    }


def _match_columns(matches: MatchFacts, requests: Int) -> dict[str, Int]:
    held = [row for row in matches.held if find_positions(requests, _as_ids([row[0]]))[0] >= 0]
    refused = find_positions(requests, _as_ids(matches.refused))
    return {
        **_own_columns(
            "held",
            held_request=find_positions(requests, _as_ids([request for request, _ in held])),
            held_hours=[hours for _, hours in held],
        ),
        **_own_columns("refused", refused_request=refused[refused >= 0]),
        **_own_columns(
            "sided",
            sided_contest=[contest for contest, _ in matches.sided],
            sided_campaign=[campaign for _, campaign in matches.sided],
        ),
        **_own_columns("veto", veto_campaign=matches.vetoed),
    }


def _own_columns(owner: str, **columns: Sequence[int] | Int) -> dict[str, Int]:
    """Return columns of rows that belong to the volunteer, with the column that says so."""
    arrays = {name: _as_ids(column) for name, column in columns.items()}
    return {f"{owner}_volunteer": np.zeros(len(next(iter(arrays.values()))), np.int64), **arrays}


def _as_ids(values: Sequence[int] | Int) -> Int:
    return np.asarray(values, np.int64)


def _as_bits(bits: Any) -> Any:
    return np.array([sum(1 << bit for bit in bits)], np.uint64)


def _vetted_until(marks: Mapping[str, date]) -> Int:
    until = np.full((1, len(VETTING_AREA_ROWS)), -1, np.int64)
    for area, day in marks.items():
        until[0, VETTING_AREA_ROWS[area]] = day.toordinal()
    return until


def _claim_arrays(claims: Sequence[tuple[int, int, bool]]) -> dict[str, Any]:
    codes = np.array(sorted(skill * 16 + level * 2 + wanted for skill, level, wanted in claims), np.int64)
    return dict(build_claim_arrays(np.zeros(len(codes), np.int64), codes, map_skill_ancestors()))
