"""The sentences that refuse a code: a mailed one, which lives for EMAIL_CODE_MINUTES, and one too many."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.code_letters import explain_day_is_full

CODE_LIMIT = "request_login_code"


def explain_wrong_code() -> str:
    """Return what may be wrong with a code, and what to do about it."""
    return ngettext(
        "That code isn’t right, or is older than %(count)d minute. Look at the latest letter, or send a new one.",
        "That code isn’t right, or is older than %(count)d minutes. Look at the latest letter, or send a new one.",
        settings.EMAIL_CODE_MINUTES,
    ) % {"count": settings.EMAIL_CODE_MINUTES}


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
