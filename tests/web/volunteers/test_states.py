"""Each state of each page: its heading, what it must and must not say, and one primary button at most."""

import re
from datetime import datetime

import pytest
from django.test import Client

from core.models import User
from tests.cast import Cast, sign_in_browser
from tests.web.volunteers.reading import (
    count_primary_buttons,
    list_buttons,
    read_heading,
    read_main,
    read_text,
    read_title,
)
from tests.web.volunteers.states import STATES, PageState

BANNED = re.compile(
    r"\b(seats?|supersede\w*|refus\w+|certificates?|gaps?|policy|runs?|match(es)?)\b"
    r"|click here|invalid|please try again",
    re.IGNORECASE,
)
NAMES = ("Kim Doe", "Doe for Senate", "Website", "Welcome emails", "Front end", "Alice")
# The figure of the week has the hours of its rows, and in a cell the time at which people meet.
HOURS_OF_FIGURE = re.compile(r"\S+(?: [ap]m)?–\S+(?: [ap]m)?(?:\s+\d+:\d\d(?=\s))?")
CLOCK_TIME = re.compile(r"(?:\bnoon|\bmidnight|\d [ap]m|\d:\d\d)\b(?! to| [ap]m)(?P<then>.{0,3})")


def open_page(state: PageState, cast: Cast, now: datetime) -> tuple[Client, str]:
    address = state.make(cast, now)
    client = Client()
    sign_in_browser(client, User.objects.get(email=f"{state.reader}@example.org"))
    return client, address


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_of_a_page_says_what_it_must(cast: Cast, now: datetime, state: PageState) -> None:
    client, address = open_page(state, cast, now)

    page = client.get(address)

    assert page.status_code == 200
    text = read_text(page)
    assert read_heading(page) == state.heading
    assert [words for words in state.says if words not in text] == []
    assert [words for words in state.never if words in text] == []
    assert count_primary_buttons(page) == state.primary
    assert [name for name in NAMES if name in read_title(page)] == []
    main = read_main(page)
    assert BANNED.findall(main) == []
    assert "somebody" not in read_heading(page).lower()
    if not state.name.startswith("messages"):  # there the zone stands once, above the first
        times = CLOCK_TIME.finditer(HOURS_OF_FIGURE.sub("", main))
        assert [found[0] for found in times if not found["then"].startswith(", ")] == []
    assert page["Cache-Control"] == "no-store" or "no-store" in page["Cache-Control"]
    assert [button for button in list_buttons(page) if len(button.partition(" :")[0].split()) > 6] == []


def test_every_state_has_a_name_of_its_own() -> None:
    names = [state.name for state in STATES]

    assert len(names) == len(set(names))
