"""Narrow the board down. Filters act on what is shown, never on what is hidden: else they would tell it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaigns.models import Role
from core.models import Skill
from core.reference.queries import map_skill_ancestors
from matching.open_roles.queries.board import Board
from matching.open_roles.queries.board_roles import roles_with_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What a reader looks for. What is empty, or None, stands for anything; `party` may be "none" for no party.

    `max_level` and `max_hours_per_week` are the most that a role may ask for.
    """

    skill: str = ""
    max_level: int | None = None
    max_hours_per_week: int | None = None
    state: str = ""
    regions: Sequence[str] = ()
    party: str = ""
    office_levels: Sequence[str] = ()


NO_PARTY = "none"


def find_board_roles(board: Board, wanted: BoardFilter | None = None) -> "QuerySet[Role]":
    """Return the roles on the board that a reader looks for, in an order that tells nothing."""
    roles = roles_with_ids(board.role_ids).order_by("board_id")
    return filter_board_roles(roles, board, wanted) if wanted else roles


def filter_board_roles(roles: "QuerySet[Role]", board: Board, wanted: BoardFilter) -> "QuerySet[Role]":
    """Return those of these roles on the board that a reader looks for."""
    if wanted.skill:
        roles = roles.filter(skill__in=_find_skill_branch(wanted.skill))
    if wanted.max_level is not None:
        roles = roles.filter(level__lte=wanted.max_level)
    if wanted.max_hours_per_week is not None:
        roles = roles.filter(hours_per_week__lte=wanted.max_hours_per_week)
    if wanted.state or wanted.regions or wanted.party or wanted.office_levels:
        roles = roles.filter(_of_campaigns(board, wanted))
    return roles


def _find_skill_branch(code: str) -> list[int]:
    """Return the ids of a skill and of all below it; none for an unknown code."""
    found = set(Skill.objects.filter(code=code).values_list("pk", flat=True))
    return [skill for skill, ancestors in map_skill_ancestors().items() if found & set(ancestors)]


def _of_campaigns(board: Board, wanted: BoardFilter) -> Q:
    party = "" if wanted.party == NO_PARTY else wanted.party
    campaigns = [
        campaign
        for campaign, shown in board.shown.items()
        if (not wanted.state or shown.state == wanted.state)
        and (not wanted.regions or shown.region in wanted.regions)
        and (not wanted.party or shown.party == party)
        and (not wanted.office_levels or shown.level in wanted.office_levels)
    ]
    return Q(request__campaign__in=campaigns)
