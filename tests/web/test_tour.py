"""The tour of the documentation names every page and every state, and is what `./run pictures` writes."""

from collections import Counter

from core.notifications.notice_types import list_notice_types
from tests.web.tour import PICTURES, TOUR, build_tour, list_letters, list_state_names, list_web_addresses
from tests.web.tour_pages import ROOMS, TOUR_PICTURES

README = TOUR.parents[1] / "README.md"
MAX_PICTURE_BYTES = 600_000  # of all together
TO_THE_REVIEW_DESK = {
    *(
        "hand-answers-overdue",
        "campaign-silent",
        "factor-reset-review",
        "incident",
        "run-rows-left-out",
        "contest-without-reviewer",
        "stop-raised",
        "stop-overdue",
    ),
    *(
        "incident-taken-over",
        "incident-unanswered",
        "incident-called-off",
        "incident-call-overdue",
        "nobody-on-call",
        "unkept-pin",
        "factor-recovery-review",
        "report",
        "report-overdue",
        "review-overdue",
        "reviewer-roles",
        "reviewer-roles-review",
        "verification-requested",
    ),
    *("verification-overdue", "answer-overdue"),
}
"""Kinds of letters that lead to the admin, which is no page of the tour."""

TOUR_PAGES = [page for pages in ROOMS.values() for page in pages]


def test_the_tour_is_what_the_command_writes() -> None:
    assert TOUR.read_text() == build_tour(), "Run `./run pictures FOLDER`."


def test_every_page_of_ours_is_in_the_tour_once() -> None:
    named = Counter(page.url_name for page in TOUR_PAGES)

    assert {name: count for name, count in named.items() if count > 1} == {}
    # The review desk is part of the admin, which is no page of the tour.
    ours = {name: address for name, address in list_web_addresses().items() if not name.startswith("desk:")}
    assert set(ours) - set(named) == set()
    assert [address for address in ours.values() if f"`{address}`" not in TOUR.read_text()] == []


def test_every_state_has_one_name_and_is_in_the_tour_once() -> None:
    told = [name for page in TOUR_PAGES for name in page.states]

    assert Counter(told) == Counter(list_state_names())
    assert set(Counter(told).values()) == {1}


def test_every_letter_leads_to_a_page_of_the_tour_or_to_the_review_desk() -> None:
    told = {kind for page in TOUR_PAGES for kind in list_letters(page)}

    assert told | TO_THE_REVIEW_DESK == set(list_notice_types())
    assert told & TO_THE_REVIEW_DESK == set()


def test_the_documentation_shows_six_small_pictures() -> None:
    files = {file.stem: file.stat().st_size for file in PICTURES.iterdir()}
    texts = TOUR.read_text() + README.read_text()

    assert files.keys() == TOUR_PICTURES.keys()
    assert len(files) == 6
    assert sum(files.values()) <= MAX_PICTURE_BYTES
    assert [name for name in files if texts.count(f"pictures/{name}.webp") == 0] == []
