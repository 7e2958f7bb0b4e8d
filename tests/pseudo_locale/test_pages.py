"""Every page of ours and of allauth's, for each kind of reader, and forms with errors."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from allauth.account import urls as account_urls
from allauth.account.models import EmailAddress
from allauth.mfa import urls as mfa_urls
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from core.models import User
from tests.access.endpoints import AccessScenario, build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, sign_in_browser
from tests.pseudo_locale.conftest import FindOutside, explain_outside

READERS = ("anonymous", "volunteer", "manager", "reviewer")
NOT_TRANSLATED = ("/api/", "/design/")
"""What is for programs, and the page of the components, which only developers see."""
FORM_ERRORS = {"email": "no address", "login": "no address", "password": "x", "password1": "x", "code": "1"}


@pytest.fixture
def scenario(cast: Cast, now: datetime) -> AccessScenario:
    scenario = build_scenario(cast, now)
    for user in filter(None, scenario.users.values()):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return scenario


def list_page_addresses(scenario: AccessScenario) -> list[str]:
    """Our own pages, those of allauth, and one that is not there."""
    routes = sorted({route for route, _method in list_endpoints()})
    ours = [
        path for path in (endpoint_path(scenario, route) for route in routes) if not path.startswith(NOT_TRANSLATED)
    ]
    broken = ["/nothing/", "/join/nothing/", "/candidate/nothing/", "/mail/stop/nothing/", "/invitation/nothing/"]
    return [*ours, *broken, *list_allauth_addresses()]


def list_allauth_addresses() -> list[str]:
    """The pages of allauth that are there and that name nothing."""
    names = [pattern.name for urls in (account_urls, mfa_urls) for pattern in _flatten_patterns(urls.urlpatterns)]
    found = [reverse(name) for name in names if any(not args for _path, args in _list_possibilities(name))]
    return [address for address in found if address != reverse("account_logout")]


def _flatten_patterns(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        yield from _flatten_patterns(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


def _list_possibilities(name: str) -> list[tuple[str, list[str]]]:
    return [way for ways, *_rest in get_resolver().reverse_dict.getlist(name) for way in ways]


def read_pages(user: User | None, addresses: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    """Each page as it opens, and as it comes back with a form that was filled in wrongly; nothing stays changed."""
    for address in addresses:
        for method in ("get", "post"):
            with transaction.atomic():
                client = Client()
                if user is not None:
                    sign_in_browser(client, user)
                page = getattr(client, method)(address, *([FORM_ERRORS] if method == "post" else []), follow=True)
                transaction.set_rollback(True)
            yield f"{method} {address}", page


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_every_page_speaks_through_gettext(scenario: AccessScenario, find_outside: FindOutside, reader: str) -> None:
    seen = 0
    outside: dict[str, str] = {}
    for title, page in read_pages(scenario.users[reader], list_page_addresses(scenario)):
        if page.headers.get("Content-Type", "").startswith("text/html"):
            seen += 1
            for text in find_outside(page.content.decode()):
                outside.setdefault(text, title)

    assert seen > 40
    assert outside == {}, explain_outside(outside)
