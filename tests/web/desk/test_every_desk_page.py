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
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.runs.actions.policies import draft_policy
from matching.runs.actions.policy_trials import try_policy
from tests.cast import Cast, sign_in_browser
from tests.match_factory import make_proposed_match
from tests.run_execution import execute_full_run, execute_queued_runs
from web.desk import urls


def make_trial(cast: Cast, now: datetime) -> Run:
    """A draft was tried; its dry run is done, and so is that beside it."""
    draft = draft_policy(actor=cast.rita, name="Another", changes={"rest_days": 3})
    run = try_policy(actor=cast.rita, policy=draft, at=now)
    execute_queued_runs(now)
    run.refresh_from_db()
    return run


def find_team(cast: Cast, now: datetime) -> list[object]:
    """The request of a team that waits."""
    return find_place(cast, now)[:1]


def find_place(cast: Cast, now: datetime) -> list[object]:
    """The request of a team that waits, and a proposal of it."""
    match = Match.objects.filter(state=MatchState.PROPOSED).first() or make_proposed_match(cast, now)
    return [match.request.public_id, match.public_id]


ARGUMENTS: dict[str, Callable[[Cast, datetime], list[object]]] = {
    "keys": lambda cast, now: [],
    "policies": lambda cast, now: [],
    "policy-adopt": lambda cast, now: [make_trial(cast, now).public_id],
    "policy-try": lambda cast, now: [get_active_policy().public_id],
    "run": lambda cast, now: [execute_full_run(now).public_id],
    "run-cancel": lambda cast, now: [execute_full_run(now).public_id],
    "run-changes": lambda cast, now: [make_trial(cast, now).public_id],
    "run-start": lambda cast, now: [],
    "runs": lambda cast, now: [],
    "why": lambda cast, now: [],
    "why-pair": lambda cast, now: [cast.request.roles.get().public_id, cast.alice.volunteer.public_id],
    "why-request": lambda cast, now: [cast.request.public_id],
    "why-role": lambda cast, now: [cast.request.roles.get().public_id],
    "why-volunteer": lambda cast, now: [cast.alice.volunteer.public_id],
    # At last: a run replaces the proposals.
    "teams": lambda cast, now: [],
    "together": lambda cast, now: [],
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
