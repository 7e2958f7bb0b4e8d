"""A request is closed to new people, or called off, after a page that says what happens to whom."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from campaigns.models import Request
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.web.campaigns.people import find_desk
from tests.web.campaigns.requests import fill_places, find_request_page, publish_roles

STAGES = [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING]


@pytest.fixture
def busy(cast: Cast, now: datetime) -> Request:
    """A request with a person at each stage."""
    request = publish_roles(cast, now, "Pages", seat_count=5)
    fill_places(request, "Pages", STAGES, now)
    return request


def read(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def find_told(page: str) -> str:
    found = re.search(r'name="told" value="(\w{64})"', page)
    assert found is not None
    return found[1]


def list_states(request: Request) -> list[str]:
    return [*Match.objects.filter(request=request).order_by("pk").values_list("state", flat=True)]


def test_closing_says_what_ends_and_does_that(carols: Client, busy: Request) -> None:
    address = find_request_page(busy, "campaign-request-close")

    page = read(carols.get(address))
    for words in (
        "A person is asked for 1 place. They hear today that plans changed.",
        "1 person said yes and has not begun.",
        "Then go back, and start with them first.",
        "1 person is at work and goes on until 19 April, as agreed.",
        "This can’t be undone.",
    ):
        assert words in page
    answer = carols.post(address, {"version": busy.version, "told": find_told(page)}, follow=True)

    assert answer.redirect_chain[-1][0] == find_request_page(busy)
    assert "Who is at work goes on." in read(answer)
    assert list_states(busy) == ["superseded", "released", "active", "closing"]
    assert {*Match.objects.filter(state__in=("superseded", "released")).values_list("reason", flat=True)} == {
        "seat_closed"
    }
    assert Request.objects.get(pk=busy.pk).state == "closed"
    assert carols.get(address).headers["Location"] == find_request_page(busy)


def test_calling_off_hands_work_over_and_stores_why(carols: Client, busy: Request) -> None:
    address = find_request_page(busy, "campaign-request-cancel")

    page = read(carols.get(address))
    for words in ("1 person is at work. Their hand-over begins today", "14 days at most", "May we know why?"):
        assert words in page
    typed = {"version": busy.version, "reason": "too_slow", "told": find_told(page)}
    wrong = carols.post(address, typed | {"reason": "spite"})
    assert (wrong.status_code, [*wrong.context["page_form"].errors]) == (400, ["reason"])
    answer = carols.post(address, typed, follow=True)

    assert answer.redirect_chain[-1][0] == find_desk(busy.campaign)
    assert list_states(busy) == ["superseded", "released", "closing", "closing"]
    busy.refresh_from_db()
    assert (busy.state, busy.cancel_reason) == ("cancelled", "too_slow")
    assert "can no longer be changed" not in page


def test_what_changed_meanwhile_is_told_first(carols: Client, busy: Request) -> None:
    for page in ("campaign-request-close", "campaign-request-cancel"):
        answer = carols.post(find_request_page(busy, page), {"version": busy.version - 1, "reason": ""})
        assert answer.status_code == 409
    assert Request.objects.get(pk=busy.pk).state == "published"


def test_an_answer_meanwhile_is_told_first(carols: Client, busy: Request) -> None:
    for name, state in (("campaign-request-close", "declined"), ("campaign-request-cancel", "offered")):
        address = find_request_page(busy, name)
        told = find_told(read(carols.get(address)))
        Match.objects.filter(request=busy).order_by("pk").filter(state__in=("offered", "declined")).update(state=state)

        answer = carols.post(address, {"version": busy.version, "reason": "", "told": told})

        page = read(answer)
        assert answer.status_code == 409
        assert "Read what happens now, and decide again." in page
        assert find_told(page) != told
        assert list_states(busy)[0] == state


def test_without_people_it_says_that_it_concerns_nobody(cast: Cast, carols: Client) -> None:
    page = read(carols.get(find_request_page(cast.request, "campaign-request-cancel")))
    assert "Nobody is asked or at work, so it concerns nobody." in page
