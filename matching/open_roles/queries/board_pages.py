"""Read a page of the board as one reader sees it: first what fits them, and with what they asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.models import User
from core.time_zones import is_time_zone
from matching.open_roles.queries.board import Board, read_board
from matching.open_roles.queries.board_filters import BoardFilter, find_board_roles
from matching.open_roles.queries.fits import find_fits_of_volunteer
from matching.open_roles.queries.interests import OwnInterest, build_own_interests, interests_of
from matching.open_roles.queries.open_role_rows import OpenRole, build_open_roles, read_roles_in_order
from volunteers.models import Volunteer

ROWS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class BoardReader:
    """A person who reads the board. `interests` are the open ones, by the role's id on the board.

    `profile` is None for a person who has not raised a hand, and `user` for one who is not signed in. `judges_fits`
    says whether the answer may say what fits.
    """

    user: User | None = None
    profile: Volunteer | None = None
    interests: Mapping[UUID, OwnInterest] | None = None
    judges_fits: bool = False

    @property
    def time_zone(self) -> str | None:
        """Return the zone in which the reader is given meeting times; None where they are not given."""
        if self.profile is None:
            return None
        return self.profile.time_zone if is_time_zone(self.profile.time_zone) else "UTC"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A page of the board, and how much there is. `fitting` are those of its rows that fit, by their ids."""

    rows: list[OpenRole]
    fitting: frozenset[UUID]
    count: int
    number: int
    page_count: int


@dataclass(frozen=True, slots=True)
class ShownRole:
    """One open role of the board. `fits` is None where it is not said."""

    row: OpenRole
    fits: bool | None


def find_board_reader(user: User | None, *, judges_fits: bool) -> BoardReader:
    """Return the reader of the board with their profile and their open interests."""
    profile = Volunteer.objects.filter(user=user).first() if user else None
    if user is None or profile is None:
        return BoardReader(user)
    own = build_own_interests(interests_of(user).filter(ended_at=None))
    interests = {interest.open_role: interest for interest in own}
    return BoardReader(user, profile, interests, judges_fits)


def read_board_page(board: Board, reader: BoardReader, *, wanted: BoardFilter, number: int, at: datetime) -> BoardPage:
    """Return a page of the roles that the reader looks for; a page past the last one is the last.

    What fits stands first, the best first. All else stands in an order that tells nothing.
    """
    found = dict.fromkeys(find_board_roles(board, wanted).values_list("pk", flat=True))
    best = [pk for pk in _list_fits(board, reader, at=at) if pk in found]
    fitting = set(best)
    ids = [*best, *(pk for pk in found if pk not in fitting)]
    page_count = max(1, -(-len(ids) // ROWS_PER_PAGE))
    number = min(max(1, number), page_count)
    roles = read_roles_in_order(ids[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE])
    rows = build_open_roles(roles, board, time_zone=reader.time_zone, interests=reader.interests)
    fitting_rows = frozenset(role.board_id for role in roles if role.pk in fitting)
    return BoardPage(rows, fitting_rows, len(ids), number, page_count)


def find_shown_role(reader: BoardReader, board_id: UUID, *, at: datetime) -> ShownRole | None:
    """Return an open role by its id on the board; None for one that the board does not show."""
    board = read_board(at=at)
    role_id = find_board_roles(board).filter(board_id=board_id).values_list("pk", flat=True).first()
    if role_id is None:
        return None
    roles = read_roles_in_order([role_id])
    rows = build_open_roles(roles, board, time_zone=reader.time_zone, interests=reader.interests)
    if not rows:
        return None
    fits = role_id in _list_fits(board, reader, at=at) if reader.judges_fits else None
    return ShownRole(rows[0], fits)


def _list_fits(board: Board, reader: BoardReader, *, at: datetime) -> list[int]:
    if reader.profile is None or not reader.judges_fits:
        return []
    return find_fits_of_volunteer(reader.profile, at=at, board=board).list_role_ids()
