"""Walk everything that a user can read from the API, by its own description."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from core.models import User
from tests.cast import authenticate_client

Answers = dict[str, tuple[int, bytes]]

DATE_VALUES = {"date": ("2026-03-10", "2026-04-20"), "date-time": ("2026-03-02T12:00:00Z",)}


@cache
def readable_addresses() -> dict[str, list[dict[str, Any]]]:
    """Every address that can be read, with what it can be asked for."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    found = {}
    for path, operations in sorted(schema["paths"].items()):
        if "get" in operations:
            parameters = operations["get"].get("parameters", [])
            found[path] = [one for one in parameters if one["in"] == "query" and one["name"] != "cursor"]
    return found


def list_questions(named: dict[str, str], words: list[str], *, thorough: bool) -> Iterator[str]:
    """Every address, about what is `named` by the beginning of the path; thoroughly, with each of its parameters too.

    `words` are what is searched for; where an id is wanted, everything that is named is tried.
    """
    for path, parameters in readable_addresses().items():
        begin, there, _ = path.partition("{id}")
        if there and begin not in named:
            continue
        address = path.replace("{id}", named.get(begin, ""))
        yield address
        for one in parameters if thorough else ():
            for value in _parameter_values(one, named, words):
                yield f"{address}?{urlencode({one['name']: value})}"


def _parameter_values(parameter: dict[str, Any], named: dict[str, str], words: list[str]) -> list[Any]:
    schema = parameter["schema"].get("items", parameter["schema"])
    if schema.get("format") == "uuid":
        return sorted(set(named.values()))
    if "enum" in schema:
        return list(schema["enum"])
    if schema.get("format") in DATE_VALUES:
        return list(DATE_VALUES[schema["format"]])
    plain: dict[str, list[Any]] = {"boolean": ["true", "false"], "integer": [1, 3]}
    return plain.get(schema["type"], words)


def collect_answers(
    client: APIClient, addresses: list[str], posts: dict[str, Any], before: Callable[[], None]
) -> Answers:
    """What is answered to all of them once `before` has been done; everything is taken back."""
    found: Answers = {}
    with transaction.atomic():
        before()
        for address in addresses:
            caches["here"].clear()  # how much is read is not the question here
            answer = client.get(address)
            found[address] = answer.status_code, answer.content
        for address, said in posts.items():
            answer = client.post(address, said)
            found[f"POST {address}"] = answer.status_code, answer.content
        transaction.set_rollback(True)
    return found


def find_leaking_addresses(
    user: User, addresses: list[str], posts: dict[str, Any], hidden: Callable[[], None], *, open_to: str
) -> list[str]:
    """The addresses whose answers tell the world with what is hidden from the one without.

    `open_to` is an address that is open to them."""
    client = APIClient(headers={"X-Request-Id": "0123456789abcdef0123456789abcdef"})
    authenticate_client(client, user)
    closed = {one for one in addresses if "?" not in one and client.get(one).status_code in (401, 403)}
    open_ones = [one for one in addresses if one.partition("?")[0] not in closed]
    without = collect_answers(client, open_ones, posts, lambda: None)
    # Whatever is new in the answer has to be of its time, not of what is hidden.
    assert without == collect_answers(client, open_ones, posts, lambda: None)
    seen = collect_answers(client, open_ones, posts, hidden)
    assert all(seen[address][0] == 200 for address in (open_to, *(f"POST {each}" for each in posts)))
    return [address for address in seen if seen[address] != without[address]]
