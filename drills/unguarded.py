"""The web process without what keeps it in trouble, so that a drill shows that it would fail."""

from typing import Any
from unittest.mock import patch

from django.core.mail import send_mail

from config.wsgi import application
from core.accounts import account_letters
from core.api import idempotency
from web.visitors import error_pages

__all__ = ["application"]


def _send_at_once(*, to: str, subject: str, text: str, **_when: Any) -> None:
    send_mail(subject, text, None, [to])


patch.object(account_letters, "enqueue_secret_letter", _send_at_once).start()
patch.object(error_pages, "find_database_trouble", lambda error: None).start()
patch.object(idempotency, "IDEMPOTENCY_HEADER", "No-Key").start()
