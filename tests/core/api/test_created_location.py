"""Whatever is created has an address, and the answer names it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from core.models import User
from tests.cast import Cast
from tests.match_factory import make_active_match

Api = Callable[[User | None], APIClient]

INVITATION = {"email": "new@example.org", "position": "staff"}


def test_every_operation_that_creates_something_says_where() -> None:
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    silent = [
        f"{method} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        for code, answer in operation["responses"].items()
        if code in ("201", "202") and "Location" not in answer.get("headers", {})
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("caller", "path", "body", "address"),
    [
        ("rita", "runs", {"dry_run": True}, "runs/{id}"),
        ("carol", "roles/{role}/seats", {"seat_count": 1}, "requests/{request}"),
        (
            "carol",
            "campaigns/{campaign}/invitations",
            {"email": "new@example.org", "position": "staff"},
            "member-invitations/{id}",
        ),
        ("alice", "me/matches/{match}/messages", {"text": "Hello"}, "me/matches/{match}/messages"),
        ("alice", "me/matches/{match}/report-problem", {"kind": "other"}, "me/matches/{match}"),
    ],
)
def test_the_address_is_that_of_what_was_created(
    api: Api, cast: Cast, now: datetime, caller: str, path: str, body: dict[str, Any], address: str
) -> None:
    match = make_active_match(cast, now)
    ids = {
        "campaign": cast.campaign.public_id,
        "match": match.public_id,
        "request": cast.request.public_id,
        "role": match.seat.role.public_id,
    }

    answer = api(getattr(cast, caller)).post(f"/api/v1/{path.format(**ids)}", body)

    assert answer.status_code in (201, 202), answer.content
    assert answer["Location"] == f"http://testserver/api/v1/{address.format(**ids | {'id': answer.json().get('id')})}"
