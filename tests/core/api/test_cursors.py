"""A cursor that a caller has made up is answered 404, in each order of each list."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import Any

from django.db import transaction
from django.urls import get_resolver
from rest_framework.test import APIClient

from core.api.pagination import StableCursorPagination
from tests.access.endpoints import build_scenario, endpoint_path
from tests.cast import Cast, authenticate_client

VALUES = ("\0", "x", "1", "", "9" * 30, "nan", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "\ud800")


def list_orders(resolver: Any = None) -> Iterator[tuple[str, str]]:
    """Yield the names of all lists with cursors, with each of their orders."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from list_orders(pattern)
            continue
        view: Any = getattr(pattern.callback, "cls", None)
        is_list = getattr(pattern.callback, "actions", {}).get("get") == "list"
        if is_list and issubclass(view.pagination_class or object, StableCursorPagination):
            yield from ((str(pattern.name), order) for order in ("", *getattr(view, "orderings", ())))


ORDERS = sorted(set(list_orders()))


def test_a_cursor_that_was_made_up_is_no_page(cast: Cast, now: datetime) -> None:
    house = build_scenario(cast, now)
    client, answered = APIClient(), set()
    for role in ("volunteer", "manager", "reviewer"):
        user = house.users[role]
        assert user is not None
        authenticate_client(client, user)
        for (route, order), value in product(ORDERS, VALUES):
            cursor = urlsafe_b64encode(json.dumps([False, value, "1"]).encode()).decode()
            query = {"cursor": cursor} | ({"ordering": order} if order else {})
            with transaction.atomic():
                answer = client.get(endpoint_path(house, route), query)
                transaction.set_rollback(True)
            assert answer.status_code in (200, 403, 404), (route, order, value, role)
            if answer.status_code == 404:
                answered.add((route, order))

    assert answered == set(ORDERS)
    assert len(ORDERS) > 20
