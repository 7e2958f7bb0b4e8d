"""The error for a code that we do not know. It says where the list of codes is."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid

_MESSAGES: dict[str, str | Promise] = {
    "skill": _("There is no skill “%(code)s”. Take a code from “skills” in /api/v1/vocabulary."),
    "party": _("There is no party “%(code)s”. Take a code from “parties” in /api/v1/vocabulary."),
    "jurisdiction": _(
        "There is no jurisdiction “%(code)s”. Take a code from “jurisdictions” in /api/v1/vocabulary, like “US-WA”."
    ),
    "playbook": _("There is no playbook “%(code)s”. Take a code from “playbooks” in /api/v1/vocabulary."),
    "language": _("There is no language “%(code)s”. Take a code from “languages” in /api/v1/vocabulary, like “es”."),
    "interface_language": _(
        "There is no language “%(code)s” for letters. Take a code from “interface_languages” in /api/v1/vocabulary, "
        "like “%(example)s”."
    ),
    "time_zone": _(
        "“%(code)s” is not a time zone. Take a code from “time_zones” in /api/v1/vocabulary, like “America/New_York”."
    ),
}
"""By kind of code."""

MAX_CODE_SHOWN = 40


def describe_unknown_code(kind: str, code: str) -> str:
    """Return the message about an unknown code of a kind of `_MESSAGES`."""
    # The last language of the interface is the one that is added last, or English where there is no other.
    return str(_MESSAGES[kind] % {"code": code[:MAX_CODE_SHOWN], "example": settings.LANGUAGES[-1][0]})


def unknown_code_error(kind: str, code: str, *, field: str) -> Invalid:
    """Return the error for an unknown code of a kind of `_MESSAGES`."""
    return Invalid(describe_unknown_code(kind, code), field=field)
