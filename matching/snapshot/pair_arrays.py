"""Build the `Problem`'s arrays of what stands between volunteers and requests already: matches, vetoes and service."""

from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet

from campaigns.models import Member
from core.numpy_columns import find_positions
from matching.engine.problem import Int
from matching.models import Match, Pin, Veto
from matching.rules.states import STATES_COUNTS_AS_SERVICE, STATES_NOT_PROPOSED_AGAIN, MatchState
from matching.snapshot.requests import RequestColumns
from matching.snapshot.volunteers import VolunteerColumns

_ASKED_IN_EMERGENCY = Q(state=MatchState.OFFERED, request__emergency=True)
"""They must not hear of an opponent meanwhile: they could not say yes there, and do not know whose opponent it is."""


def read_pair_arrays(demand: RequestColumns, supply: VolunteerColumns, occupying: Q) -> dict[str, Any]:
    """Return the arrays of what stands between these volunteers and requests already: matches, vetoes, pins."""
    requests, roles = demand.requests["id"], demand.roles["id"]
    matches = Match.objects.order_by("pk")
    contest = "request__campaign__candidate__contest_id"
    held = supply.read_owned_columns(
        matches.filter(occupying), request=F("request_id"), hours=F("seat__role__hours_per_week")
    )
    refused = supply.read_owned_columns(matches.filter(state__in=STATES_NOT_PROPOSED_AGAIN), request=F("request_id"))
    sided = supply.read_owned_columns(
        matches.filter(Q(state__in=STATES_COUNTS_AS_SERVICE) | _ASKED_IN_EMERGENCY),
        contest=F(contest),
        campaign=F("request__campaign_id"),
    )
    vetoes = supply.read_owned_columns(Veto.objects.order_by("pk"), campaign=F("campaign_id"))
    pins = supply.read_owned_columns(Pin.objects.order_by("pk"), seat=F("seat_id"), role=F("seat__role_id"))
    free = np.array(sorted(seat for seats in demand.seat_ids for seat in seats), np.int64)
    pins = _keep_known_rows(pins, "seat", free)
    return {
        **_prefix_columns(_keep_known_rows(held, "request", requests), "held", "request", "hours"),
        **_prefix_columns(_keep_known_rows(refused, "request", requests), "refused", "request"),
        **_prefix_columns(_add_campaigns_acted_for(supply, sided), "sided", "contest", "campaign"),
        **_prefix_columns(vetoes, "veto", "campaign"),
        **_prefix_columns(_keep_known_rows(pins, "role", roles), "pin", "role"),
    }


def _add_campaigns_acted_for(supply: VolunteerColumns, sided: dict[str, Int]) -> dict[str, Int]:
    """Add the campaigns that the volunteers act for as members, or have acted for. They help no opponent of these."""
    memberships: tuple[QuerySet[Any], ...] = (
        Member.objects.all(),
        Member.pgh_event_model.objects.all(),  # type: ignore[attr-defined]  # a membership that ended is only in history
    )
    parts = [
        supply.read_owned_columns(
            rows.filter(user__volunteer__isnull=False),
            owner="user__volunteer",
            contest=F("campaign__candidate__contest_id"),
            campaign=F("campaign_id"),
        )
        for rows in memberships
    ]
    joined = {name: np.concatenate([sided[name], *(part[name] for part in parts)]) for name in sided}
    order = np.argsort(joined["owner"], kind="stable")
    return {name: column[order] for name, column in joined.items()}


def _keep_known_rows(columns: dict[str, Int], name: str, ids: Int) -> dict[str, Int]:
    """Turn the ids in the column `name` into row numbers, and drop rows whose id is not in the snapshot."""
    rows = find_positions(ids, columns[name])
    return {key: column[rows >= 0] for key, column in (columns | {name: rows}).items()}


def _prefix_columns(columns: dict[str, Int], prefix: str, *names: str) -> dict[str, Int]:
    """Return these columns, and the owner's, under the names that the `Problem` has for them."""
    return {f"{prefix}_volunteer": columns["owner"]} | {f"{prefix}_{name}": columns[name] for name in names}
