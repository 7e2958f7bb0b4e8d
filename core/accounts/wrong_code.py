"""The sentence that refuses a mailed code. It names how long a code lives, the setting EMAIL_CODE_MINUTES."""

from django.conf import settings
from django.utils.translation import ngettext


def explain_wrong_code() -> str:
    """Return what may be wrong with a code, and what to do about it."""
    return ngettext(
        "That code isn’t right, or is older than %(count)d minute. Look at the latest letter, or send a new one.",
        "That code isn’t right, or is older than %(count)d minutes. Look at the latest letter, or send a new one.",
        settings.EMAIL_CODE_MINUTES,
    ) % {"count": settings.EMAIL_CODE_MINUTES}
