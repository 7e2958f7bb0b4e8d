"""Build the arrays of one volunteer who has said what they can do, and is not stored yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.models import Skill
from core.reference.queries import map_skill_ancestors
from core.week_mask import Regime, Window, mask_to_words, round_inward
from matching.engine.problem import Int
from matching.snapshot.requests import VETTING_AREA_ROWS
from matching.snapshot.volunteers import build_claim_arrays

_NO_ROWS: Int = np.zeros(0, np.int64)
_PAIRS = (
    *("party_volunteer", "party", "place_volunteer", "place", "time_off_volunteer", "time_off_first", "time_off_last"),
    *("held_volunteer", "held_request", "held_hours", "refused_volunteer", "refused_request", "sided_volunteer"),
    *("sided_contest", "sided_campaign", "veto_volunteer", "veto_campaign", "pin_volunteer", "pin_role"),
)


@dataclass(frozen=True, slots=True)
class StatedVolunteer:
    """What a person says of themselves: skills with their level and wish, hours a week, free time and languages."""

    claims: Sequence[tuple[Skill, int, bool]]
    max_hours_per_week: int
    windows: Sequence[Window]
    time_zone: str
    languages: Sequence[str]


def build_stated_arrays(
    volunteer: StatedVolunteer, *, languages: Sequence[str], regimes: Sequence[Regime]
) -> dict[str, Any]:
    """Return the arrays of a `Problem` about this volunteer alone, row 0, who has no matches and sets no limits.

    What they did not say is as in a new profile. `languages` are those that count, by bit.
    """
    return {
        **{name: _NO_ROWS for name in _PAIRS},
        "volunteer_id": np.zeros(1, np.int64),
        "hours": np.array([volunteer.max_hours_per_week]),
        "projects": np.ones(1, np.int64),
        "languages": _language_bits(volunteer.languages, languages),
        "levels": np.zeros(1, np.uint64),
        **{name: np.zeros(1, np.bool_) for name in ("leads", "decides", "level_only", "party_only", "place_only")},
        "vetted_until": np.full((1, len(VETTING_AREA_ROWS)), -1, np.int64),
        "turn_weeks": np.zeros(1, np.int64),
        "availability": np.array(
            [[mask_to_words(round_inward(volunteer.windows, volunteer.time_zone, regime)) for regime in regimes]],
            np.uint64,
        ),
        **_stated_claims(volunteer.claims, map_skill_ancestors()),
    }


def _language_bits(spoken: Sequence[str], languages: Sequence[str]) -> Any:
    return np.array([sum(1 << bit for bit, language in enumerate(languages) if language in spoken)], np.uint64)


def _stated_claims(claims: Sequence[tuple[Skill, int, bool]], ancestors: Mapping[int, Sequence[int]]) -> dict[str, Any]:
    codes = sorted(skill.pk * 16 + level * 2 + wanted for skill, level, wanted in claims)
    return dict(build_claim_arrays(np.zeros(len(codes), np.int64), np.array(codes, np.int64), ancestors))
