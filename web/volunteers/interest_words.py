"""What the pages of a volunteer say of the places that they asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from core.notifications.moments import describe_day
from core.time_zones import is_time_zone
from matching.open_roles.queries.board_choices import read_board_choices
from matching.open_roles.queries.fits import Fits
from matching.open_roles.queries.interests import (
    OwnInterest,
    find_fitting_roles,
    find_roles_on_days_off,
    list_board_rows,
    list_recent_interests,
)
from matching.rules.interest_ends import InterestEnd
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from volunteers.models import Volunteer
from web.volunteers.open_role_words import describe_facts, describe_interest


@dataclass(frozen=True, slots=True)
class InterestRow:
    """A place that the volunteer asked for, with its days in words, and what its card on the board says of it.

    `doubt` says that it does not fit them now; `may_ask_again` whether its end leaves it to them to ask once more.
    """

    interest: OwnInterest
    day: str
    facts: str
    doubt: str
    may_ask_again: bool


_MAY_ASK_AGAIN = (InterestEnd.NOT_THIS_TIME, InterestEnd.UNAVAILABLE)


def describe_own_interests(user: User, profile: Volunteer, fits: Fits | None, *, at: datetime) -> list[InterestRow]:
    """Return the places for which a volunteer waits, and those of which they heard a short while ago.

    `fits` is what fits them now; None where they have asked too often.
    """
    zone = profile.time_zone if is_time_zone(profile.time_zone) else "UTC"
    interests = list_recent_interests(user, at=at)
    facts = describe_roles_on_board(interests, at=at)
    is_active = profile.state == Volunteer.State.ACTIVE
    asked = {interest.open_role for interest in interests if interest.ended_at is None}
    waiting = asked & facts.keys()
    fitting = find_fitting_roles(fits, waiting) if fits and waiting and is_active else waiting
    away = find_roles_on_days_off(fits, waiting) if fits and waiting - fitting else set()
    return [
        InterestRow(
            interest,
            _describe_days(interest, zone),
            facts.get(interest.open_role, "") if interest.ended_at is None else "",
            _explain_doubt(is_away=interest.open_role in away) if interest.open_role in waiting - fitting else "",
            is_active
            and interest.interest_end in _MAY_ASK_AGAIN
            and interest.open_role in facts
            and interest.open_role not in asked
            and len(asked) < MAX_OPEN_INTERESTS,
        )
        for interest in interests
    ]


def describe_lost_places(lost: Sequence[OwnInterest], *, is_saved: bool = False, at: datetime) -> str:
    """Return that places do not fit any more after a change; empty where none is lost."""
    if not lost:
        return ""
    facts = describe_roles_on_board(lost, at=at)
    names = [_name_place(interest, facts.get(interest.open_role, "")) for interest in lost]
    if is_saved:
        words = ngettext(
            "On these days a place that you asked for needs you, so it does not fit you any more: %(places)s. As long "
            "as that is so, it is not offered to you.",
            "On these days places that you asked for need you, so they do not fit you any more: %(places)s. As long "
            "as that is so, they are not offered to you.",
            len(lost),
        )
        return words % {"places": "; ".join(names)}
    words = ngettext(
        "Not saved yet. With this, a place that you asked for does not fit you any more: %(places)s. As long as that "
        "is so, it is not offered to you.",
        "Not saved yet. With this, places that you asked for do not fit you any more: %(places)s. As long as that "
        "is so, they are not offered to you.",
        len(lost),
    )
    return words % {"places": "; ".join(names)}


def _explain_doubt(*, is_away: bool) -> str:
    if is_away:
        return _("It does not fit you now, because of your days off. As long as that is so, it is not offered to you.")
    return _(
        "It does not fit you now: skills, times, or whom you help. As long as that is so, it is not offered to you."
    )


def _name_place(interest: OwnInterest, facts: str) -> str:
    return _("%(role)s (%(facts)s)") % {"role": interest.role_name, "facts": facts} if facts else interest.role_name


def describe_roles_on_board(interests: Sequence[OwnInterest], *, at: datetime) -> dict[UUID, str]:
    """Return what the board says of the roles of interests that wait or may be asked for again, by their ids on it."""
    ids = [row.open_role for row in interests if row.ended_at is None or row.interest_end in _MAY_ASK_AGAIN]
    if not ids:
        return {}
    board, rows = list_board_rows(ids, at=at)
    choices = read_board_choices(board)
    return {row.id: describe_facts(row, choices) for row in rows}


def _describe_days(interest: OwnInterest, zone: str) -> str:
    if interest.ended_at is None:
        return describe_interest(interest, zone)
    words = {"asked": describe_day(interest.since, zone), "ended": describe_day(interest.ended_at, zone)}
    if interest.interest_end == InterestEnd.UNAVAILABLE:
        return _("You asked on %(asked)s. It ended on %(ended)s.") % words
    return _("You asked on %(asked)s. You heard on %(ended)s.") % words
