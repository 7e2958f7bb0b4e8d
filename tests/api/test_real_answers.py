"""Real answers fit the document, as a plain validator of JSON Schema reads it, which knows nothing of OpenAPI."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import resolve
from jsonschema import Draft202012Validator, FormatChecker

from tests.access.endpoints import CALLER_ROLES, UNKNOWN_ID, AccessScenario, build_scenario
from tests.access.test_matrix import knock
from tests.api.document import build_closed_document, list_operations
from tests.cast import Cast

JSON = "application/json"
TOLD_HEADERS = {"ETag", "Idempotent-Replayed", "Location"}
TIME_WITH_OFFSET = re.compile(r"T\d\d:\d\d:\d\d[.\d]*[+-]\d\d:\d\d")


NOT_READ_HERE = {
    "/api/v1/runs/{id}/why-not",  # needs a pair in its query
    "/api/v1/roles/{id}/rules",  # needs a volunteer in its query
    "/api/v1/runs/{id}/changes",  # needs two runs
    "/api/v1/review-teams/{id}",  # needs a proposal, which is a match at work by then
}


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def ask_until_allowed(house: AccessScenario, path: str, method: str) -> HttpResponse | None:
    """The first answer to somebody who may do this; None if nobody may, here and now."""
    route = str(resolve(path.replace("{id}", str(UNKNOWN_ID))).url_name)
    answers = (knock(house, route, method, role) for role in reversed(CALLER_ROLES))
    return next((answer for answer in answers if 200 <= answer.status_code < 300), None)


def find_faults(answer: HttpResponse, operation: Any) -> list[str]:
    """What the document does not allow of an answer."""
    response = operation["responses"].get(str(answer.status_code))
    if response is None:
        return [f"{answer.status_code} is not described"]
    undeclared = (TOLD_HEADERS & set(answer.headers)) - set(response.get("headers", ()))
    if undeclared:
        return [f"{name} is not declared" for name in sorted(undeclared)]
    if "content" not in response:
        return ["a body is not described"] if answer.content else []
    document = build_closed_document()
    shape = response["content"][JSON]["schema"] | {"components": document["components"]}
    validator = Draft202012Validator(shape, format_checker=FormatChecker())
    faults = [f"{error.json_path} {error.message}" for error in validator.iter_errors(answer.json())]  # type: ignore[attr-defined]
    return faults + [f"{time} does not end with Z" for time in TIME_WITH_OFFSET.findall(answer.content.decode())]


def test_what_is_answered_fits_the_document(house: AccessScenario) -> None:
    wrong, answered = {}, set()
    for path, method, operation in list_operations():
        answer = ask_until_allowed(house, path, method)
        if answer is not None:
            answered.add((path, method))
            wrong[f"{method} {path}"] = find_faults(answer, operation)

    assert {name: faults for name, faults in wrong.items() if faults} == {}
    unread = {path for path, method, _ in list_operations() if method == "get" and (path, method) not in answered}
    assert unread == NOT_READ_HERE, "these can be read, and were not"
    assert len(answered) > 100
