"""docs/tour.md: every page with its purpose, the way to it, and its states."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from matching.lifecycle.match_notice_texts import MATCH_NOTICE_TEXTS
from tests.web.campaigns.plan_states import PLAN_STATES
from tests.web.page_addresses import PAGES
from tests.web.tour_page import TourPage
from tests.web.tour_pages import ROOMS, TOUR_PICTURES
from tests.web.volunteers.states import STATES
from tests.web.volunteers.test_start_look import STATES as START_STATES

DOCS = Path(__file__).resolve().parents[2] / "docs"
TOUR = DOCS / "tour.md"
PICTURES = DOCS / "pictures"

BEGINNING = """\
# A tour of the pages

Every page, by who walks in: what it is for, how its reader comes there, and which letter leads to it. The states are
those of the pictures. One command takes a picture of each at 390 and 1,280 pixels, light and dark, and writes this
page:

    ./run pictures FOLDER

It needs Chromium. Each page is judged on the way, as in the tests. `--only WORDS` takes those states that have these
words in their names. [Look around the demo](how-to/look-around-the-demo.md) shows the pages with something on them.
"""


def list_state_names() -> list[str]:
    """Return the name of each state that is judged and pictured."""
    first_visits = [f"start-{name}" for name in START_STATES] + [f"plan-{name}" for name in PLAN_STATES]
    return [page.name for page in PAGES] + [state.name for state in STATES] + first_visits


def list_web_addresses() -> dict[str, str]:
    """Return the address of each page of ours by the name of its URL, with its variable parts in angles."""
    return {name: address for name, address, is_ours in _walk(get_resolver(), "/", "") if is_ours}


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str, bool]]:
    """Yield name, address, and whether the view is of this project's pages."""
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, address, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            plain = re.sub(r"<\w+:(\w+)>", r"<\1>", address)
            yield f"{space}{pattern.name}", plain, view.__module__.startswith("web.")


def list_letters(page: TourPage) -> list[str]:
    """Return the kinds of letters that lead to a page."""
    kinds = {
        text.notice_type
        for text in MATCH_NOTICE_TEXTS
        for target in (text.volunteer_page, text.campaign_page)
        if target is not None and target.url_name == page.url_name
    }
    return sorted({*kinds, *page.letters})


def build_tour() -> str:
    """Return the whole text of docs/tour.md."""
    addresses = {name: address for name, address, _ in _walk(get_resolver(), "/", "")}
    parts = [BEGINNING]
    for room, pages in ROOMS.items():
        parts.append(f"## {room}\n")
        shown = {state for page in pages for state in page.states}
        for picture, words in TOUR_PICTURES.items():
            if picture.rsplit("-", 2)[0] in shown:
                parts.append(_show_picture(picture, words))
        parts += [_describe_page(page, addresses.get(page.url_name, "")) for page in pages]
    return "\n".join(parts)


def _show_picture(name: str, words: str) -> str:
    width = 390 if "-phone-" in name else 800
    return f'<img src="pictures/{name}.webp" width="{width}" alt="{words}">\n'


def _describe_page(page: TourPage, address: str) -> str:
    where = f"`{address}`: " if address else ""
    letters = ", ".join(f"`{kind}`" for kind in list_letters(page))
    lines = [f"### {page.title}\n", f"{where}{page.purpose} {page.way}"]
    if letters:
        lines.append(f"Letters: {letters}.")
    if page.states:
        lines += ["", "| state | what it shows |", "|---|---|"]
        lines += [f"| `{name}` | {words} |" for name, words in page.states.items()]
    return "\n".join(lines) + "\n"
