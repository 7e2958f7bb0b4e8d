"""The rules for a volunteer's profile as a whole, its wishes and its details. Without database."""

from datetime import date

from django.utils.translation import gettext as _

from core.enums import OfficeLevel, OptionalAnswer
from core.errors import Invalid, NotFound, Stale
from core.field_errors import FieldErrors
from core.spoken_languages import check_languages
from core.time_zones import check_time_zone
from core.week_mask import MAX_WEEKLY_WINDOWS
from volunteers.profile_limits import (
    MAX_JURISDICTIONS_PER_VOLUNTEER,
    MAX_LANGUAGES_PER_VOLUNTEER,
    MAX_PARTIES_PER_VOLUNTEER,
    MAX_PROJECTS,
    MAX_SKILL_CLAIMS,
    MAX_TIME_OFF_PERIODS,
    PROJECTS_OUT_OF_RANGE,
    describe_too_many,
)
from volunteers.skill_claim_rules import check_skills
from volunteers.stated_profile import Details, Profile, Wishes
from volunteers.week_rules import check_free_windows, check_max_hours, check_times_off

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
            errors.add(name, describe_too_many(limit))
    with errors.collect():
        _check_languages_and_projects(profile)
    with errors.collect():
        check_adult(profile.adult)
    with errors.collect():
        check_max_hours(profile.max_hours_per_week)
    with errors.collect():
        check_skills(profile.claims)
    with errors.collect():
        check_free_windows(profile.windows)
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
        errors.add("languages", describe_too_many(MAX_LANGUAGES_PER_VOLUNTEER))
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
            errors.add(name, describe_too_many(limit))
    if set(wishes.levels) - set(OfficeLevel.values):
        errors.add("levels", _("There is no such level of government. Choose from the list."))
    with errors.collect():
        _check_limits(wishes)
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
