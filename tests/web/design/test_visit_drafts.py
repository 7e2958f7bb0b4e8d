"""What a visitor says before they sign in lies in a session: so many begin from one network."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from campaigns.models import Role
from tests.cast import Cast
from tests.web.campaigns.plan_steps import say_outcome
from tests.web.volunteers.start_steps import WEEK, say_skills, say_week
from web.design import visit_drafts
from web.design.visit_pages import VisitPage
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


BUTTONS: list[dict[str, Any]] = [
    {},
    WEEK,
    {"word": "web", "add": "1"},
    {"drop": "front-end", "level_front-end": "3"},
    {"none": "1"},
    {"skill": "front-end", "level_front-end": "3"},
    {"add": "1"},
    {"later": "1", "outcome": "A website"},
    {"outcome": "A website", "wanted_on": "2027-01-01"},
    {"playbook": "website"},
    {"own": "1"},
    {"role": "website", "skill": "front-end", "level": "3"},
    {"email": "maya@gmail.com"},
    {"code": "123456"},
    {"resend": "1"},
]
"""What the buttons of a visit send. A page leaves out what it does not know."""


def _list_visit_pages(resolver: URLResolver) -> list[str]:
    names: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            names += _list_visit_pages(pattern)
        elif issubclass(getattr(pattern.callback, "view_class", object), VisitPage):
            names.append(pattern.name or "")
    return names


def test_every_page_of_a_visit_says_when_too_many_have_begun(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit_drafts, "MAX_NEW_VISITS_PER_MINUTE", 0)
    names, refused = _list_visit_pages(get_resolver()), set()
    assert {"start-skills", "plan-outcome", "join"} <= set(names)

    for name in names:
        address = f"{reverse(name, args=['unknown'] if name == 'join' else [])}?draft=abc"
        assert Client().get(address).status_code < 500
        for sent in BUTTONS:
            answer = Client().post(address, sent)
            assert answer.status_code < 500, (name, sent)
            if answer.status_code == 429:
                assert int(answer["Retry-After"]) > 0
                refused.add(name)

    assert {"start-skills", "start-when", "plan-outcome", "plan-closest"} <= refused


def test_one_visit_too_many_keeps_the_word_of_a_skill(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit_drafts, "MAX_NEW_VISITS_PER_MINUTE", 0)
    sent = {"word": "svelte", "add": "1", "skill": "front-end", "level_front-end": "3"}

    page = Client().post("/start/skills/?draft=abc", sent)

    assert page.status_code == 429
    assert "Many visits have begun from your network." in page.content.decode()
    assert b"svelte" in page.content
    assert b'value="front-end"' in page.content
    assert not Session.objects.exists()


def test_a_session_keeps_three_drafts_for_a_day(cast: Cast) -> None:
    client = Client()
    for number in range(5):
        say_skills(client, "front-end", draft=f"draft-{number}")

    kept = client.session["web.volunteers.start_drafts"]
    assert sorted(kept) == ["draft-2", "draft-3", "draft-4"]
    assert Session.objects.get().expire_date <= timezone.now() + timedelta(days=1)
