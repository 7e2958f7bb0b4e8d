from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campaigns.draft_rules import RoleDraft
from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications.muted_topics import set_topic_muted
from core.notifications.notice_types import list_notice_types
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.access.endpoints import build_scenario
from tests.cast import Cast, publish_new_request

Api = Callable[[User | None], APIClient]
INBOX = "/api/v1/me/notices"
FRONT = RoleDraft(name="Front end", skill="front-end", hours_per_week=1)


@pytest.fixture
def offered(cast: Cast, now: datetime) -> list[Match]:
    """Alice is asked three times."""
    cast.alice.volunteer.max_projects, cast.alice.volunteer.max_hours_per_week = 5, 20
    cast.alice.volunteer.save()
    for weekday in (2, 3):
        publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT], meetings=[], title=f"More {weekday}")
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    return [approve_match(actor=cast.rita, match=match, at=now) for match in Match.objects.order_by("pk")]


def test_the_inbox_takes_four_queries_however_much_is_in_it(api: Api, cast: Cast, offered: list[Match]) -> None:
    client = api(cast.alice)
    assert Notice.objects.filter(kind="offer").count() == 3
    for most in (1, 3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = client.get(INBOX, {"page_size": most}).json()["results"]
        assert [one["subject"] for one in found] == ["There is an answer for you"] * most
        assert len(queries) == 4  # her role, the notices, their matches, which of these she was told of


def test_every_kind_together_takes_no_more_for_three_than_for_one(
    api: Api, cast: Cast, offered: list[Match], now: datetime
) -> None:
    subjects = {"match": str(offered[0].public_id), "message": str(offered[0].public_id)}
    client, counted = api(cast.alice), []
    for number in range(3):
        for kind in ("message", "offer-reminder", "report-handled", "match-ended"):
            enqueue_notice(to=cast.alice, kind=kind, cause=f"{kind}:{number}", subjects=subjects, at=now)
        with CaptureQueriesContext(connection) as queries:
            client.get(INBOX)
        counted.append(len(queries))

    assert counted == [5, 5, 5]  # and the messages


def test_the_inbox_says_what_is_true_today(api: Api, cast: Cast, offered: list[Match], now: datetime) -> None:
    match = offered[0]
    accept_offer(actor=cast.alice, match=match, at=now, accepts_code_of_conduct=True)

    found = {one["subjects"]["match"]: one for one in api(cast.alice).get(INBOX).json()["results"]}

    settled = found[str(match.public_id)]
    assert (settled["subject"], settled["text"], settled["topic"]) == ("Settled by now", "", "offers")
    assert settled["is_settled"] is True
    assert found[str(offered[1].public_id)]["text"].startswith("Hello Alice,")


def test_a_notice_is_in_the_language_that_the_reader_asks_for(api: Api, cast: Cast, offered: list[Match]) -> None:
    answer = api(cast.alice).get(INBOX, {"page_size": 1}, headers={"Accept-Language": "es-MX,es;q=0.9"})

    assert (cast.alice.language, answer["Content-Language"]) == ("en", "es")
    assert answer.json()["results"][0]["text"].startswith("Hola, Alice")


def test_what_cannot_be_put_into_words_spoils_no_inbox(api: Api, cast: Cast, now: datetime) -> None:
    Notice.objects.create(cause="1", kind="forgotten", recipient=cast.alice, created_at=now, due_at=now)
    enqueue_notice(to=cast.alice, kind="invitation", cause="2", subjects={}, at=now)

    found = api(cast.alice).get(INBOX)

    assert found.status_code == 200
    assert {one["subject"] for one in found.json()["results"]} == {"This cannot be shown at the moment"}


def test_nobody_sees_or_reads_what_others_are_told(api: Api, cast: Cast, offered: list[Match]) -> None:
    ids = [str(one.public_id) for one in Notice.objects.filter(recipient=cast.alice)]
    assert len(ids) == 3

    assert {one["kind"] for one in api(cast.bob).get(INBOX).json()["results"]} == {"no-match-yet"}  # his own
    assert api(cast.bob).post(f"{INBOX}/mark-read", {"ids": ids}).json() == {"read_count": 0}
    assert api(None).get(INBOX).status_code == 401


def test_marking_as_read(api: Api, cast: Cast, offered: list[Match]) -> None:
    client = api(cast.alice)
    first = client.get(INBOX).json()["results"][0]

    assert client.post(f"{INBOX}/mark-read", {"ids": [first["id"]]}).json() == {"read_count": 1}
    assert client.post(f"{INBOX}/mark-read", {}).json() == {"read_count": 2}
    assert client.post(f"{INBOX}/mark-read", {}).json() == {"read_count": 0}
    assert None not in {one["read_at"] for one in client.get(INBOX).json()["results"]}
    assert client.post(f"{INBOX}/mark-read", {"ids": ["nonsense"]}).status_code == 400


def test_what_is_obsolete_is_not_shown_and_what_is_muted_is(api: Api, cast: Cast, now: datetime) -> None:
    for cause in ("obsolete", "muted"):
        enqueue_notice(to=cast.alice, kind="report-handled", cause=cause, subjects={"match": ""}, at=now)
        Notice.objects.filter(cause=cause).update(**{f"{cause}_at": now + timedelta(hours=1)})

    assert len(api(cast.alice).get(INBOX).json()["results"]) == 1


def test_choosing_what_one_wants_no_mail_about(api: Api, cast: Cast) -> None:
    client = api(cast.alice)
    set_topic_muted(user=cast.alice, topic=NoticeTopic.WAITING)
    assert client.get("/api/v1/me/muted-topics").json() == {"muted": ["waiting"]}

    assert client.put("/api/v1/me/muted-topics", {"muted": ["messages", "offers"]}).json() == {
        "muted": ["messages", "offers"]
    }
    assert client.get("/api/v1/me/muted-topics").json() == {"muted": ["messages", "offers"]}
    assert client.put("/api/v1/me/muted-topics", {"muted": ["everything"]}).status_code == 400
    assert api(cast.bob).get("/api/v1/me/muted-topics").json() == {"muted": []}


def test_each_notice_is_about_what_the_document_names_for_its_kind(cast: Cast, now: datetime) -> None:
    build_scenario(cast, now)

    kinds = list_notice_types()
    wrong = {notice.kind for notice in Notice.objects.all() if set(notice.subjects) != set(kinds[notice.kind].subjects)}
    assert wrong == set()
    assert Notice.objects.values("kind").distinct().count() >= 3
