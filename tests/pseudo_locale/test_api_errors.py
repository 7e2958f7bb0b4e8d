"""Every error that the API answers: each class of ours, and what is wrong with a body or an address."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.test import APIClient

from core import errors
from core.api.problem_details import handle_api_error
from core.api.problem_types import PROBLEM_TYPES
from core.models import User
from tests.access.endpoints import (
    UNKNOWN_ID,
    AccessScenario,
    build_scenario,
    endpoint_path,
    has_path_argument,
    list_endpoints,
)
from tests.cast import Cast, authenticate_client
from tests.pseudo_locale.conftest import FindOutside, explain_outside

CALLERS = ("anonymous", "volunteer", "manager", "reviewer")
COMMON_CODES = {"not_found"}
WRONG_VALUES = ("wrong", -1, None)
WRONG_QUESTIONS = ("?unknown=1", "?page_size=x", "?cursor=x", "?ordering=x")
HIDDEN_STATUSES = (401, 403, 404, 405)


@pytest.fixture
def scenario(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def list_bodies(body: Any) -> Iterator[Any]:
    """An operation's body with nothing, with an unknown key, and with each of its keys wrong."""
    yield from ({}, {"unknown": 1}, [])
    for key in body if isinstance(body, dict) else ():
        for value in WRONG_VALUES:
            yield body | {key: value}


def call_api(scenario: AccessScenario, route: str, method: str, user: User | None) -> Iterator[Any]:
    """The answers to a right call, to one about what is not there, and, where the caller may, to wrong ones."""
    address = endpoint_path(scenario, route)
    if not address.startswith("/api/v1/"):
        return
    client = APIClient()
    if user is not None:
        authenticate_client(client, user)
    body = None if method == "get" else scenario.bodies.get(f"{route} {method}", scenario.bodies.get(route, {}))
    answer = answer_without_effect(client, method, address, body)
    yield answer
    if answer.status_code in HIDDEN_STATUSES:
        return
    if has_path_argument(route):
        yield answer_without_effect(client, method, endpoint_path(scenario, route, UNKNOWN_ID), body)
    for question in WRONG_QUESTIONS if method == "get" else ():
        yield answer_without_effect(client, method, address + question, body)
    for wrong in list_bodies(body) if method != "get" else ():
        yield answer_without_effect(client, method, address, wrong)


def answer_without_effect(client: APIClient, method: str, address: str, body: Any) -> Any:
    """The answer; nothing stays changed."""
    with transaction.atomic():
        answer = getattr(client, method)(address, body)
        transaction.set_rollback(True)
    return answer


def read_problem_texts(problem: dict[str, Any]) -> Iterator[str]:
    """What a person reads of an error. Its title is for developers, as its code is."""
    yield problem["detail"]
    for texts in problem.get("errors", {}).values():
        yield from texts


@pytest.mark.slow
@pytest.mark.parametrize("caller", CALLERS)
def test_every_error_of_the_api_speaks_through_gettext(
    scenario: AccessScenario, find_outside: FindOutside, caller: str
) -> None:
    codes: set[str] = set()
    outside: dict[str, str] = {}
    for route, method in list_endpoints():
        for answer in call_api(scenario, route, method, scenario.users[caller]):
            if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
                problem = answer.json()
                codes.add(problem["code"])
                for text in read_problem_texts(problem):
                    if find_outside(text, is_html=False):
                        outside.setdefault(text, f"{method} {route}")

    assert codes >= COMMON_CODES
    assert outside == {}, explain_outside(outside)


@pytest.mark.usefixtures("pseudo_locale")
def test_every_class_of_our_errors_is_answered_in_brackets(client: Client) -> None:
    for error_class in list_error_classes():
        arguments = {"retry_after": 9} if error_class is errors.TooManyRequests else {}
        answer = handle_api_error(error_class(gettext("No."), **arguments), {})  # type: ignore[arg-type]
        assert answer is not None
        status = PROBLEM_TYPES[error_class.code].status
        assert (answer.status_code, answer.data["detail"], answer.data["code"]) == (status, "⟦No.⟧", error_class.code)


def list_error_classes() -> list[type[errors.HandraiserError]]:
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    return [each for each in classes if issubclass(each, errors.HandraiserError) and each is not errors.HandraiserError]


@pytest.mark.parametrize(
    ("method", "route", "headers", "body", "status"),
    [
        ("get", "/api/v1/nothing", {}, "", 404),
        ("get", "me", {}, "", 401),
        ("get", "me", {"Authorization": "Bearer hrt_wrong"}, "", 401),
        ("get", "me", {"X-Session-Token": "wrong"}, "", 401),
        ("delete", "skills", {}, "", 405),
        ("post", "my-token-list", {}, "{", 400),
        ("post", "my-token-list", {}, '{"a": 1, "a": 2}', 400),
        ("post", "my-token-list", {}, "[" * 20 + "]" * 20, 400),
        ("post", "my-token-list", {}, " " * 300_000, 413),
        ("post", "/api/v1/auth/app/v1/auth/login", {}, "{}", 400),
    ],
)
def test_errors_before_any_view_are_in_brackets(
    cast: Cast,
    find_outside: FindOutside,
    method: str,
    route: str,
    headers: dict[str, str],
    body: str,
    status: int,
) -> None:
    arguments: dict[str, Any] = {"data": body, "content_type": "application/json"} if body else {}
    path = route if route.startswith("/") else reverse(route)
    answer = getattr(Client(), method)(path, headers=headers, **arguments)
    problem = answer.json()

    texts = list(read_problem_texts(problem)) if "detail" in problem else [e["message"] for e in problem["errors"]]
    assert (answer.status_code, [text for text in texts if find_outside(text, is_html=False)]) == (status, [])
