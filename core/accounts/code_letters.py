"""Count the letters with codes that callers have sent to an address, so that nobody keeps it from its owner.

Each network has a count of its own at an address. All networks together have one a day, which allauth counts, and which
is larger than what one of them may use up.
"""

import hashlib
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import TooManyRequests
from core.rate_counters import count_request

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


def build_letter_key(request: HttpRequest, address: str) -> str:
    """Return what letters from this caller's network to an address are counted by."""
    network = get_adapter(request).get_client_ip(request)
    return hashlib.sha256(f"{network} {address.lower()}".encode()).hexdigest()


def explain_day_is_full() -> str:
    """Return why an address gets no more codes on this day."""
    return _("Too many codes were sent to this address today. Wait a day, or use another address.")
