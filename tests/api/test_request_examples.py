"""Every example of a body can be sent: nothing in it is a mistake by itself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from core.models import Party
from tests.access.endpoints import UNKNOWN_ID, AccessScenario, build_scenario
from tests.api.document import list_operations
from tests.cast import Cast
from tests.core.api.test_bounds import Caller

JSON = "application/json"


TURNED_DOWN_HERE = {
    "addRole": {"name"},  # the request has such a role
    "amendRequest": {"contact"},  # names no member
    "makeMatchMoves": {"moves.0.match"},  # names no match
    "publishRequest": {"contact"},
    "registerCampaign": {"election_on"},  # the contest is there, with another day
}
"""What is wrong with an example only because of what is there, or is not: the paths of its errors."""


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def list_bodies() -> Iterator[tuple[str, str, str, Any]]:
    """Each example of a body, with its operation's path and method, and a name."""
    for path, method, operation in list_operations():
        content = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
        named = {name: example["value"] for name, example in content.get("examples", {}).items()}
        for name, body in (named or ({"": content["example"]} if content else {})).items():
            yield path, method, f"{operation['operationId']} {name}".strip(), body


def name_what_is_there(body: Any, right: Any) -> Any:
    """The example with ids of what is there, since those of examples name nothing."""
    return {
        name: right[name] if isinstance(value, str) and len(value) == len(str(UNKNOWN_ID)) and name in right else value
        for name, value in body.items()
    }


def test_no_example_of_a_body_is_a_mistake(house: AccessScenario) -> None:
    Party.objects.create(code="independent", name="Independent")  # an installation has parties of its own
    wrong: dict[str, set[str]] = {}
    for path, method, name, body in list_bodies():
        caller = Caller(house, path, method)
        status, told = caller.send(name_what_is_there(body, caller.body))
        if status == 400:
            wrong[name] = set(told)

    assert wrong == TURNED_DOWN_HERE
