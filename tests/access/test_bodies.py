"""What is sent and not known is refused by name, at every endpoint that takes something."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from rest_framework.test import APIClient

from tests.access.endpoints import CALLER_ROLES, AccessScenario, build_scenario, endpoint_path
from tests.access.test_matrix import listed
from tests.cast import Cast, authenticate_client

NESTED = {("request-list", "post"): "roles.0", ("request-detail", "put"): "roles.0", ("my-profile", "put"): "claims.0"}


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def taking() -> list[tuple[str, str, str]]:
    """Endpoints of the API that take a body, each with somebody who may come in."""
    found = []
    for (route, method), expected in listed().items():
        welcome = [role for role in CALLER_ROLES if 200 <= expected[role] < 300 or expected[role] in (400, 409)]
        if method in ("post", "put", "patch") and welcome:
            found.append((route, method, welcome[0]))
    return found


def send(house: AccessScenario, route: str, method: str, role: str, said: dict[str, Any]) -> HttpResponse:
    client = APIClient()
    user = house.users[role]
    if user is not None:
        authenticate_client(client, user)
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(endpoint_path(house, route), said)
        transaction.set_rollback(True)
    return answer


def told(answer: Any) -> list[str]:
    refused = ["This cannot be given here. Leave it out."]
    return [name for name, why in answer.json()["errors"].items() if why == refused]


def test_what_no_endpoint_knows_is_refused_by_name(house: AccessScenario) -> None:
    wrong = []
    for route, method, role in taking():
        if not endpoint_path(house, route).startswith("/api/"):
            continue
        said = house.bodies.get(f"{route} {method}", house.bodies.get(route, {}))
        answer = send(house, route, method, role, said | {"surprise": 1})
        if answer.status_code != 400 or told(answer) != ["surprise"]:
            wrong.append(f"{method} {route} as {role}: {answer.status_code} {answer.content.decode()[:80]}")
    assert wrong == []


@pytest.mark.parametrize(("endpoint", "where"), NESTED.items())
def test_so_it_is_inside_of_what_is_sent(house: AccessScenario, endpoint: tuple[str, str], where: str) -> None:
    route, method = endpoint
    name, place = where.split(".")
    said = house.bodies[route]
    inner = [dict(one) for one in said[name]]
    inner[int(place)]["surprise"] = 1
    role = next(role for known, how, role in taking() if (known, how) == endpoint)

    assert told(send(house, route, method, role, said | {name: inner})) == [f"{where}.surprise"]
