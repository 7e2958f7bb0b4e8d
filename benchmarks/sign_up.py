"""`bench sign-up`: how long an answer takes for a known address and for a new one, which must not differ.

Letters stay in memory: what a mail server takes is the same for both.
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable
from itertools import count

from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from core.models import User

ROUND_COUNT = 200
WARM_UP_ROUND_COUNT = 5
KNOWN_ADDRESS, PASSWORD = "known@bench.example", "a long bench password"
JSON = "application/json"
APP_AUTH = "/api/v1/auth/app/v1/auth"


def _send_page(path: str, **fields: str) -> None:
    Client().post(path, fields)


def _send_json(path: str, **fields: str) -> None:
    Client().post(f"{APP_AUTH}{path}", fields, content_type=JSON)


QUESTIONS: dict[str, Callable[[str], None]] = {
    "sign-up page": lambda address: _send_page("/accounts/signup/", email=address, password1=PASSWORD),
    "sign-up API": lambda address: _send_json("/signup", email=address, password=PASSWORD),
    "sign-in page": lambda address: _send_page("/accounts/login/", login=address, password="wrong wrong"),
    "sign-in API": lambda address: _send_json("/login", email=address, password="wrong wrong"),
    "reset page": lambda address: _send_page("/accounts/password/reset/", email=address),
    "reset API": lambda address: _send_json("/password/request", email=address),
}


def measure_sign_up() -> list[dict[str, object]]:
    """Return one row for each question: the medians in milliseconds, and the new address's over the known one's."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a refusal is the answer that is measured
    user = User.objects.create_user(KNOWN_ADDRESS, PASSWORD)
    EmailAddress.objects.create(user=user, email=KNOWN_ADDRESS, verified=True, primary=True)
    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, ACCOUNT_RATE_LIMITS=False, ALLOWED_HOSTS=["testserver"]):
        return [_measure_question(name, ask) for name, ask in QUESTIONS.items()]


def _measure_question(name: str, ask: Callable[[str], None]) -> dict[str, object]:
    numbers = count()

    def time_both() -> tuple[float, float]:
        # Both alternate, so that other load on the machine slows both alike.
        new_address = f"new{next(numbers)}@{name.replace(' ', '-')}.bench.example"
        return _time_answer(ask, KNOWN_ADDRESS), _time_answer(ask, new_address)

    for _ in range(WARM_UP_ROUND_COUNT):
        time_both()
    known, new = (
        statistics.median(seconds) for seconds in zip(*[time_both() for _ in range(ROUND_COUNT)], strict=True)
    )
    return {
        "question": name,
        "rounds": ROUND_COUNT,
        "known_ms": round(known * 1000, 1),
        "new_ms": round(new * 1000, 1),
        "new_over_known": round(new / known, 3),
    }


def _time_answer(ask: Callable[[str], None], address: str) -> float:
    mail.outbox = []
    cache.clear()  # an address signs up once in ten seconds
    begun = time.perf_counter()
    ask(address)
    return time.perf_counter() - begun
