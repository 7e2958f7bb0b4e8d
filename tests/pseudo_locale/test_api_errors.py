"""Every error that the API answers: each class of ours, and what is wrong with a body or an address."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from core.models import User
from tests.access.endpoints import UNKNOWN_ID, AccessScenario, build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, authenticate_client, sign_in_browser
from tests.pseudo_locale.conftest import FindOutside

CALLERS = ("anonymous", "volunteer", "other", "manager", "reviewer")
WRONG_VALUES = ("wrong", -1, "", None)


@pytest.fixture
def scenario(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def list_bodies(body: Any) -> Iterator[Any]:
    """What an operation takes, nothing, an unknown key, and each of its keys with values that it does not take."""
    yield from (body, {}, {"unknown": 1}, [])
    for key in body if isinstance(body, dict) else ():
        for value in WRONG_VALUES:
            yield body | {key: value}


def call_api(scenario: AccessScenario, route: str, method: str, user: User | None) -> Iterator[Any]:
    """The answers to every body, right and wrong; nothing stays changed."""
    right = scenario.bodies.get(f"{route} {method}", scenario.bodies.get(route, {}))
    addresses = [endpoint_path(scenario, route), endpoint_path(scenario, route, UNKNOWN_ID)]
    for address in addresses:
        if not address.startswith("/api/v1/"):
            return
        questions = ["", "?unknown=1", "?page_size=x", "?cursor=x", "?ordering=x"] if method == "get" else [""]
        for body in [None] if method == "get" else list_bodies(right):
            for question in questions:
                with transaction.atomic():
                    client = APIClient()
                    if user is not None:
                        authenticate_client(client, user)
                        sign_in_browser(client, user)
                    yield getattr(client, method)(address + question, body)
                    transaction.set_rollback(True)


def read_problem_texts(problem: dict[str, Any]) -> Iterator[str]:
    """What a person reads of an error. Its title is the phrase of its status, as RFC 9457 has it."""
    yield problem["detail"]
    for texts in problem.get("errors", {}).values():
        yield from texts


@pytest.mark.parametrize("caller", CALLERS)
def test_every_error_of_the_api_speaks_through_gettext(
    scenario: AccessScenario, find_outside: FindOutside, caller: str
) -> None:
    codes, outside = set(), {}
    for route, method in list_endpoints():
        for answer in call_api(scenario, route, method, scenario.users[caller]):
            if answer["Content-Type"].startswith("application/problem+json"):
                problem = answer.json()
                codes.add(problem["code"])
                for text in read_problem_texts(problem):
                    if find_outside(text, is_html=False):
                        outside.setdefault(text, f"{method} {route}")

    assert codes
    assert outside == {}
