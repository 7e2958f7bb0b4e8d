"""Build the arrays of one volunteer: a stored one, or a person who has only said what they can do.

A run reads all volunteers at once, column by column. For one of them that costs more than plain rows. A test compares
the two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from core.enums import OptionalAnswer
from core.numpy_columns import find_positions
from core.reference.queries import map_skill_ancestors
from core.week_mask import Regime, Window, mask_to_words, round_inward
from matching.engine.problem import Int, stack_numbers
from matching.models import Match, Veto
from matching.rules.score_parts import Scope
from matching.rules.states import (
    STATES_COUNTS_AS_SERVICE,
    STATES_HOLDING_SEAT,
    STATES_NOT_PROPOSED_AGAIN,
    MatchState,
)
from matching.snapshot.requests import OFFICE_LEVEL_BITS, VETTING_AREA_ROWS
from matching.snapshot.volunteers import build_claim_arrays
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFacts:
    """What stands between a volunteer and requests already, by ids.

    `held` are requests and the hours a week there; `sided` are contests and the campaign served in each.
    """

    held: Sequence[tuple[int, int]] = ()
    refused: Sequence[int] = ()
    sided: Sequence[tuple[int, int]] = ()
    vetoed: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleVolunteer:
    """What a volunteer says of themselves; what has a default is as in a new profile.

    `claims` are ids of skills with level and wish; `parties` and `jurisdictions` are ids.
    """

    claims: Sequence[tuple[int, int, bool]]
    max_hours_per_week: int
    windows: Sequence[Window]
    time_zone: str
    languages: Sequence[str]
    max_projects: int = 1
    wants_to_lead: bool = False
    may_make_decisions: bool = False
    levels: Sequence[str] = ()
    restrict_to_levels: bool = False
    parties: Sequence[int] = ()
    restrict_to_parties: bool = False
    jurisdictions: Sequence[int] = ()
    restrict_to_jurisdictions: bool = False
    vetted_until: Mapping[str, date] = field(default_factory=dict)
    time_off: Sequence[tuple[date, date]] = ()
    matches: MatchFacts = MatchFacts()


def read_single_volunteer(volunteer: Volunteer) -> SingleVolunteer:
    """Read all that a stored volunteer has said and done, in eight statements."""
    return SingleVolunteer(
        claims=[*volunteer.claims.values_list("skill_id", "level", "wants_to_use")],
        max_hours_per_week=volunteer.max_hours_per_week,
        windows=[Window(*row) for row in volunteer.windows.values_list("weekday", "starts", "ends")],
        time_zone=volunteer.time_zone,
        languages=volunteer.languages,
        max_projects=volunteer.max_projects,
        wants_to_lead=volunteer.wants_to_lead,
        may_make_decisions=volunteer.may_make_decisions == OptionalAnswer.YES,
        levels=volunteer.levels,
        restrict_to_levels=volunteer.restrict_to_levels,
        parties=[*volunteer.parties.order_by().values_list("pk", flat=True)],
        restrict_to_parties=volunteer.restrict_to_parties,
        jurisdictions=[*volunteer.jurisdictions.order_by().values_list("pk", flat=True)],
        restrict_to_jurisdictions=volunteer.restrict_to_jurisdictions,
        vetted_until=dict(volunteer.vettings.order_by("valid_until").values_list("area", "valid_until")),
        time_off=[*volunteer.time_off.values_list("starts_on", "ends_on")],
        matches=read_match_facts(
            Match.objects.filter(volunteer=volunteer),
            vetoed=[*Veto.objects.filter(volunteer=volunteer).values_list("campaign_id", flat=True)],
        ),
    )


def read_match_facts(matches: "QuerySet[Match]", *, vetoed: Sequence[int]) -> MatchFacts:
    """Read what these matches of one volunteer mean for further ones; `vetoed` are the campaigns of their vetoes."""
    contest = "request__campaign__candidate__contest"
    columns = ("state", "is_broadcast", "request_id", "seat__role__hours_per_week", contest, "request__campaign")
    rows = matches.order_by("pk").values_list(*columns)
    held, refused, sided = [], [], []
    for state, is_broadcast, request, hours, contest_id, campaign in rows:
        # A broadcast offer holds nothing until it is accepted, as in HOLDS_SEAT.
        if state in STATES_HOLDING_SEAT and not (state == MatchState.OFFERED and is_broadcast):
            held.append((request, hours))
        if state in STATES_NOT_PROPOSED_AGAIN:
            refused.append(request)
        if state in STATES_COUNTS_AS_SERVICE:
            sided.append((contest_id, campaign))
    return MatchFacts(held=held, refused=refused, sided=sided, vetoed=vetoed)


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
