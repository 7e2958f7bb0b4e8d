"""Everything that is sent has a bound, and one past it is refused by name. The API's description says where."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import transaction
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from core.api.examples import build_example
from core.model_labels import OUR_APPS
from core.models import RateCounter
from core.rate_counters import CONNECTION
from tests.access.endpoints import CALLER_ROLES, UNKNOWN_ID, AccessScenario, build_scenario, endpoint_path
from tests.access.test_matrix import listed
from tests.cast import Cast, authenticate_client

BOUNDED_FORMATS = {"uuid", "date", "date-time", "time"}
TOO_EARLY = {"date": "1999-12-31", "date-time": "1999-12-31T23:59:59Z"}
JSON = "application/json"

Path = tuple[str | int, ...]


@cache
def document() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


def shape_of(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind references and choices."""
    while True:
        ways = [one for way in ("allOf", "oneOf", "anyOf") for one in schema.get(way, ())]
        if "$ref" in schema:
            schema = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        elif ways:
            schema = ways[0]
        else:
            return schema


def kind_of(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    return str(kind[0] if isinstance(kind, list) else kind)


def leaves(schema: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each field, list and entry that a body may have, by its path."""
    shape = shape_of(schema)
    if kind_of(shape) == "object":
        if "properties" not in shape and path:
            yield path, shape
        for name, inner in shape.get("properties", {}).items():
            if not shape_of(inner).get("readOnly"):
                yield from leaves(inner, (*path, name))
        return
    yield path, shape
    if kind_of(shape) == "array":
        yield from leaves(shape["items"], (*path, 0))


def is_bounded(shape: dict[str, Any]) -> bool:
    kind = kind_of(shape)
    if kind == "object":
        return "maxProperties" in shape or shape.get("additionalProperties") is False
    if kind == "array":
        return "maxItems" in shape
    if kind == "string":
        return "enum" in shape or "maxLength" in shape or shape.get("format") in BOUNDED_FORMATS
    if kind in ("integer", "number"):
        return "enum" in shape or {"minimum", "maximum"} <= shape.keys()
    return True


def past_bounds(shape: dict[str, Any], example: Any) -> Iterator[Any]:
    """Values one past each bound of a field; `example` is an entry for lists."""
    kind = kind_of(shape)
    if kind == "array":
        yield [example] * (shape["maxItems"] + 1)
    elif kind == "string" and "maxLength" in shape and shape.get("format") != "email":
        yield "x" * (shape["maxLength"] + 1)
    elif kind == "string" and shape.get("format") == "email":
        yield "x" * 60 + "@" + "x." * ((shape["maxLength"] - 60) // 2) + "org"
    elif kind == "string" and shape.get("format") in TOO_EARLY:
        yield TOO_EARLY[shape["format"]]
    elif kind in ("integer", "number") and "enum" not in shape:
        yield shape["maximum"] + 1
        yield shape["minimum"] - 1


def operations(*methods: str) -> Iterator[tuple[str, str, Any]]:
    for path, described in document()["paths"].items():
        for method, operation in described.items():
            if method in methods:
                yield path, method, operation


def body_of(operation: Any) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    return content[JSON]["schema"] if JSON in content else None


def test_every_field_of_every_body_and_query_has_a_bound() -> None:
    unbounded = []
    for path, method, operation in operations("get", "post", "put", "patch", "delete"):
        places = [(f"{one['in']}:{one['name']}", one["schema"]) for one in operation.get("parameters", ())]
        body = body_of(operation)
        places += [("body", body)] if body else []
        for place, schema in places:
            for field, shape in leaves(schema) if place == "body" else [((), shape_of(schema))]:
                if not is_bounded(shape):
                    unbounded.append(f"{method} {path} {place} {'.'.join(map(str, field))}")

    assert unbounded == []


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "string"},
        {"type": "string", "format": "email"},
        {"type": "integer", "minimum": 1},
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {}},
    ],
)
def test_a_field_without_a_bound_would_be_found(shape: dict[str, Any]) -> None:
    assert not is_bounded(shape)


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


class Caller:
    """Asks as the first role that may, and takes back whatever came of it."""

    def __init__(self, house: AccessScenario, path: str, method: str) -> None:
        route = str(resolve(path.replace("{id}", str(UNKNOWN_ID))).url_name)
        expected = listed()[route, method]
        let_in = (each for each in CALLER_ROLES if 200 <= expected[each] < 300 or expected[each] in (400, 409))
        # Where the scenario lets no role in, a bound is judged before the permission, so any signed-in role will do.
        role = next(let_in, "reviewer")
        self.client = APIClient()
        user = house.users[role]
        if user is not None:
            authenticate_client(self.client, user)
        self.method, self.address = method, endpoint_path(house, route)
        self.body = house.bodies.get(f"{route} {method}", house.bodies.get(route, {}))

    def refused_fields(self, body: Any = None, query: str = "") -> tuple[int, list[str]]:
        status, told = self.send(body, query)
        return status, list(told)

    def send(self, body: Any = None, query: str = "") -> tuple[int, dict[str, list[str]]]:
        """The status, and the sentences by path."""
        RateCounter.objects.using(CONNECTION).all().delete()  # the limit of changes a minute is not in question here
        with transaction.atomic():
            answer = getattr(self.client, self.method)(self.address + query, body)
            transaction.set_rollback(True)
        told = answer.json() if answer.content else {}
        return answer.status_code, told.get("errors", {})


def put_in(body: Any, path: Path, value: Any, schema: dict[str, Any]) -> Any:
    """The body with a value at a path. What is missing on the way to it is made up."""
    body = deepcopy(body)
    here, shape = body, shape_of(schema)
    for step in path[:-1]:
        if isinstance(step, int):
            shape = shape_of(shape["items"])
            if len(here) <= step:
                here.append(deepcopy(build_example(shape, document()["components"]["schemas"])))
        else:
            shape = shape_of(shape["properties"][step])
            if step not in here:
                here[step] = deepcopy(build_example(shape, document()["components"]["schemas"], step))
        here = here[step]
    last = path[-1]
    if isinstance(last, int):
        here[last:] = [value]
    else:
        here[last] = value
    return body


def test_one_past_each_bound_of_a_body_is_refused_by_name(house: AccessScenario) -> None:
    wrong, tried = [], 0
    for path, method, operation in operations("post", "put", "patch"):
        schema = body_of(operation)
        if schema is None or "/auth/" in path:
            continue
        caller = Caller(house, path, method)
        for place, shape in leaves(schema):
            example = build_example(shape.get("items", {}), document()["components"]["schemas"], str(place[-1]))
            for value in past_bounds(shape, example):
                tried += 1
                code, fields = caller.refused_fields(put_in(caller.body, place, value, schema))
                name = ".".join(map(str, place))
                if code not in (400, 412) or not any(each == name or each.startswith(f"{name}.") for each in fields):
                    wrong.append(f"{method} {path} {name}: {code} {fields}")

    assert wrong == []
    assert tried > 200


def test_one_past_each_bound_of_a_query_is_refused_by_name(house: AccessScenario) -> None:
    wrong, tried = [], 0
    for path, method, operation in operations("get"):
        caller = Caller(house, path, method)
        for parameter in operation.get("parameters", ()):
            if parameter["in"] != "query":
                continue
            for value in past_bounds(shape_of(parameter["schema"]), ""):
                tried += 1
                code, fields = caller.refused_fields(query=f"?{parameter['name']}={value}")
                if (code, fields) != (400, [parameter["name"]]):
                    wrong.append(f"{path}?{parameter['name']}={str(value)[:20]}: {code} {fields}")

    assert wrong == []
    assert tried > 30


def test_one_past_each_bound_of_a_header_is_refused(house: AccessScenario) -> None:
    caller = Caller(house, "/api/v1/campaigns", "post")
    key = caller.client.post(caller.address, caller.body, headers={"Idempotency-Key": "k" * 101})
    caller = Caller(house, "/api/v1/requests/{id}", "patch")
    version = caller.client.patch(caller.address, caller.body, headers={"If-Match": f'"{"1" * 50}"'})

    assert (key.status_code, list(key.json()["errors"])) == (400, ["Idempotency-Key"])
    assert (version.status_code, list(version.json()["errors"])) == (400, ["If-Match"])


def _forms() -> Iterator[type[forms.BaseForm]]:
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.split(".")[0] in OUR_APPS:
            yield form


def test_every_field_of_a_form_has_a_bound() -> None:
    assert apps.ready
    unbounded = []
    for form in _forms():
        for name, field in getattr(form, "base_fields", {}).items():
            has_bound = (
                getattr(field, "max_length", None) is not None
                if isinstance(field, forms.CharField)
                else (getattr(field, "min_value", None), getattr(field, "max_value", None)) != (None, None)
                if isinstance(field, forms.IntegerField)
                else True
            )
            if not has_bound:
                unbounded.append(f"{form.__qualname__}.{name}")

    assert unbounded == []
