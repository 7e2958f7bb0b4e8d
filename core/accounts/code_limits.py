"""The limits of sign-in and of mailed codes, as config/sign_in_settings.py sets them, and the words for their waits."""

from typing import NamedTuple

from allauth.core.internal.ratelimit import parse_rate, parse_rates
from django.conf import settings
from django.utils.translation import gettext as _

from core.waits import describe_wait


class CodeLimit(NamedTuple):
    """How many there may be, and in how many seconds."""

    amount: int
    seconds: int


def find_code_limit(name: str) -> CodeLimit:
    """Return a limit of `EMAIL_CODE_RATE_LIMITS`."""
    rate = parse_rate(settings.EMAIL_CODE_RATE_LIMITS[name])
    return CodeLimit(rate.amount, int(rate.duration))


def find_longest_window(action: str, *, per: str = "") -> int:
    """Return the seconds of the longest window of a limit in `ACCOUNT_RATE_LIMITS`; with `per` of that kind only."""
    rates = parse_rates(settings.ACCOUNT_RATE_LIMITS[action])
    return max(int(rate.duration) for rate in rates if per in ("", rate.per))


def explain_early_resend() -> str:
    """Return why no second letter leaves yet."""
    return _("A letter is on its way. Look for it, or ask for a new one after %(wait)s.") % {
        "wait": describe_wait(find_code_limit("resend").seconds)
    }


def explain_too_many_codes(seconds: int) -> str:
    """Return why an address gets no more codes for so many seconds."""
    return _("Too many codes were sent to this address. Wait %(wait)s, or use another address.") % {
        "wait": describe_wait(seconds)
    }
