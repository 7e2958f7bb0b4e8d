"""Every page in every state, as Spanish readers get it: complete, without an English word, with nothing lost."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils import translation

from core.reference.shipped_texts import list_reference_texts
from core.reference_texts import ReferenceKind, translate_reference
from tests.cast import Cast
from tests.pseudo_locale.conftest import list_places_of_zones
from tests.pseudo_locale.translation import compile_data, list_visible_texts, read_stored_texts
from tests.translation.english_words import ENGLISH_WORDS, WORD, find_english
from tests.web.campaigns import candidate_states
from tests.web.every_page import ShownPage
from tests.web.volunteers.desk_states import LONG_NAME

pytestmark = pytest.mark.django_db(databases=["default", "counters"])

ENGLISH_PAGES = {"design", "problems"}
"""The gallery of components is for developers, as is what describes the API."""
COUNTED = ("a", "button", "input", "select", "textarea", "option", "h1", "h2", "h3", "li", "form", "summary")
WRITTEN_BY_PEOPLE = (
    "A site that works",
    "Builds the pages.",
    "Cybersecurity and Infrastructure Security Agency (CISA), cisa.gov",
    "Donations page",
    "English",
    "Federal Bureau of Investigation (FBI): Internet Crime Complaint Center, ic3.gov",
    "Handraiser",
    "I know none of them.",
    "Keeps the plan, and asks who is stuck.",
    "People who look for Dana find her, and can donate.",
    "People who look for us find us, and can donate. By 14 April.",
    "Where is the logo?",
    candidate_states.LONG_NAME[:160],
    LONG_NAME,
)


class TagCounter(HTMLParser):
    """Counts the elements that a reader uses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.counted: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in COUNTED:
            self.counted[tag] += 1


def pair_pages(english: list[ShownPage], spanish: list[ShownPage]) -> list[tuple[ShownPage, ShownPage]]:
    assert [page.name for page in english] == [page.name for page in spanish]
    return [pair for pair in zip(english, spanish, strict=True) if pair[0].name not in ENGLISH_PAGES]


def test_every_page_is_spanish(every_spanish_page: list[ShownPage]) -> None:
    wrong = [page.name for page in every_spanish_page if '<html lang="es"' not in page.html]

    assert set(wrong) <= ENGLISH_PAGES
    assert len(every_spanish_page) > 100


def test_both_languages_have_the_same_links_fields_and_buttons(
    every_page: list[ShownPage], every_spanish_page: list[ShownPage]
) -> None:
    different = {}
    for english, spanish in pair_pages(every_page, every_spanish_page):
        one, other = TagCounter(english.html).counted, TagCounter(spanish.html).counted
        if one != other or english.status != spanish.status:
            different[english.name] = {tag: (one[tag], other[tag]) for tag in COUNTED if one[tag] != other[tag]}
    assert different == {}


def test_no_english_word_stands_on_a_spanish_page(cast: Cast, every_spanish_page: list[ShownPage]) -> None:
    with translation.override("es"):
        places = list(list_places_of_zones())
    data = compile_data([*WRITTEN_BY_PEOPLE, *settings.OPERATOR.values(), *places, *_list_data()])
    found: dict[str, str] = {}
    for page in every_spanish_page:
        if page.name not in ENGLISH_PAGES:
            for text in find_english(list_visible_texts(page.html), data):
                found.setdefault(text, page.name)
    assert found == {}


def test_what_we_ship_is_shown_by_its_spanish_name(every_spanish_page: list[ShownPage]) -> None:
    with translation.override("es"):
        # A single word may be a name of something else: “Data”, “Lead”.
        english = {
            text for kind, text in list_reference_texts() if " " in text and translate_reference(text, kind) != text
        }
    found: dict[str, str] = {}
    for page in every_spanish_page:
        if page.name not in ENGLISH_PAGES:
            texts = " | ".join(" ".join(text.split()) for text in list_visible_texts(page.html))
            found |= {text: page.name for text in english if f"| {text} |" in f"| {texts} |"}
    assert found == {}


def test_every_title_and_heading_is_translated(
    every_page: list[ShownPage], every_spanish_page: list[ShownPage]
) -> None:
    same = [
        english.name
        for english, spanish in pair_pages(every_page, every_spanish_page)
        if english.title == spanish.title
    ]

    assert same == []


def test_the_words_are_english_and_no_spanish_ones() -> None:
    with translation.override("es"):
        spanish = {
            word.lower()
            for kind, text in [(k, translate_reference(t, k)) for k, t in list_reference_texts()]
            if kind != ReferenceKind.PLACE  # such as Tell City
            for word in WORD.findall(text)
        }
    assert spanish & ENGLISH_WORDS == set()


def _list_data() -> list[str]:
    return list(read_stored_texts())
