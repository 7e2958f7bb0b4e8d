"""The page for writers of frontends names calls, headers and bodies that the API's descriptions have."""

from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import pytest
from jsonschema import Draft202012Validator

from core.accounts.auth_document import build_auth_document
from tests.api.document import build_document
from tests.docs.frontend_page import CurlCall, list_curl_calls, list_journey_calls

COMMON_HEADERS = {"Accept-Language", "Content-Type", "If-None-Match", "X-Session-Token"}
"""Headers that any call may have."""


@cache
def read_account_document() -> Any:
    return build_auth_document()


def find_operation(call: str) -> tuple[Any, Any]:
    """An operation as a description has it, and the description."""
    method, path = call.split()
    document = read_account_document() if path.startswith("/auth/") else build_document()
    operations = document["paths"].get("/api/v1" + path.replace("/app/", "/{client}/", 1), {})
    assert method.lower() in operations, f"no description has {call}"
    return operations[method.lower()], document


@pytest.mark.parametrize("title", ["The volunteer", "The manager", "The reviewer"])
def test_each_call_of_a_journey_is_described(title: str) -> None:
    calls = [call for call in list_journey_calls(title) if not call.startswith("GET /calendar/")]

    assert len(calls) > 10
    for call in calls:
        find_operation(call)


@pytest.mark.parametrize("example", list_curl_calls(), ids=lambda example: example.call)
def test_each_example_fits_its_description(example: CurlCall) -> None:
    operation, document = find_operation(example.call)
    parameters = {parameter["name"] for parameter in operation.get("parameters", ()) if "name" in parameter}

    assert {name for name, _value in parse_qsl(example.query)} <= parameters
    assert set(example.headers) - COMMON_HEADERS <= parameters
    if example.body is None:
        return
    sent = operation["requestBody"]
    sent = document["components"]["requestBodies"][sent["$ref"].rpartition("/")[2]] if "$ref" in sent else sent
    shape = sent["content"]["application/json"]["schema"]
    Draft202012Validator({"components": document["components"], **shape}).validate(example.body)


def test_there_are_examples() -> None:
    assert len(list_curl_calls()) >= 12
