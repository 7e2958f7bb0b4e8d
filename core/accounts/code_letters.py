"""Count the letters with codes that callers have sent to an address, so that no stranger keeps it from its owner.

Each network has a count of its own at an address. All networks together have one a day, which allauth counts, and which
is larger than what one of them may use up.
"""

import hashlib
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import TooManyRequests
from core.rate_counters import count_request

CODE_LIMIT = "request_login_code"
MAX_LETTERS_PER_NETWORK_PER_DAY = 10  # to one address; half of what all networks may have sent
LETTERS_PER_PERIOD = {"sign-in": (5, 3600), "reset": (5, 900)}
"""Letters of each kind that one network may have sent to one address, and in how many seconds."""


def count_letter(request: HttpRequest, kind: str, address: str, *, at: datetime) -> None:
    """Count a letter to an address, known or not. Raises TooManyRequests for one too many from this network."""
    key = build_letter_key(request, address)
    limit, seconds = LETTERS_PER_PERIOD[kind]
    recent = count_request(f"{kind}-letter_{key}", limit=limit, seconds=seconds, at=at)
    if not recent.is_allowed:
        raise TooManyRequests(
            _("Too many codes were sent to this address. Wait an hour, or use another address."),
            retry_after=seconds,
            field="email",
        )
    today = count_request(f"letters_{key}", limit=MAX_LETTERS_PER_NETWORK_PER_DAY, seconds=86_400, at=at)
    if not today.is_allowed:
        raise TooManyRequests(explain_day_is_full(), retry_after=86_400, field="email")


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


def explain_day_is_full() -> str:
    """Return why an address gets no more codes on this day."""
    return _("Too many codes were sent to this address today. Wait a day, or use another address.")


def explain_too_many_letters(request: HttpRequest, address: str) -> tuple[str, int]:
    """Return why no more codes are mailed, to the address or from the network, and for how many seconds."""
    of_address = [rate for rate in settings.ACCOUNT_RATE_LIMITS[CODE_LIMIT].split(",") if rate.endswith("/key")]
    rates = {CODE_LIMIT: ",".join(of_address)}
    app, key = "allauth.account", address.lower()
    if ratelimit.consume(request, app=app, action=CODE_LIMIT, key=key, config=rates, dry_run=True) is None:
        return explain_day_is_full(), 86_400
    return _("Too many codes were asked for from your network. Wait a minute, then ask again."), 60


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
