"""A cursor that a caller has made up, or took from another list, is answered 404, in each order of each list."""

from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import get_resolver
from pytest_django import Settings
from rest_framework.test import APIClient

from core.api.cursors import decode_cursor, encode_cursor
from core.api.pagination import StableCursorPagination, name_order
from core.models import Notice
from core.notifications.outbox import enqueue_notice
from tests.access.endpoints import build_scenario, endpoint_path
from tests.cast import FRONT_END_ROLE, Cast, authenticate_client, publish_new_request

VALUES = ("\0", "x", "1", "", "9" * 30, "nan", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "\ud800")


def list_orders(resolver: Any = None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the names of all lists with cursors, with each of their orders, and its columns."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from list_orders(pattern)
            continue
        view: Any = getattr(pattern.callback, "cls", None)
        is_list = getattr(pattern.callback, "actions", {}).get("get") == "list"
        if is_list and issubclass(view.pagination_class or object, StableCursorPagination):
            yield str(pattern.name), "", tuple(getattr(view, "pages_by", (StableCursorPagination.ordering,)))
            for order in getattr(view, "orderings", ()):
                yield str(pattern.name), order, (order, "id")


ORDERS = sorted(set(list_orders()))


def test_a_cursor_that_was_made_up_is_no_page(cast: Cast, now: datetime) -> None:
    house = build_scenario(cast, now)
    client, answered = APIClient(), set()
    for role in ("volunteer", "manager", "administrator"):
        user = house.users[role]
        assert user is not None
        authenticate_client(client, user)
        for (route, order, columns), value in product(ORDERS, VALUES):
            path = endpoint_path(house, route)
            cursor = encode_cursor([value, "1"], is_backward=False, of=name_order(path, columns))
            query = {"cursor": cursor} | ({"ordering": order} if order else {})
            with transaction.atomic():
                answer = client.get(path, query)
                transaction.set_rollback(True)
            assert answer.status_code in (200, 403, 404), (route, order, value, role)
            if answer.status_code == 404:
                answered.add((route, order))

    assert answered == {(route, order) for route, order, _columns in ORDERS}
    assert len(ORDERS) > 20


def test_a_cursor_tells_no_number(api: Callable[[Any], APIClient], cast: Cast, now: datetime) -> None:
    """Primary keys tell how many rows there are, and how fast they come."""
    for number in range(3):
        enqueue_notice(to=cast.rita, kind="verification-overdue", cause=f"{number}", subjects={}, at=now)
    pages = [api(cast.rita).get("/api/v1/me/notices", {"page_size": 1}).json() for _ in range(2)]
    cursor = parse_qs(urlsplit(pages[0]["next"]).query)["cursor"][0]
    last_shown = Notice.objects.order_by("-id").first()

    plain = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))

    assert last_shown is not None
    assert f'"{last_shown.pk}"'.encode() not in plain
    assert not plain.startswith(b"[")
    assert pages[0] == pages[1]


def test_a_cursor_is_good_for_its_own_list_and_order_only(
    api: Callable[[Any], APIClient], cast: Cast, now: datetime
) -> None:
    for number in range(3):
        publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title=f"Title {number}")
    client = api(cast.rita)

    def turn(path: str, order: str, **query: str) -> Any:
        return client.get(f"/api/v1/{path}", {"page_size": "1", "ordering": order, **query})

    first = turn("requests", "title").json()
    cursor = parse_qs(urlsplit(first["next"]).query)["cursor"][0]

    assert client.get(first["next"]).status_code == 200
    for path, order in (("requests", "-title"), ("requests", "starts_on"), ("campaigns", "name")):
        answer = turn(path, order, cursor=cursor)
        assert answer.status_code == 404, (path, order)
        assert answer.json()["detail"] == "There is no such page. Begin again without a cursor."


def test_a_cursor_outlives_a_change_of_the_secret_key(settings: Settings) -> None:
    cursor = encode_cursor(["2026-03-02", "7"], is_backward=True, of="list")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert decode_cursor(cursor, of="list") == (True, ["2026-03-02", "7"])
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="No key of ours"):
        decode_cursor(cursor, of="list")
