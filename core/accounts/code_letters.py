"""Count the letters with codes that callers have sent to an address, so that no stranger keeps it from its owner.

Each network has a count of its own at an address. All networks together have one an hour, which allauth counts. It is
larger than what one of them may use up. The numbers are in config/sign_in_settings.py: `EMAIL_CODE_RATE_LIMITS` has
those of one network at one address, `ACCOUNT_RATE_LIMITS` those of allauth: of a network at all addresses, and of an
address.
"""

import hashlib
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.accounts.code_limits import explain_too_many_codes, find_code_limit, find_longest_window
from core.errors import TooManyRequests
from core.rate_counters import count_request
from core.waits import describe_wait

CODE_LIMIT = "request_login_code"
_LIMITS = {"sign-in": "sign_in_letters", "reset": "reset_letters"}
"""By the kind of a letter."""


def count_letter(request: HttpRequest, kind: str, address: str, *, at: datetime) -> None:
    """Count a letter to an address, known or not. Raises TooManyRequests for one too many from this network."""
    key = build_letter_key(request, address)
    for counted, name in ((f"{kind}-letter_{key}", _LIMITS[kind]), (f"letters_{key}", "letters")):
        limit = find_code_limit(name)
        if not count_request(counted, limit=limit.amount, seconds=limit.seconds, at=at).is_allowed:
            reason = explain_too_many_codes(limit.seconds)
            raise TooManyRequests(reason, retry_after=limit.seconds, field="email")


def count_sign_in_letter(request: HttpRequest, address: str, *, at: datetime) -> None:
    """Count a letter with a code to sign up or in: of this network at the address, and of all networks.

    Raises TooManyRequests for one too many.
    """
    count_letter(request, "sign-in", address, at=at)
    if not ratelimit.consume(request, app="allauth.account", action=CODE_LIMIT, key=address):
        reason, seconds = explain_too_many_letters(request, address)
        raise TooManyRequests(reason, retry_after=seconds, field="email")


def build_letter_key(request: HttpRequest, address: str) -> str:
    """Return what letters from this caller's network to an address are counted by."""
    network = get_adapter(request).get_client_ip(request)
    return hashlib.sha256(f"{network} {address.lower()}".encode()).hexdigest()


def explain_too_many_letters(request: HttpRequest, address: str) -> tuple[str, int]:
    """Return why no more codes are mailed, to the address or from the network, and for how many seconds."""
    of_address = [rate for rate in settings.ACCOUNT_RATE_LIMITS[CODE_LIMIT].split(",") if rate.endswith("/key")]
    rates = {CODE_LIMIT: ",".join(of_address)}
    app, key = "allauth.account", address.lower()
    if ratelimit.consume(request, app=app, action=CODE_LIMIT, key=key, config=rates, dry_run=True) is None:
        seconds = find_longest_window(CODE_LIMIT, per="key")
        return explain_too_many_codes(seconds), seconds
    seconds = find_longest_window(CODE_LIMIT, per="ip")
    reason = _("Too many codes were asked for from your network. Wait %(wait)s, then ask again.")
    return reason % {"wait": describe_wait(seconds)}, seconds


def find_wait_seconds(request: HttpRequest, action: str, address: str) -> int:
    """Return how many seconds a caller has to wait after a refusal by a limit: the longest window that is full."""
    app, key = "allauth.account", address.lower()
    full = [
        rate
        for text in settings.ACCOUNT_RATE_LIMITS[action].split(",")
        for rate in ratelimit.parse_rates(text)
        if ratelimit.consume(request, app=app, action=action, key=key, config={action: text}, dry_run=True) is None
    ]
    return max((int(rate.duration) for rate in full), default=60)
