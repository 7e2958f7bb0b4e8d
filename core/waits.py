"""Words for how long a caller has to wait."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400  # seconds


def describe_wait(seconds: int) -> str:
    """Return a length of time as it stands in a sentence, such as “an hour” or “20 minutes”."""
    if seconds % _DAY == 0:
        return ngettext("a day", "%(count)d days", seconds // _DAY) % {"count": seconds // _DAY}
    if seconds % _HOUR == 0:
        return ngettext("an hour", "%(count)d hours", seconds // _HOUR) % {"count": seconds // _HOUR}
    if seconds % _MINUTE == 0:
        return ngettext("a minute", "%(count)d minutes", seconds // _MINUTE) % {"count": seconds // _MINUTE}
    return ngettext("a second", "%(count)d seconds", seconds) % {"count": seconds}


def round_wait_up(seconds: int) -> int:
    """Return the seconds in whole minutes from a minute on, and in whole hours from two hours on."""
    unit = _HOUR if seconds > 2 * _HOUR else _MINUTE if seconds > _MINUTE else 1
    return -(-seconds // unit) * unit


def explain_too_many_requests(seconds: int) -> str:
    """Return why a call is not answered now, and when it will be."""
    return _("Too many requests. Try again in %(wait)s.") % {"wait": describe_wait(round_wait_up(max(seconds, 1)))}
