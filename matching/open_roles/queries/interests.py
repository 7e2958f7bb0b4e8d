"""What a volunteer is shown of the open roles that they would like: no more than the board showed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from core.models import User
from matching.lifecycle.interest_end_texts import INTEREST_END_TEXTS
from matching.models import Interest
from matching.open_roles.queries.board import Board, read_board
from matching.open_roles.queries.board_filters import find_board_roles
from matching.open_roles.queries.board_roles import roles_with_ids
from matching.open_roles.queries.fits import Fits, find_fits_of_volunteer
from matching.open_roles.queries.open_role_rows import (
    OpenRole,
    build_open_roles,
    shown_name,
    with_shown_columns,
    with_shown_names,
)
from matching.rules.interest_ends import InterestEnd
from volunteers.models import Volunteer

END_SHOWN_FOR = timedelta(days=14)
"""How long the first page of a volunteer says how an interest has ended."""


@dataclass(frozen=True, slots=True)
class OwnInterest:
    """An interest as its volunteer sees it. `open_role` is the role's id on the board.

    `answer_due_at` is None while the interest waits in a pause: its end names a new date.
    """

    id: UUID
    open_role: UUID
    role_name: str
    since: datetime
    answer_due_at: datetime | None
    ended_at: datetime | None
    interest_end: InterestEnd | None
    explanation: str


def interests_of(user: User) -> "QuerySet[Interest]":
    """Return what a user said that they would like, the latest first, and whether it waits in a pause."""
    waits_in_pause = ExpressionWrapper(
        Q(ended_at=None, volunteer__state=Volunteer.State.PAUSED), output_field=BooleanField()
    )
    return Interest.objects.filter(volunteer__user=user).annotate(waits_in_pause=waits_in_pause)


def find_open_interests(user: User) -> set[UUID]:
    """Return the roles in which a user has an open interest, by their ids on the board."""
    return set(interests_of(user).filter(ended_at=None).values_list("role__board_id", flat=True))


def has_open_interests(user: User) -> bool:
    """Return whether a user waits for a role that they would like."""
    return interests_of(user).filter(ended_at=None).exists()


def find_fitting_interests(user: User, *, at: datetime) -> dict[UUID, OwnInterest]:
    """Return a user's open interests whose role fits them as they are now, by the role's id on the board."""
    interests = list(interests_of(user).filter(ended_at=None).select_related("volunteer"))
    if not interests:
        return {}
    fitting = set(find_fits_of_volunteer(interests[0].volunteer, at=at).list_role_ids())
    own = build_own_interests(row for row in interests if row.role_id in fitting)
    return {interest.open_role: interest for interest in own}


def find_fitting_roles(fits: Fits, board_ids: Collection[UUID]) -> set[UUID]:
    """Return those of these roles that fit, all by their ids on the board."""
    fitting = find_board_roles(fits.board).filter(pk__in=fits.list_role_ids(), board_id__in=board_ids)
    return set(fitting.values_list("board_id", flat=True))


def find_roles_on_days_off(fits: Fits, board_ids: Collection[UUID]) -> set[UUID]:
    """Return those of these roles that only days off keep from the volunteer, all by their ids on the board."""
    found = find_board_roles(fits.board).filter(pk__in=fits.list_roles_on_days_off(), board_id__in=board_ids)
    return set(found.values_list("board_id", flat=True))


def list_board_rows(ids: Collection[UUID], *, at: datetime) -> tuple[Board, list[OpenRole]]:
    """Return the board, and what it shows of these roles, by their ids on it; what it does not show is left out."""
    board = read_board(at=at)
    roles = with_shown_columns(find_board_roles(board).filter(board_id__in=ids)) if ids else []
    return board, build_open_roles(roles, board, time_zone=None)


def list_recent_interests(user: User, *, at: datetime) -> list[OwnInterest]:
    """Return a user's open interests, the latest first, and then those that have ended a short while ago.

    One that the user took back has no news, and is left out.
    """
    recent = interests_of(user).exclude(end_reason=InterestEnd.WITHDRAWN)
    recent = recent.filter(Q(ended_at=None) | Q(ended_at__gt=at - END_SHOWN_FOR))
    return build_own_interests(recent.order_by(F("ended_at").desc(nulls_first=True), "-since", "-pk"))


def build_own_interests(interests: Iterable[Interest]) -> list[OwnInterest]:
    """Return what their volunteer is shown of interests of `interests_of`, in two statements."""
    rows = list(interests)
    if not rows:
        return []
    roles = {role.pk: role for role in with_shown_names(roles_with_ids([row.role_id for row in rows]))}
    return [
        OwnInterest(
            id=row.public_id,
            open_role=roles[row.role_id].board_id,
            role_name=shown_name(roles[row.role_id]),
            since=row.since,
            answer_due_at=None if row.waits_in_pause else row.answer_due_at,  # type: ignore[attr-defined]
            ended_at=row.ended_at,
            interest_end=InterestEnd(row.end_reason) if row.end_reason else None,
            explanation=str(INTEREST_END_TEXTS[InterestEnd(row.end_reason)]) if row.end_reason else "",
        )
        for row in rows
        if row.role_id in roles  # else the role was deleted meanwhile, and the interest with it
    ]
