"""What a page costs: bytes over the wire, and queries."""

import gzip
import re
from datetime import datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from local.paths import REPOSITORY
from tests.cast import Cast
from tests.web.page_addresses import PAGES, JudgedPage

MAX_FIRST_BYTES = 100_000
MAX_LATER_BYTES = 30_000
MAX_STYLE_BYTES = 25_000
FOREIGN_TO_OLD_BROWSERS = (
    *("@import", "url(", ":has(", "color-mix", "light-dark(", "view-transition", "@container", "@layer", "@scope"),
    *("@starting-style", "animation-timeline", "anchor(", "content-visibility", "field-sizing", "interpolate-size"),
    *("&:", "& ", "popover", "subgrid"),
)
"""Outside addresses too: each would be one more answer to wait for."""
WHERE_KNOWN = re.compile(r"^@supports selector\(:has\(\*\)\) \{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}$", re.MULTILINE)
"""Rules that a browser without `:has` leaves out as a whole."""

# Reading a page as a signed-in user reads the session, the account, and what its role demands.
QUERIES = {
    "home": 4,
    "about": 0,
    "help": 0,
    "conduct": 0,
    "account": 6,
    "letters": 6,
}


def compress(body: bytes) -> int:
    return len(gzip.compress(body))


@pytest.mark.parametrize("judged", PAGES, ids=lambda judged: judged.name)
def test_a_page_is_light(cast: Cast, now: datetime, judged: JudgedPage) -> None:
    client = judged.make_client(cast, now)
    page = client.get(judged.find_address(cast, now)).content
    files = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)
    sizes = [compress(b"".join(client.get(name.decode()))) for name in files]

    assert compress(page) <= MAX_LATER_BYTES
    assert compress(page) + sum(sizes) <= MAX_FIRST_BYTES


def test_the_styles_are_one_small_file(client: Client) -> None:
    sheet = b"".join(client.get("/static/site.css"))

    assert len(sheet) <= MAX_STYLE_BYTES


def test_no_style_needs_a_new_browser() -> None:
    """Where a rule is not known, nothing is hidden: none of these is used."""
    sheets = list((REPOSITORY / "web").rglob("*.css"))
    assert len(sheets) >= 4
    for sheet in sheets:
        style = WHERE_KNOWN.sub("", sheet.read_text())
        assert [words for words in FOREIGN_TO_OLD_BROWSERS if words in style] == [], sheet.name


@pytest.mark.parametrize("judged", [page for page in PAGES if page.name in QUERIES], ids=lambda judged: judged.name)
def test_a_page_asks_the_database_this_often(
    cast: Cast, now: datetime, django_assert_num_queries: DjangoAssertNumQueries, judged: JudgedPage
) -> None:
    client, address = judged.make_client(cast, now), judged.find_address(cast, now)
    client.get(address)

    with django_assert_num_queries(QUERIES[judged.name]):
        client.get(address)
