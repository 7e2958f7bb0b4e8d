"""The rules for what a volunteer says they can do. Without database."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.field_errors import FieldErrors, check_unique
from volunteers.profile_limits import MAX_SKILL_CLAIMS, describe_too_many


def check_skills(claims: Sequence[tuple[str, int, bool]]) -> None:
    """Check all claims of a volunteer by themselves. Raises Invalid, with the paths of `check_profile`."""
    errors = FieldErrors()
    if len(claims) > MAX_SKILL_CLAIMS:
        errors.add("claims", describe_too_many(MAX_SKILL_CLAIMS))
    if not claims:
        errors.add("claims", _("The profile names no skill. Name at least one."))
    with errors.collect("claims"):
        check_claims(claims)
    errors.raise_if_any()


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
