"""The page for writers of frontends names calls, headers and bodies that the API's descriptions have."""

import re
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.urls import resolve
from jsonschema import Draft202012Validator

from core.accounts.auth_document import build_auth_document
from tests.api.document import build_document
from tests.docs.frontend_page import FRONTEND_PAGE, CurlCall, list_curl_calls, list_journey_calls

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


def test_the_calendar_has_the_address_that_the_page_names() -> None:
    [call] = [call for call in list_journey_calls("The volunteer") if call.startswith("GET /calendar/")]

    assert resolve(call.removeprefix("GET ").replace("{secret}", "a-secret")).url_name == "calendar"


def test_both_descriptions_are_named() -> None:
    addresses = re.findall(r"`(/api/\S+)`", FRONTEND_PAGE.read_text())

    assert {"/api/schema?format=json", "/api/v1/auth/openapi.json"} <= set(addresses)


def test_the_page_names_the_lives_of_codes_and_sessions() -> None:
    text = FRONTEND_PAGE.read_text()

    assert f"A code lives for {settings.EMAIL_CODE_MINUTES} minutes (`EMAIL_CODE_MINUTES`)" in text
    assert f"A session lasts {timedelta(seconds=settings.SESSION_COOKIE_AGE).days} days" in text


def test_there_are_examples() -> None:
    assert len(list_curl_calls()) >= 12
