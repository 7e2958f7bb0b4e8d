"""Check what a person says of themselves before they have a profile."""

from collections.abc import Sequence
from datetime import date

from core.week_mask import Window
from matching.snapshot.single_volunteer import SingleVolunteer
from volunteers.actions.profile import resolve_profile
from volunteers.stated_profile import Profile


def resolve_stated_volunteer(
    *,
    claims: Sequence[tuple[str, int, bool]],
    max_hours_per_week: int,
    windows: Sequence[Window],
    time_zone: str,
    languages: Sequence[str] = ("en",),
    today: date,
) -> SingleVolunteer:
    """Return what a person says, with its skills; `claims` are codes of skills with a level and a wish.

    It is checked as a profile is. Raises Invalid, naming every field to correct as a profile does.
    """
    # A profile also needs a name and an age. They decide nothing here, and are not asked yet.
    profile = Profile(
        first_name="-",
        adult=True,
        claims=claims,
        max_hours_per_week=max_hours_per_week,
        windows=windows,
        time_zone=time_zone,
        languages=languages,
    )
    skills = resolve_profile(profile, today=today).skills
    return SingleVolunteer(
        claims=[(skills[code].pk, level, wanted) for code, level, wanted in claims],
        max_hours_per_week=max_hours_per_week,
        windows=windows,
        time_zone=time_zone,
        languages=languages,
    )
