"""The sentences that refuse a code: a mailed one, which lives for EMAIL_CODE_MINUTES, and one of a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def explain_wrong_code() -> str:
    """Return what may be wrong with a code, and what to do about it."""
    return ngettext(
        "That code isn’t right, or is older than %(count)d minute. Look at the latest letter, or send a new one.",
        "That code isn’t right, or is older than %(count)d minutes. Look at the latest letter, or send a new one.",
        settings.EMAIL_CODE_MINUTES,
    ) % {"count": settings.EMAIL_CODE_MINUTES}


def explain_last_wrong_code() -> str:
    """Return that the last try is used up, and what to do about it."""
    return _("That code isn’t right, and there is no try left. Begin again, and use the new code.")


def name_too_many_factors(clean: Callable[..., Any]) -> Callable[..., Any]:
    """Have `clean` say what to do after too many wrong second factors: a new password, as at a sign-in, is no help."""

    @wraps(clean)
    def wrapped(self: Any) -> Any:
        try:
            return clean(self)
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise get_adapter().validation_error("too_many_factors") from error

    return wrapped
