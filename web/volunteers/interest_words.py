"""What the pages of a volunteer say of the places that they asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.api.current_user import get_current_user
from core.models import User
from core.notifications.moments import describe_day
from core.time_zones import is_time_zone
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.board_choices import read_board_choices
from matching.open_roles.queries.interests import (
    OwnInterest,
    find_fitting_interests,
    has_open_interests,
    list_open_interest_rows,
    list_recent_interests,
)
from volunteers.models import Volunteer
from web.volunteers.open_role_words import describe_facts, describe_interest


@dataclass(frozen=True, slots=True)
class InterestRow:
    """A place that the volunteer asked for, with its days in words, and what its card on the board says of it."""

    interest: OwnInterest
    day: str
    facts: str


def describe_own_interests(user: User, profile: Volunteer, *, at: datetime) -> list[InterestRow]:
    """Return the places for which a volunteer waits, and those of which they heard a short while ago."""
    zone = profile.time_zone if is_time_zone(profile.time_zone) else "UTC"
    interests = list_recent_interests(user, at=at)
    facts = _describe_roles(interests, at=at)
    return [
        InterestRow(interest, _describe_days(interest, zone), facts.get(interest.open_role, ""))
        for interest in interests
    ]


@contextmanager
def telling_lost_interests(request: HttpRequest, *, at: datetime) -> Iterator[None]:
    """Tell the reader which places that they asked for do not fit any more after what is stored inside.

    It is an answer about what fits, and counts as one. Who has asked too often is told nothing.
    """
    user = get_current_user(request)
    may_tell = has_open_interests(user) and count_fits_answer(user.pk, at=at).is_allowed
    before = find_fitting_interests(user, at=at) if may_tell else {}
    yield
    after = find_fitting_interests(user, at=at) if before else {}
    lost = [interest for role, interest in before.items() if role not in after]
    if not lost:
        return
    facts = _describe_roles(lost, at=at)
    names = [_name_place(interest, facts.get(interest.open_role, "")) for interest in lost]
    words = ngettext(
        "With this, a place that you asked for does not fit you any more: %(places)s.",
        "With this, places that you asked for do not fit you any more: %(places)s.",
        len(lost),
    )
    messages.warning(request, words % {"places": "; ".join(names)})


def _name_place(interest: OwnInterest, facts: str) -> str:
    return _("%(role)s (%(facts)s)") % {"role": interest.role_name, "facts": facts} if facts else interest.role_name


def _describe_roles(interests: Sequence[OwnInterest], *, at: datetime) -> dict[UUID, str]:
    """Return what the board says of the roles of open interests, by their ids on it."""
    if all(interest.ended_at for interest in interests):
        return {}
    board, rows = list_open_interest_rows(interests, at=at)
    choices = read_board_choices(board)
    return {row.id: describe_facts(row, choices) for row in rows}


def _describe_days(interest: OwnInterest, zone: str) -> str:
    if interest.ended_at is None:
        return describe_interest(interest, zone)
    words = {"asked": describe_day(interest.since, zone), "ended": describe_day(interest.ended_at, zone)}
    return _("You asked on %(asked)s. You heard on %(ended)s.") % words
