"""A volunteer's profile as they state it, and the rules for its contents. Without database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.date_rules import check_time_off
from core.enums import OfficeLevel, OptionalAnswer
from core.errors import Invalid, NotFound, Stale
from core.field_errors import FieldErrors, check_unique
from core.spoken_languages import check_languages
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a volunteer would like to serve, by codes: offices, parties, jurisdictions. A flag makes a wish a limit."""

    levels: Sequence[str] = ()
    restrict_to_levels: bool = False
    parties: Sequence[str] = ()
    restrict_to_parties: bool = False
    jurisdictions: Sequence[str] = ()
    restrict_to_jurisdictions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a volunteer says about themselves beside skills, week and wishes."""

    first_name: str
    last_name: str = ""
    contact: str = ""
    max_projects: int = 1
    languages: Sequence[str] = ("en",)
    wants_to_lead: bool = False
    may_make_decisions: str = "unsaid"
    job_restricts: str = "unsaid"


MAX_HOURS_PER_WEEK = 60
MAX_PROJECTS = 5
HOURS_OUT_OF_RANGE = gettext_lazy("The hours a week are out of range. Give 1 to 60.")
PROJECTS_OUT_OF_RANGE = gettext_lazy("The number of projects at once is out of range. Give 1 to 5.")
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


def no_profile_error() -> NotFound:
    """Return the error for a user who has no profile as a volunteer."""
    return NotFound(_("You have no profile yet. Raise your hand first."))


def stale_profile_error() -> Stale:
    """Return the error for a change that rests on an older version of a profile."""
    return Stale(_("You have changed your profile elsewhere meanwhile. Load it again and repeat your change."))


def check_profile(profile: Profile, *, today: date) -> None:
    """Check a profile that is stated on `today`. Raises Invalid, naming every field to correct by its path."""
    errors = FieldErrors()
    with errors.collect():
        check_time_zone(profile.time_zone)
    for name, limit in _MAX_ENTRIES.items():
        if name not in ("claims", "languages") and len(getattr(profile, name)) > limit:
            errors.add(name, _describe_too_many(limit))
    with errors.collect():
        _check_languages_and_projects(profile)
    with errors.collect():
        check_adult(profile.adult)
    with errors.collect():
        _check_max_hours(profile.max_hours_per_week)
    with errors.collect():
        check_skills(profile.claims)
    with errors.collect():
        _check_windows(profile.windows)
    with errors.collect():
        check_times_off(profile.time_off, today=today)
    with errors.collect():
        _check_limits(profile)
    errors.raise_if_any()


def check_adult(adult: bool) -> None:
    """Raise Invalid unless a person says that they are of age: 18, as the pages say in words.

    Every way to a profile asks this, and the constraint `volunteers_volunteer_adult` holds it in the database.
    """
    if not adult:
        raise Invalid(_("Handraiser is for people of 18 or over. Confirm that you are."), field="adult")


def check_details(details: Details) -> None:
    """Check the details of a volunteer by themselves. Raises Invalid, with the paths of `check_profile`."""
    errors = FieldErrors()
    if not details.first_name.strip():
        errors.add("first_name", _("Write your first name, or what people call you."))
    for name in ("may_make_decisions", "job_restricts"):
        if getattr(details, name) not in OptionalAnswer.values:
            errors.add(name, _("There is no such answer. Choose from the list."))
    with errors.collect():
        _check_languages_and_projects(details)
    errors.raise_if_any()


def _check_languages_and_projects(stated: Profile | Details) -> None:
    errors = FieldErrors()
    if len(stated.languages) > MAX_LANGUAGES_PER_VOLUNTEER:
        errors.add("languages", _describe_too_many(MAX_LANGUAGES_PER_VOLUNTEER))
    with errors.collect():
        check_languages(stated.languages, field="languages")
    if not 1 <= stated.max_projects <= MAX_PROJECTS:
        errors.add("max_projects", str(PROJECTS_OUT_OF_RANGE))
    errors.raise_if_any()


def check_wishes(wishes: Wishes) -> None:
    """Check the wishes of a volunteer by themselves. Raises Invalid, with the paths of `check_profile`."""
    errors = FieldErrors()
    for name in ("levels", "parties", "jurisdictions"):
        if len(getattr(wishes, name)) > (limit := _MAX_ENTRIES.get(name, len(OfficeLevel))):
            errors.add(name, _describe_too_many(limit))
    if set(wishes.levels) - set(OfficeLevel.values):
        errors.add("levels", _("There is no such level of government. Choose from the list."))
    with errors.collect():
        _check_limits(wishes)
    errors.raise_if_any()


def check_skills(claims: Sequence[tuple[str, int, bool]]) -> None:
    """Check all claims of a volunteer by themselves. Raises Invalid, with the paths of `check_profile`."""
    errors = FieldErrors()
    if len(claims) > MAX_SKILL_CLAIMS:
        errors.add("claims", _describe_too_many(MAX_SKILL_CLAIMS))
    if not claims:
        errors.add("claims", _("The profile names no skill. Name at least one."))
    with errors.collect("claims"):
        check_claims(claims)
    errors.raise_if_any()


def check_week(*, max_hours_per_week: int, time_zone: str, windows: Sequence[Window]) -> None:
    """Check a volunteer's week by itself. Raises Invalid, with the paths of `check_profile`."""
    errors = FieldErrors()
    with errors.collect():
        check_time_zone(time_zone)
    with errors.collect():
        _check_max_hours(max_hours_per_week)
    if len(windows) > MAX_WEEKLY_WINDOWS:
        errors.add("windows", _describe_too_many(MAX_WEEKLY_WINDOWS))
    with errors.collect():
        _check_windows(windows)
    errors.raise_if_any()


