"""Lists: everything that is wrong with a query is said at once, and all have one envelope."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import resolve
from rest_framework.test import APIClient

from tests.access.endpoints import CALLER_ROLES, UNKNOWN_ID, AccessScenario, build_scenario, endpoint_path
from tests.api.document import build_document, list_operations
from tests.cast import Cast, authenticate_client

JSON = "application/json"
MISTAKES = {"count": "maybe", "cursor": "rubbish", "ordering": "nothing", "page_size": "0", "time_zone": "Mars/North"}


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def list_list_operations() -> list[tuple[str, Any]]:
    """The name of the route, and the operation, of each GET that answers with several rows."""
    return [
        (str(resolve(path.replace("{id}", str(UNKNOWN_ID))).url_name), operation)
        for path, method, operation in list_operations()
        if method == "get" and operation["operationId"].startswith("list") and is_of_rows(operation)
    ]


def is_of_rows(operation: Any) -> bool:
    shape = resolve_shape(operation["responses"]["200"]["content"][JSON]["schema"])
    return shape.get("type") == "array" or "results" in shape.get("properties", {})


def resolve_shape(shape: Any) -> Any:
    schemas = build_document()["components"]["schemas"]
    return schemas[shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape


def find_reader(house: AccessScenario, route: str) -> APIClient:
    """A client of a caller who may read the list."""
    for role in reversed(CALLER_ROLES):
        client, user = APIClient(), house.users[role]
        if user is not None:
            authenticate_client(client, user)
        if client.get(endpoint_path(house, route)).status_code == 200:
            return client
    raise AssertionError(f"nobody may read {route}")


def make_mistakes(operation: Any) -> dict[str, str]:
    """A wrong value for each parameter that has one."""
    parameters = {one["name"]: one["schema"] for one in operation["parameters"] if one["in"] == "query"}
    return {name: MISTAKES.get(name, "\x00") for name in parameters if name != "search"}


def test_everything_that_is_wrong_with_the_query_of_a_list_is_said_at_once(house: AccessScenario) -> None:
    most = 0
    for route, operation in list_list_operations():
        wrong, reader, path = make_mistakes(operation), find_reader(house, route), endpoint_path(house, route)

        for query in (wrong, wrong | {"nonsense": "1"}):
            refused = reader.get(path, query)
            assert (refused.status_code, set(refused.json().get("errors", ()))) == (400, set(query)), route

        most = max(most, len(wrong))
    assert most >= 5
    assert len(list_list_operations()) > 25


def test_a_cursor_that_is_wrong_alone_is_a_page_that_is_not_there(house: AccessScenario) -> None:
    for route, operation in list_list_operations():
        if any(one["name"] == "cursor" for one in operation["parameters"]):
            refused = find_reader(house, route).get(endpoint_path(house, route), {"cursor": "rubbish"})
            assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), route


def test_each_list_has_the_same_envelope(house: AccessScenario) -> None:
    for route, operation in list_list_operations():
        shape = resolve_shape(operation["responses"]["200"]["content"][JSON]["schema"])
        assert shape.get("required") == ["next", "previous", "results"], route

        shown = find_reader(house, route).get(endpoint_path(house, route), {"count": "true"}).json()
        assert list(shown) == ["next", "previous", "count", "results"], route
