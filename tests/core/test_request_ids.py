"""The id of a request: in its answer, in its problem, in the log and in the tasks that it sends."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from celery import signals
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from core.models import User
from core.request_ids import find_request_id
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
SENT = "6f1c2a9e-0b7d-4c55-9a3e-2d81f0b4c6aa"
NOT_TAKEN = ("a b", "x" * 65, "a-proxy.made_this-1", "q7Rt-secretOfALink", "0" * 31, "0" * 33, f"{SENT}-1")


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Collect what is logged as production formats it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging_settings: Any = settings.LOGGING
    pre_chain = logging_settings["formatters"]["line"]["foreign_pre_chain"]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=structlog.processors.JSONRenderer(), foreign_pre_chain=pre_chain)
    )
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_every_answer_has_an_id_that_is_the_callers_if_well_formed(api: Api, cast: Cast) -> None:
    for path in ("/api/v1/me", "/api/v1/nothing", "/api/v1/campaigns?colour=red", "/", "/healthz"):
        assert api(cast.alice).get(path, headers={"X-Request-Id": SENT})["X-Request-Id"] == SENT, path
    made = [api(cast.alice).get("/api/v1/me", headers={"X-Request-Id": bad})["X-Request-Id"] for bad in NOT_TAKEN]
    assert len({*made}) == len(NOT_TAKEN)
    assert all(len(one) == 32 and one.isalnum() for one in made)


def test_a_problem_names_its_request(api: Api, cast: Cast) -> None:
    for path in ("/api/v1/nothing", "/api/v1/matches", "/api/v1/campaigns?colour=red"):
        refused = api(cast.alice).get(path)
        assert refused.json()["request_id"] == refused["X-Request-Id"], path
    assert find_request_id() == ""


def test_log_records_of_ours_and_of_django_name_the_request(
    api: Api, cast: Cast, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def log_and_break(_user: User) -> Any:
        structlog.get_logger("ours").warning("about to break")
        raise RuntimeError("broken")

    monkeypatch.setattr("campaigns.queries.visible_to", log_and_break)
    client = api(cast.carol)
    client.raise_request_exception = False
    answer = client.get("/api/v1/campaigns", headers={"X-Request-Id": SENT})

    records = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    assert (answer.status_code, answer["X-Request-Id"], answer.json()["request_id"]) == (500, SENT, SENT)
    assert {record["event"].split(":")[0] for record in records if record["request_id"] == SENT} == {
        "about to break",
        "Internal Server Error",
    }


def test_a_task_logs_the_id_of_the_request_that_sent_it() -> None:
    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request_id=SENT):
        signals.before_task_publish.send("any", headers=headers)

    signals.task_prerun.send("any", task_id="7", task=SimpleNamespace(request=SimpleNamespace(**headers)))
    during = structlog.contextvars.get_contextvars()
    signals.task_postrun.send("any", task_id="7")

    assert during == {"request_id": SENT, "task_id": "7"}
    assert structlog.contextvars.get_contextvars() == {}


def test_a_page_on_another_site_may_send_and_read_the_headers(db: None, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "GET"}

    allowed = Client().options("/api/v1/skills", headers=asked | {"Access-Control-Request-Headers": "if-none-match"})
    read = Client().get("/api/v1/skills", headers={"Origin": "https://app.example"})

    assert {"if-none-match", "if-match", "x-request-id"} <= set(allowed["Access-Control-Allow-Headers"].split(", "))
    assert {"ETag", "Location", "X-Request-Id"} <= set(read["Access-Control-Expose-Headers"].split(", "))
