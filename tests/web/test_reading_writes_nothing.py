"""Reading writes nothing but who looked at a contact, and what was read; reading ahead writes nothing at all."""

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from core.models import ContactAccess, Notice, User
from tests.access.endpoints import build_scenario
from tests.cast import Cast, sign_in_browser
from tests.web.stored_rows import list_changed_tables, read_stored_rows
from tests.web.volunteers.desk_states import make_full_desk

MAX_PAGES = 80
NOT_FOLLOWED = re.compile(r"^/(static|admin|api|design|accounts/logout)|^/my-data/download")

LOOK = ContactAccess._meta.db_table
READ = Notice._meta.db_table
WRITTEN: dict[str, set[str]] = {"": set(), "alice": {LOOK, READ}, "carol": {LOOK, READ}, "dave": set(), "rita": set()}
"""The tables in which a reader's walk over all links leaves something."""


def list_links(page: Any) -> set[str]:
    found = re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)', page.content.decode())
    return {unescape(address) for address in found if not NOT_FOLLOWED.match(address)}


def walk(client: Client) -> list[str]:
    """Open the first page and every page to which links lead from it; return their addresses."""
    waiting = ["/"]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        assert len(seen) <= MAX_PAGES
        page = client.get(address)
        assert page.status_code in (200, 302), address
        if page.status_code == 302:
            waiting.append(page["Location"].partition("#")[0])
        elif page["Content-Type"].startswith("text/html"):
            waiting.extend(sorted(list_links(page)))
    return sorted(seen)


@pytest.fixture(autouse=True)
def _confirm_addresses(cast: Cast) -> None:
    """Accounts as a sign-up leaves them: allauth adds the row of an account that has none, even when it is read."""
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in User.objects.all()
    )


@pytest.mark.parametrize("reader", WRITTEN)
def test_a_walk_over_all_links_writes_looks_and_read_marks_alone(cast: Cast, now: datetime, reader: str) -> None:
    build_scenario(cast, now)
    client = Client()
    if reader:
        sign_in_browser(client, User.objects.get(email=f"{reader}@example.org"))
    before = read_stored_rows()

    addresses = walk(client)

    assert list_changed_tables(before) <= WRITTEN[reader]
    assert len(addresses) > 5
    after = read_stored_rows()
    for address in addresses:
        client.head(address)
        client.get(address, headers={"Sec-Purpose": "prefetch"})
    assert list_changed_tables(after) == set()


def test_a_first_walk_ahead_of_its_reader_leaves_everything_unread(cast: Cast, now: datetime) -> None:
    make_full_desk(cast, now)
    client = Client()
    sign_in_browser(client, cast.alice)
    before = read_stored_rows()

    for address in sorted(list_links(client.get("/me/"))):
        assert client.head(address).status_code in (200, 302), address
        assert client.get(address, headers={"Sec-Purpose": "prefetch"}).status_code == 503

    assert list_changed_tables(before) == set()
    walk(client)
    assert list_changed_tables(before) == {LOOK, READ}
