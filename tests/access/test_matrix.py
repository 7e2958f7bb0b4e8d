"""Who may come through which door, as `matrix.csv` says: a route, a method, and what each role is answered.

2xx: yes; 400, 409 and 412: yes, but not this, now; 403 and 404: no. A route that is not listed fails the test, and so
does a line without a route.
"""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from rest_framework.test import APIClient

from tests.access.doors import NOBODYS, ROLES, House, build, doors, names_something, path
from tests.cast import Cast, sign_in, vouch_for

MATRIX = Path(__file__).with_name("matrix.csv")


@pytest.fixture
def house(cast: Cast, now: datetime) -> House:
    return build(cast, now)


def listed() -> dict[tuple[str, str], dict[str, int]]:
    with MATRIX.open() as file:
        return {(row["route"], row["method"]): {role: int(row[role]) for role in ROLES} for row in csv.DictReader(file)}


def knock(house: House, route: str, method: str, role: str, named: object = "") -> HttpResponse:
    """The answer; whatever it changed is taken back."""
    client = APIClient()
    user = house.users[role]
    if user is not None:
        vouch_for(client, user)
        sign_in(client, user)
    said = {} if method == "get" else house.said.get(f"{route} {method}", house.said.get(route, {}))
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(path(house, route, named), said)
        transaction.set_rollback(True)
    return answer


def test_every_door_is_listed_and_every_line_is_a_door() -> None:
    assert sorted(listed()) == doors()


@pytest.mark.parametrize("part", range(4))
def test_every_door_answers_every_role_as_listed(house: House, part: int) -> None:
    wrong = []
    for number, ((route, method), expected) in enumerate(listed().items()):
        for role in ROLES if number % 4 == part else ():
            found = knock(house, route, method, role).status_code
            if found != expected[role]:
                wrong.append(f"{method} {route} as {role}: {found}, not {expected[role]}")
    assert wrong == []


def test_what_is_foreign_and_what_is_not_there_look_alike(house: House) -> None:
    betrayed = []
    for (route, method), expected in listed().items():
        for role in [role for role in ROLES if expected[role] == 404 and names_something(route)]:
            foreign, missing = knock(house, route, method, role), knock(house, route, method, role, NOBODYS)
            if (foreign.status_code, foreign.content) != (missing.status_code, missing.content):
                betrayed.append(f"{method} {route} as {role}")
    assert betrayed == []
