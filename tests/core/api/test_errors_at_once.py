"""Everything that is wrong with an input is told at once: its shape, the rules, and ids of what does not exist."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from core.models import RateCounter, User
from core.rate_counters import CONNECTION
from tests.access.endpoints import AccessScenario, build_scenario
from tests.cast import Cast
from tests.core.api.test_bounds import Caller, body_of, operations
from tests.core.api.wrong_bodies import WRONG_BODIES


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    User.objects.update(conduct_accepted_at=None)
    return build_scenario(cast, now)


def operations_with_body() -> list[tuple[str, str, str]]:
    """The id, path and method of each operation of ours that takes a body."""
    return [
        (operation["operationId"], path, method)
        for path, method, operation in operations("post", "put", "patch", "delete")
        if body_of(operation) is not None
    ]


def send(house: AccessScenario, path: str, method: str, body: dict[str, Any]) -> tuple[int, dict[str, list[str]]]:
    """The status, and the sentences by path."""
    RateCounter.objects.using(CONNECTION).all().delete()  # the limit of changes a minute is not in question here
    caller = Caller(house, path, method)
    with transaction.atomic():
        answer = getattr(caller.client, method)(caller.address, body)
        transaction.set_rollback(True)
    return answer.status_code, answer.json().get("errors", {}) if answer.content else {}


def test_every_operation_that_takes_a_body_is_tried() -> None:
    assert sorted(name for name, _path, _method in operations_with_body()) == sorted(WRONG_BODIES)


def test_everything_that_is_wrong_is_told_at_once(house: AccessScenario) -> None:
    wrong = []
    for name, path, method in operations_with_body():
        body, expected = WRONG_BODIES[name]
        status, told = send(house, path, method, body)
        begins = {
            place: expected[place] if place in expected and sentences[0].startswith(expected[place]) else sentences[0]
            for place, sentences in told.items()
        }
        if (status, begins) != (400, expected):
            wrong.append(f"{name}: {status} {begins}")

    print("\n".join(wrong))
