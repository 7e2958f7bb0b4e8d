"""Everything that is wrong with an input is told at once: its shape, the rules, and ids of what does not exist."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from core.models import RateCounter
from core.rate_counters import CONNECTION
from tests.access.endpoints import AccessScenario, build_scenario
from tests.cast import Cast
from tests.core.api.test_bounds import Caller, body_of, operations
from tests.core.api.wrong_bodies import WRONG_BODIES
from tests.core.api.wrong_body import UNKNOWN

UNKNOWN_TOO = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    scenario = build_scenario(cast, now)
    for user in filter(None, scenario.users.values()):
        user.conduct_accepted_at = None  # so that everybody is asked for it again
        user.save(update_fields=["conduct_accepted_at"])
    return scenario


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

    assert wrong == [], wrong[0]


def test_ids_that_name_nothing_are_all_told_as_not_found(house: AccessScenario) -> None:
    status, told = send(
        house, "/api/v1/pins", "post", {"volunteer": UNKNOWN, "seat": UNKNOWN, "reason": "They asked for each other."}
    )
    runs = send(house, "/api/v1/runs", "post", {"roles": [house.ids["role"], UNKNOWN, UNKNOWN_TOO]})

    assert (status, sorted(told)) == (404, ["seat", "volunteer"])
    assert (runs[0], sorted(runs[1])) == (404, ["roles.1", "roles.2"])


def test_an_id_that_names_nothing_is_told_with_what_breaks_a_rule(house: AccessScenario) -> None:
    draft = house.bodies["request-list"] | {"campaign": UNKNOWN, "time_zone": "Mars/Olympus"}
    run = {"roles": [UNKNOWN], "dry_run": False, "include_unclaimed": True}

    assert sorted(send(house, "/api/v1/requests", "post", draft)[1]) == ["campaign", "time_zone"]
    assert sorted(send(house, "/api/v1/requests/supply-estimate", "post", draft)[1]) == ["campaign", "time_zone"]
    assert sorted(send(house, "/api/v1/runs", "post", run)[1]) == ["include_unclaimed", "roles.0"]


def test_a_rule_that_the_other_field_breaks_is_told_at_the_field_that_was_sent(house: AccessScenario) -> None:
    manager = {"token": house.bodies["candidate-end-manager-access"]["token"], "manager": UNKNOWN}
    known = house.bodies["candidate-end-manager-access"] | {"successor": "carol@example.org"}
    both = manager | {"successor": "carol@example.org"}

    assert sorted(send(house, "/api/v1/candidate/end-manager-access", "post", known)[1]) == ["successor"]
    # Only then: else it would tell who works for the campaign, and nothing would end.
    assert sorted(send(house, "/api/v1/candidate/end-manager-access", "post", both)[1]) == ["manager"]
    assert send(house, "/api/v1/candidate/end-manager-access", "post", manager)[0] == 404
