"""What a profile must be like. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Invalid
from core.time_zones import check_time_zone
from core.week_mask import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that a volunteer says about themselves. Skills, parties and places are named by their codes."""

    first_name: str
    max_hours_per_week: int
    time_zone: str
    adult: bool
    claims: Sequence[tuple[str, int, bool]]
    windows: Sequence[Window]
    last_name: str = ""
    contact: str = ""
    max_projects: int = 1
    languages: Sequence[str] = ("en",)
    wants_to_lead: bool = False
    may_make_decisions: str = "unsaid"
    job_restricts: str = "unsaid"
    levels: Sequence[str] = ()
    restrict_to_levels: bool = False
    parties: Sequence[str] = ()
    restrict_to_parties: bool = False
    jurisdictions: Sequence[str] = ()
    restrict_to_jurisdictions: bool = False
    time_off: Sequence[tuple[date, date]] = ()


def check_profile(profile: Profile) -> None:
    """Raises Invalid with what to correct, naming the field."""
    check_time_zone(profile.time_zone)
    if not profile.adult:
        raise Invalid("Handraiser is for people of 18 or over. Confirm that you are.", field="adult")
    if not 1 <= profile.max_hours_per_week <= 60:
        raise Invalid("Give between 1 and 60 hours a week.", field="max_hours_per_week")
    if not 1 <= profile.max_projects <= 5:
        raise Invalid("Give between 1 and 5 projects at once.", field="max_projects")
    if not profile.claims:
        raise Invalid("Name at least one skill.", field="claims")
    if not profile.windows:
        raise Invalid("Say when you are free: choose a preset, or name at least one window.", field="windows")
    _check_unique([code for code, _, _ in profile.claims], "claims", "skill")
    _check_unique([(one.weekday, one.starts) for one in profile.windows], "windows", "window's start")
    _check_unique([first for first, _ in profile.time_off], "time_off", "first day")
    if any(not 1 <= level <= 5 for _, level, _ in profile.claims):
        raise Invalid("A skill's level runs from 1 to 5.", field="claims")
    if any(last < first for first, last in profile.time_off):
        raise Invalid("Time off ends on or after the day on which it starts.", field="time_off")
    for name, flag in (
        ("levels", profile.restrict_to_levels),
        ("parties", profile.restrict_to_parties),
        ("jurisdictions", profile.restrict_to_jurisdictions),
    ):
        if flag and not getattr(profile, name):
            raise Invalid(f"You said only these {name}, but named none: name some, or take the limit away.", field=name)


def _check_unique(keys: Sequence[object], field: str, what: str) -> None:
    if len(set(keys)) < len(keys):
        raise Invalid(f"The same {what} is there twice. Keep one of them.", field=field)
