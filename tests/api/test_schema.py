"""Every operation of the API, asked with what its description allows and with what it does not, by everybody.

Whatever is asked, the answer is one that the description names, in its shape, and no fault of ours. What is asked names
things that exist, as often as not; `tests/access/endpoints.py` holds them. Two examples of each operation in every run,
each sent by every role; 200 with `--thorough`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.core.cache import caches
from django.db import transaction
from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.models import User
from tests.access.endpoints import UNKNOWN_ID, AccessScenario, build_scenario, endpoint_path
from tests.api.document import build_closed_document
from tests.cast import Cast

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CALLERS = ("anonymous", "volunteer", "staff", "manager", "reviewer")
FEW, MANY = 2, 200
PARTS = 8
"""Into how many parts the operations are divided, so that processes share them."""


@cache
def described() -> Any:
    return schemathesis.openapi.from_dict(build_closed_document())


def operations(part: int) -> Iterator[Any]:
    for number, found in enumerate(described().get_all_operations()):
        if number % PARTS == part:
            yield found.ok()


class Asking:
    """What is asked, by each caller in turn, about what is there."""

    def __init__(self, house: AccessScenario, api: Callable[[User | None], APIClient]) -> None:
        self.house = house
        self.clients = {role: api(house.users[role]) for role in CALLERS}
        for client in self.clients.values():
            client.raise_request_exception = False
        self.known = {name: value for said in house.bodies.values() for name, value in said.items() if _named(value)}
        self.wrong: dict[tuple[str, str], str] = {}

    def ask(self, case: Any, draw: Callable[[Any], Any]) -> None:
        """Sends it as everybody, checks the answers, and takes back whatever came of it."""
        if case.path_parameters and draw(st.integers(0, 3)):
            case.path_parameters = {"id": self._there(case)}
        if isinstance(case.body, dict) and draw(st.booleans()):
            case.body |= {name: value for name, value in self.known.items() if name in case.body}
        request = requests.Request(**case.as_transport_kwargs("http://testserver")).prepare()
        for role, client in self.clients.items():
            caches["here"].clear()  # how much is read is not the question here
            with transaction.atomic():
                answer = _send(client, request)
                transaction.set_rollback(True)
            try:
                case.validate_response(answer, checks=CHECKS)
            except BaseExceptionGroup as failures:
                self.wrong.setdefault((case.operation.label, role), str(failures))

    def _there(self, case: Any) -> str:
        template = case.operation.path
        route = resolve(template.replace("{id}", str(UNKNOWN_ID))).url_name
        there: str = endpoint_path(self.house, str(route)).split("/")[template.split("/").index("{id}")]
        return there


def _send(client: APIClient, request: Any) -> Response:
    address, headers = urlsplit(request.url), dict(request.headers)
    body: Any = request.body or b""
    headers.pop("Content-Length", None)
    headers.pop("Accept-Encoding", None)  # nothing here unpacks an answer
    kind = headers.pop("Content-Type", "application/octet-stream")
    where = f"{address.path}?{address.query}"
    answer = client.generic(request.method, where, body, content_type=kind, headers=headers)
    told = {name: [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, told, answer.content, request, elapsed=0.0, verify=False)


def _named(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= len(str(UNKNOWN_ID))


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_asked_is_answered_as_described(
    house: AccessScenario, api: Callable[[User | None], APIClient], thorough: bool, part: int
) -> None:
    asking = Asking(house, api)
    for operation in operations(part):
        for mode in GenerationMode:
            # What takes nothing cannot be asked wrongly.
            if mode.is_positive or operation.body or operation.query or operation.path_parameters:
                _try(asking, operation, mode, (MANY if thorough else FEW) // 2)
    assert asking.wrong == {}, "\n\n".join(f"{name} as {role}: {why}" for (name, role), why in asking.wrong.items())


def _try(asking: Asking, operation: Any, mode: GenerationMode, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples < MANY // 2,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def one(case: Any, data: Any) -> None:
        asking.ask(case, data.draw)

    one()
