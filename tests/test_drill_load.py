"""The writes of `./run drill day`: the API takes each of them, or the drill would judge nothing."""

from itertools import islice

import pytest
from django.conf import LazySettings
from django.utils import timezone
from rest_framework.test import APIClient

from drills.day.load import Write, change_settings, draft_requests, rule_out, write_messages
from tests.cast import Cast
from tests.match_factory import make_active_match


@pytest.mark.django_db(databases=["default", "counters"])
def test_the_api_takes_each_write(cast: Cast, settings: LazySettings) -> None:
    settings.SECOND_FACTOR = "optional"  # as in a local site
    threads = [make_active_match(cast, timezone.now())]

    for writes in (change_settings(), draft_requests(), write_messages(threads), rule_out()):
        sent = list(islice(writes, 2))
        assert sent
        for write in sent:
            assert send(write) in (200, 201), write


def send(write: Write) -> int:
    method, path, token, _text, body = write
    client = APIClient(headers={"authorization": f"Bearer {token}"})
    return int(getattr(client, method.lower())(path, body, format="json").status_code)
