"""What a visitor says before they sign in lies in a session: so many begin from one network."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from campaigns.models import Role
from tests.cast import Cast
from tests.web.campaigns.plan_steps import say_outcome
from tests.web.volunteers.start_steps import say_skills, say_week
from web.design import visit_drafts
from web.volunteers.open_role_pages import BEGIN_BUTTON

FIRST_POSTS: list[Callable[[Client], Any]] = [
    lambda client: say_skills(client, "front-end"),
    say_week,
    lambda client: say_outcome(client, timezone.now()),
    lambda client: client.post(f"/open-roles/{Role.objects.get().board_id}/", {BEGIN_BUTTON: ""}),
]


@pytest.mark.parametrize("limit", ["MAX_NEW_VISITS_PER_MINUTE", "MAX_NEW_VISITS_PER_DAY"])
@pytest.mark.parametrize("begin", FIRST_POSTS)
def test_so_many_visits_begin_from_one_network(
    cast: Cast, begin: Callable[[Client], Any], limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit_drafts, limit, 2)
    first = Client()
    assert [begin(client).status_code for client in (first, Client())] == [302, 302]

    refused = begin(Client())

    assert refused.status_code == 429
    assert "Many visits have begun from your network." in refused.content.decode()
    assert Session.objects.count() == 2
    assert begin(first).status_code == 302  # who is here goes on
    assert begin(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302
    signed_in = Client()
    signed_in.force_login(cast.dave)
    assert begin(signed_in).status_code == 302


def test_a_session_keeps_three_drafts_for_a_day(cast: Cast) -> None:
    client = Client()
    for number in range(5):
        say_skills(client, "front-end", draft=f"draft-{number}")

    kept = client.session["web.volunteers.start_drafts"]
    assert sorted(kept) == ["draft-2", "draft-3", "draft-4"]
    assert Session.objects.get().expire_date <= timezone.now() + timedelta(days=1)