def check_times_off(time_off: Sequence[tuple[date, date]], *, today: date) -> None:
    """Check all times off of a volunteer. Raises Invalid, with paths such as `time_off.0.ends_on`."""
    errors = FieldErrors()
    if len(time_off) > MAX_TIME_OFF_PERIODS:
        errors.add("time_off", _describe_too_many(MAX_TIME_OFF_PERIODS))
    with errors.collect("time_off"):
        check_time_off(time_off, today=today)
    with errors.collect("time_off"):
        message = _("Two times off start on the same day. Keep one of them.")
        check_unique([first_day for first_day, _last_day in time_off], "starts_on", message)
    errors.raise_if_any()


def _describe_too_many(limit: int) -> str:
    return _("These are too many. Give %(limit)s at most.") % {"limit": limit}


def _check_max_hours(hours: int) -> None:
    if not 1 <= hours <= MAX_HOURS_PER_WEEK:
        raise Invalid(str(HOURS_OUT_OF_RANGE), field="max_hours_per_week")


def check_claims(claims: Sequence[tuple[str, int, bool]]) -> None:
    """Check claims, each a skill's code, a level and a wish. Raises Invalid, with paths such as `0.level`."""
    errors = FieldErrors()
    with errors.collect():
        message = _("A skill is there twice. Keep one of them.")
        check_unique([code for code, _level, _wanted in claims], "skill", message)
    for index, (_code, level, _wanted) in enumerate(claims):
        if not 1 <= level <= 5:
            message = _("A skill's level is out of range. Give 1 (learning) to 5 (could teach it).")
            errors.add(f"{index}.level", message)
    errors.raise_if_any()


def _check_windows(windows: Sequence[Window]) -> None:
    """Raise Invalid without a window, and for windows that begin at the same time and do not end so."""
    errors = FieldErrors()
    if not windows:
        message = _("The profile names no free time. Choose a preset, or name at least one window.")
        errors.add("windows", message, reads=("presets",))
    first_indexes: dict[object, int] = {}
    for index, window in enumerate(windows):
        first = first_indexes.setdefault((window.weekday, window.starts), index)
        if windows[first] != window:
            message = _("Two windows begin at the same time. Keep one of them.")
            errors.add(f"windows.{index}", message, reads=(f"windows.{first}",))
    errors.raise_if_any()


def _check_limits(profile: Profile | Wishes) -> None:
    errors = FieldErrors()
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
            errors.add(name, message, reads=(f"restrict_to_{name}",))
    errors.raise_if_any()
