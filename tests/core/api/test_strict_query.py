"""Query parameters: what is unknown is refused everywhere, and choices may come several times."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from core.api.strict_query import find_known_parameters
from core.models import Notice, User
from core.notifications.outbox import enqueue_notice
from matching.models import Run
from tests.access.endpoints import _list_routes
from tests.cast import Cast
from tests.match_factory import create_done_run, make_offered_match

Api = Callable[[User | None], APIClient]


@pytest.mark.parametrize(
    ("method", "path", "user"),
    [
        ("get", "me", "alice"),
        ("get", "me/profile", "alice"),
        ("head", "me/profile", "alice"),
        ("get", "campaigns/{campaign}", "carol"),
        ("get", "requests/{request}", "carol"),
        ("get", "requests/{request}/team", "carol"),
        ("get", "vocabulary", None),
        ("get", "policies/active", "alice"),
        ("post", "me/notices/mark-read", "alice"),
        ("post", "requests/{request}/cancel", "carol"),
        ("delete", "me/calendar-feed", "alice"),
    ],
)
def test_a_parameter_that_is_unknown_is_refused_by_name(
    api: Api, cast: Cast, method: str, path: str, user: str | None
) -> None:
    address = path.format(campaign=cast.campaign.public_id, request=cast.request.public_id)
    caller = api(getattr(cast, user) if user else None)

    refused = getattr(caller, method)(f"/api/v1/{address}?nonsense=1")

    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    if method != "head":
        assert list(refused.json()["errors"]) == ["nonsense"]
    cast.request.refresh_from_db()
    assert cast.request.state == "published"


def test_the_lists_of_an_object_take_no_filters_and_no_pages(api: Api, cast: Cast, now: datetime) -> None:
    path = f"/api/v1/me/matches/{make_offered_match(cast, now).public_id}/checklists"

    assert api(cast.alice).get(path).json()["next"] is None
    for name in ("state", "cursor", "page_size"):
        assert list(api(cast.alice).get(path, {name: "1"}).json()["errors"]) == [name]


def test_every_operation_takes_what_its_description_names() -> None:
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    checked = 0
    for route in _list_routes(get_resolver()):
        view: Any = route.callback
        path = f"/api/v1/{route.pattern}".replace("<uuid:id>", "{id}")
        for method, operation in document["paths"].get(path, {}).items():
            described = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
            name = (getattr(view, "actions", None) or {}).get(method, method)
            known = find_known_parameters(view, getattr(view.cls, name), is_read=method == "get")
            assert known.names == described, f"{method} {path}"
            checked += 1
    assert checked > 100


def test_a_choice_may_be_given_several_times(api: Api, cast: Cast, now: datetime) -> None:
    for state in (Run.State.DONE, Run.State.FAILED, Run.State.QUEUED):
        error = "It broke." if state == Run.State.FAILED else ""
        Run.objects.filter(pk=create_done_run(now).pk).update(state=state, error=error)
    rita = api(cast.rita)

    def states(query: str) -> set[str]:
        return {row["state"] for row in rita.get(f"/api/v1/runs?{query}").json()["results"]}

    assert states("state=queued&state=failed") == {"queued", "failed"}
    assert states("state=queued") == {"queued"}
    assert states("state=queued&state=") == {"queued"}
    assert states("state=") == states("") == {"queued", "failed", "done"}
    for query, named in (
        ("state=queued&state=lost", "state.1"),
        ("state=lost", "state"),
        ("&".join(["state=queued"] * 100), "state"),
    ):
        refused = rita.get(f"/api/v1/runs?{query}")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [named]), query
    twice = rita.get("/api/v1/runs?dry_run=true&dry_run=false")
    assert (twice.status_code, list(twice.json()["errors"])) == (400, ["dry_run"])


def test_topics_of_notices_may_be_given_several_times(api: Api, cast: Cast, now: datetime) -> None:
    Notice.objects.all().delete()
    for number in range(3):
        enqueue_notice(to=cast.rita, kind="verification-overdue", cause=f"{number}", subjects={}, at=now)
    topic = api(cast.rita).get("/api/v1/me/notices").json()["results"][0]["topic"]

    asked = api(cast.rita).get(f"/api/v1/me/notices?topic=account&topic={topic}&count=true")

    assert (len(asked.json()["results"]), asked.json()["count"]) == (3, 3)


def test_a_count_comes_on_request_and_counts_all_pages_of_what_is_filtered(
    api: Api, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        enqueue_notice(to=cast.rita, kind="verification-overdue", cause=f"{number}", subjects={}, at=now)
    Notice.objects.filter(recipient=cast.rita, cause="0").update(read_at=now)
    rita, path = api(cast.rita), "/api/v1/me/notices?is_unread=true&page_size=2"

    assert list(rita.get(path).json()) == ["next", "previous", "results"]
    counted = rita.get(f"{path}&count=true").json()
    unread = Notice.objects.filter(recipient=cast.rita, read_at=None).count()
    assert (counted["count"], len(counted["results"])) == (unread, 2)
    assert rita.get(counted["next"]).json()["count"] == unread
    assert rita.get(f"{path}&count=maybe").status_code == 400
    monkeypatch.setattr("core.api.pagination.MAX_COUNTED_ROWS", 3)
    assert rita.get(f"{path}&count=true").json()["count"] is None
    assert api(None).get("/api/v1/skills?count=true&search=front end").json()["count"] > 0
