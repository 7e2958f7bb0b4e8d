"""A form that two threads send at the same moment is done once."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from core.models import UnknownSkillWord
from tests.cast import create_user
from tests.committed_database import use_committed_database
from tests.matching.lifecycle.races.concurrency import disable_row_locks, run_at_once

SENT = {"word": "once", "form_key": "0123456789abcdef"}


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with use_committed_database(django_db_blocker):
        yield


def test_twenty_clicks_at_once_are_one_row_and_lead_to_one_page(db: None) -> None:
    dave = create_user("dave")

    def click() -> tuple[int, str]:
        client = Client()
        client.force_login(dave)
        answer = client.post("/sample/word/", SENT)
        return answer.status_code, answer["Location"]

    outcomes = run_at_once([click] * 20)

    assert [outcome.result for outcome in outcomes] == [(302, "/")] * 20
    assert UnknownSkillWord.objects.count() == 1


def test_the_insert_alone_keeps_them_apart(db: None) -> None:
    """The key's row is unique, so that the second waits for the first even where no row can be locked."""
    dave = create_user("dave")

    def click() -> int:
        client = Client()
        client.force_login(dave)
        return client.post("/sample/word/", SENT).status_code

    with disable_row_locks():
        assert [outcome.result for outcome in run_at_once([click] * 2)] == [302, 302]
    assert UnknownSkillWord.objects.count() == 1
