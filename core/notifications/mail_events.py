"""What a mail service tells us of our letters, by anymail's webhook: those that came back, or were reported as spam."""

import re
from collections.abc import Mapping
from typing import Any

from anymail import urls as anymail_urls
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.urls import URLPattern
from django.utils import timezone

from core.models import BouncedAddress
from core.notifications.bounces import find_status_code, is_about_address, mark_bounced

_BOUNCES = frozenset({EventType.BOUNCED, EventType.REJECTED})
_FINAL_REASONS = frozenset({RejectReason.INVALID, RejectReason.BOUNCED})
# Anymail gives soft bounces of several services the reason of final ones, and what a filter took for spam that of a
# complaint; only what the service wrote tells.
_PASSING = re.compile(
    r"soft_?bounce|'hard_bounce': False|'bounceType': '(?:Transient|Undetermined)'|SpamNotification", re.IGNORECASE
)


def list_mail_event_paths(provider: str, options: Mapping[str, Any]) -> list[URLPattern]:
    """Return the path to which the mail service posts its events: none without a service, or without a secret.

    Without the secret anyone could stop the letters of others. What services post of letters to us is not served.
    """
    if not provider or not options.get("WEBHOOK_SECRET"):
        return []
    return [one for one in anymail_urls.urlpatterns if one.name == f"{provider}_tracking_webhook"]


def mark_bounce_of_event(*, event: AnymailTrackingEvent, **_: Any) -> None:
    """Mark the address of a letter that came back for good, or was reported as spam."""
    kind = _find_kind(event)
    if kind is None or not event.recipient or _PASSING.search(repr(event.esp_event)):
        return
    code = find_status_code(f"{event.mta_response or ''} {event.description or ''}")
    if kind == BouncedAddress.Kind.COMPLAINED:
        code = ""
    elif code and not is_about_address(code):
        return
    mark_bounced(address=event.recipient, kind=kind, code=code, at=timezone.now())


def _find_kind(event: AnymailTrackingEvent) -> BouncedAddress.Kind | None:
    is_refused_complainer = event.event_type == EventType.REJECTED and event.reject_reason == RejectReason.SPAM
    if event.event_type == EventType.COMPLAINED or is_refused_complainer:
        return BouncedAddress.Kind.COMPLAINED
    is_final = event.event_type in _BOUNCES and event.reject_reason in _FINAL_REASONS
    return BouncedAddress.Kind.BOUNCED if is_final else None
