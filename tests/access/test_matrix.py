"""Who may come through which endpoint, as `matrix.csv` says: a route, a method, and what each role is answered.

2xx: yes; 400, 409 and 412: yes, but not this, now; 403 and 404: no. A route that is not listed fails the test, and so
does a line without a route.
"""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from rest_framework.test import APIClient

from core.models import RateCounter
from core.rate_counters import CONNECTION
from tests.access.endpoints import (
    CALLER_ROLES,
    UNKNOWN_ID,
    AccessScenario,
    build_scenario,
    endpoint_path,
    has_path_argument,
    list_endpoints,
)
from tests.cast import Cast, authenticate_client, sign_in_browser
from tests.language_switch import cut_switch

MATRIX = Path(__file__).with_name("matrix.csv")


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def listed() -> dict[tuple[str, str], dict[str, int]]:
    with MATRIX.open() as file:
        return {
            (row["route"], row["method"]): {role: int(row[role]) for role in CALLER_ROLES}
            for row in csv.DictReader(file)
        }


def knock(house: AccessScenario, route: str, method: str, role: str, named: object = "") -> HttpResponse:
    """The answer; whatever it changed is taken back, and nothing is counted from one to the next."""
    RateCounter.objects.using(CONNECTION).all().delete()
    client = _find_client(house, role)
    said = {} if method == "get" else house.bodies.get(f"{route} {method}", house.bodies.get(route, {}))
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(endpoint_path(house, route, named), said)
        transaction.set_rollback(True)
    return answer


def _find_client(house: AccessScenario, role: str) -> APIClient:
    """Return the client of a role without the cookies of earlier answers; its session is as it began."""
    if role not in house.clients:
        house.clients[role] = client = APIClient(headers={"X-Request-Id": "0123456789abcdef0123456789abcdef"})
        user = house.users[role]
        if user is not None:
            authenticate_client(client, user)
            browser = Client()
            sign_in_browser(browser, user)
            house.sessions[role] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    client = house.clients[role]
    client.cookies.clear()
    if role in house.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = house.sessions[role]
    return client


def test_every_endpoint_is_listed_and_every_line_is_an_endpoint() -> None:
    assert sorted(listed()) == list_endpoints()


@pytest.mark.parametrize("part", range(4))
def test_every_endpoint_answers_every_role_as_listed(house: AccessScenario, part: int) -> None:
    """What is foreign looks like what is not there, too."""
    wrong = []
    for (route, method), expected in [*listed().items()][part::4]:
        for role in CALLER_ROLES:
            answer = knock(house, route, method, role)
            if answer.status_code != expected[role]:
                wrong.append(f"{method} {route} as {role}: {answer.status_code}, not {expected[role]}")
            if answer.status_code == 201 and not answer.get("Location", "").startswith("http://testserver/api/v1/"):
                wrong.append(f"{method} {route}: no address of what was created")
            if expected[role] == 404 and has_path_argument(route):
                missing = knock(house, route, method, role, UNKNOWN_ID)
                if _what_is_seen(answer) != _what_is_seen(missing):
                    wrong.append(f"{method} {route} as {role}: what is not there looks different")
    assert wrong == []


def _what_is_seen(answer: HttpResponse) -> tuple[int, bytes]:
    return answer.status_code, cut_switch(answer.content)
