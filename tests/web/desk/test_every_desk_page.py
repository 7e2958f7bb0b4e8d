"""Every address of the review desk lets in reviewers alone, with their second factor; a page that only reads says so.

An address that is not in `ARGUMENTS` fails the first test, so that none can be forgotten.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from core.models import User
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, sign_in_browser
from tests.match_factory import make_proposed_match
from web.desk import urls


def find_team(cast: Cast, now: datetime) -> list[object]:
    """The request of a team that waits."""
    match = Match.objects.filter(state=MatchState.PROPOSED).first() or make_proposed_match(cast, now)
    return [match.request.public_id]


def find_place(cast: Cast, now: datetime) -> list[object]:
    """The request, and a proposal of it."""
    return [*find_team(cast, now), Match.objects.get().public_id]


ARGUMENTS: dict[str, Callable[[Cast, datetime], list[object]]] = {
    **dict.fromkeys(("keys", "teams", "together"), lambda cast, now: []),
    **dict.fromkeys(("team", "claim", "approve", "reject", "undo"), find_team),
    "swap": find_place,
}
"""What the address of each page names, by the name of the page."""


def list_pages(patterns: list[Any] = urls.urlpatterns) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from list_pages(pattern.url_patterns)
        else:
            yield pattern


def sign_in(user: User, *, with_factor: bool = True) -> Client:
    client = Client()
    if with_factor:
        sign_in_browser(client, user)
    else:
        client.force_login(user)
    return client


def test_every_page_is_listed() -> None:
    assert sorted(str(page.name) for page in list_pages()) == sorted(ARGUMENTS)


@pytest.fixture
def addresses(cast: Cast, now: datetime) -> list[str]:
    return [reverse(f"desk:{name}", args=find(cast, now)) for name, find in ARGUMENTS.items()]


def test_reviewers_alone_come_in(addresses: list[str], cast: Cast) -> None:
    """A page answers a reviewer; one that only takes forms says that it does. No other role gets to either."""
    reviewer = sign_in(cast.rita)
    turned_away = {
        Client(): (302, "/accounts/login/"),
        sign_in(cast.alice): (403, ""),
        sign_in(cast.carol): (403, ""),
        sign_in(cast.rita, with_factor=False): (302, "/accounts/2fa/reauthenticate/"),
    }
    for address in addresses:
        for client, expected in turned_away.items():
            for answer in (client.get(address, follow=False), client.post(address, follow=False)):
                while answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
                    answer = client.get(answer["Location"])
                assert (answer.status_code, answer.get("Location", "").partition("?")[0]) == expected, address

        assert reviewer.get(address).status_code in (200, 405), address
