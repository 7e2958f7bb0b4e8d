"""Who reads the board, and whether they may ask for a place."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.models import Skill, User
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.board_pages import BoardReader, find_board_reader
from matching.open_roles.queries.counting_skills import find_counting_skills
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from volunteers.models import Volunteer


def find_reader(request: HttpRequest, *, judges_fits: bool) -> tuple[BoardReader, bool]:
    """Return the reader, and whether they have asked what fits as often as they may."""
    user = request.user if isinstance(request.user, User) else None
    reader = find_board_reader(user, judges_fits=judges_fits)
    if user is None or not reader.judges_fits or count_fits_answer(user.pk, at=timezone.now()).is_allowed:
        return reader, False
    return replace(reader, judges_fits=False), True


def find_counting_skills_of(reader: BoardReader) -> dict[str, Skill]:
    """Return which skill of the reader counts for what; nothing where they are not told what fits."""
    if reader.profile is None or not reader.judges_fits:
        return {}
    return find_counting_skills(list(reader.profile.claims.values_list("skill__code", flat=True)))


def describe_reader(reader: BoardReader) -> dict[str, Any]:
    """Return whether the reader may ask for a place now, and why not."""
    asked = len(reader.interests or {})
    is_active = reader.profile is not None and reader.profile.state == Volunteer.State.ACTIVE
    return {
        "profile": reader.profile,
        "is_active": is_active,
        "has_asked_for_all": asked >= MAX_OPEN_INTERESTS,
        "may_ask": is_active and asked < MAX_OPEN_INTERESTS,
        "max_asked": MAX_OPEN_INTERESTS,
    }
