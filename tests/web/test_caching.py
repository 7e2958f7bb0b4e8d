"""No cache keeps a page, and nothing is written for one that nobody looks at."""

from datetime import datetime

import pytest
from django.test import Client

from core.models import ContactAccess
from tests.access.endpoints import build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, sign_in_browser
from tests.web.campaigns.candidate_states import make_question


def test_every_page_of_a_signed_in_user_is_kept_by_no_cache(cast: Cast, now: datetime) -> None:
    scenario = build_scenario(cast, now)
    addresses = {endpoint_path(scenario, route) for route, _method in list_endpoints()}
    stored = []
    for user in (cast.alice, cast.carol, cast.rita):  # a volunteer, a manager and a reviewer
        client = Client()
        sign_in_browser(client, user)
        for address in sorted(address for address in addresses if not address.startswith("/api/")):
            if "no-store" not in client.get(address).headers.get("Cache-Control", ""):
                stored.append(address)
    assert stored == []


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender"])
def test_a_page_fetched_ahead_is_not_made_and_writes_nothing(cast: Cast, now: datetime, purpose: str) -> None:
    answer = Client().get(make_question(cast, now), headers={"Sec-Purpose": purpose})

    assert (answer.status_code, answer.content) == (503, b"")
    assert "no-store" in answer["Cache-Control"]
    assert not ContactAccess.objects.exists()


def test_asking_for_the_headers_alone_writes_nothing(cast: Cast, now: datetime) -> None:
    address = make_question(cast, now)

    assert Client().head(address).status_code == 200
    assert not ContactAccess.objects.exists()
    Client().get(address)
    assert ContactAccess.objects.count() == 1
