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

from core.models import RateCounter, User
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
    client = APIClient(headers={"X-Request-Id": "0123456789abcdef0123456789abcdef"})
    user = house.users[role]
    if user is not None:
        authenticate_client(client, user)
        client.cookies[settings.SESSION_COOKIE_NAME] = _find_session(house, role, user)
    said = {} if method == "get" else house.bodies.get(f"{route} {method}", house.bodies.get(route, {}))
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(endpoint_path(house, route, named), said)
        transaction.set_rollback(True)
    return answer


def _find_session(house: AccessScenario, role: str, user: User) -> str:
    """Return the key of the role's session: what a request does to it is taken back too."""
    if role not in house.sessions:
        browser = Client()
        sign_in_browser(browser, user)
        house.sessions[role] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return house.sessions[role]


def test_every_endpoint_is_listed_and_every_line_is_an_endpoint() -> None:
    assert sorted(listed()) == list_endpoints()


@pytest.mark.parametrize("part", range(4))
def test_every_endpoint_answers_every_role_as_listed(house: AccessScenario, part: int) -> None:
    wrong = []
    for number, ((route, method), expected) in enumerate(listed().items()):
        for role in CALLER_ROLES if number % 4 == part else ():
            answer = knock(house, route, method, role)
            if answer.status_code != expected[role]:
                wrong.append(f"{method} {route} as {role}: {answer.status_code}, not {expected[role]}")
            if answer.status_code == 201 and not answer.get("Location", "").startswith("http://testserver/api/v1/"):
                wrong.append(f"{method} {route}: no address of what was created")
    assert wrong == []


def test_what_is_foreign_and_what_is_not_there_look_alike(house: AccessScenario) -> None:
    betrayed = []
    for (route, method), expected in listed().items():
        for role in [role for role in CALLER_ROLES if expected[role] == 404 and has_path_argument(route)]:
            foreign, missing = knock(house, route, method, role), knock(house, route, method, role, UNKNOWN_ID)
            if (foreign.status_code, cut_switch(foreign.content)) != (missing.status_code, cut_switch(missing.content)):
                betrayed.append(f"{method} {route} as {role}")
    assert betrayed == []
