"""A volunteer's profile as they state it, and the rules for its contents. Without database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.date_rules import check_time_off
from core.errors import Invalid
from core.languages import check_languages
from core.time_zones import check_time_zone
from core.week_mask import MAX_WEEKLY_WINDOWS, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A volunteer's statements about themselves. Skills, parties and jurisdictions are given by their codes."""

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


MAX_SKILL_CLAIMS = 100
MAX_TIME_OFF_PERIODS = 50
MAX_LANGUAGES_PER_VOLUNTEER = 20
MAX_PARTIES_PER_VOLUNTEER = 50
MAX_JURISDICTIONS_PER_VOLUNTEER = 100
_MAX_ENTRIES = {
    "claims": MAX_SKILL_CLAIMS,
    "windows": MAX_WEEKLY_WINDOWS,
    "time_off": MAX_TIME_OFF_PERIODS,
    "languages": MAX_LANGUAGES_PER_VOLUNTEER,
    "parties": MAX_PARTIES_PER_VOLUNTEER,
    "jurisdictions": MAX_JURISDICTIONS_PER_VOLUNTEER,
}


def check_profile(profile: Profile, *, today: date) -> None:
    """Check a profile that is stated on `today`. Raises Invalid, naming the field to correct."""
    check_time_zone(profile.time_zone)
    for name, limit in _MAX_ENTRIES.items():
        if len(getattr(profile, name)) > limit:
            raise Invalid(_("These are too many. Give %(limit)s at most.") % {"limit": limit}, field=name)
    check_languages(profile.languages, field="languages")
    if not profile.adult:
        raise Invalid(_("Handraiser is for people of 18 or over. Confirm that you are."), field="adult")
    if not 1 <= profile.max_hours_per_week <= 60:
        raise Invalid(_("The hours a week are out of range. Give 1 to 60."), field="max_hours_per_week")
    if not 1 <= profile.max_projects <= 5:
        raise Invalid(_("The number of projects at once is out of range. Give 1 to 5."), field="max_projects")
    if not profile.claims:
        raise Invalid(_("The profile names no skill. Name at least one."), field="claims")
    if not profile.windows:
        raise Invalid(
            _("The profile names no free time. Choose a preset, or name at least one window."), field="windows"
        )
    _check_unique(
        [code for code, _level, _wanted in profile.claims], "claims", _("A skill is there twice. Keep one of them.")
    )
    _check_unique(
        [(window.weekday, window.starts) for window in profile.windows],
        "windows",
        _("Two windows begin at the same time. Keep one of them."),
    )
    _check_unique(
        [first_day for first_day, _last_day in profile.time_off],
        "time_off",
        _("Two times off start on the same day. Keep one of them."),
    )
    if any(not 1 <= level <= 5 for _code, level, _wanted in profile.claims):
        raise Invalid(_("A skill's level is out of range. Give 1 (learning) to 5 (could teach it)."), field="claims")
    check_time_off(profile.time_off, today=today)
    _check_limits(profile)


def _check_limits(profile: Profile) -> None:
    for name, is_limited, message in (
        ("levels", profile.restrict_to_levels, _("Your levels are limited to none. Name some, or lift the limit.")),
        ("parties", profile.restrict_to_parties, _("Your parties are limited to none. Name some, or lift the limit.")),
        (
            "jurisdictions",
            profile.restrict_to_jurisdictions,
            _("Your jurisdictions are limited to none. Name some, or lift the limit."),
        ),
    ):
        if is_limited and not getattr(profile, name):
            raise Invalid(message, field=name)


def _check_unique(keys: Sequence[object], field: str, message: str) -> None:
    if len(set(keys)) < len(keys):
        raise Invalid(message, field=field)
