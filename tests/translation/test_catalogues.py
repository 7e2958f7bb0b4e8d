"""Every catalogue has every message of the code, translated as a whole; and what is compiled is what is written."""

import gettext
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from core.management.catalogue_messages import CollectedMessages, Message, collect_messages
from core.management.catalogues import compile_catalogue, list_translations, merge_messages, read_catalogue
from core.reference.shipped_texts import list_reference_texts
from core.reference_text_list import REFERENCE_TEXTS

ADMIN_PAGES = ("web/desk/", "config/admin_menu.py")
LOCALE = Path(__file__).parents[2] / "locale"
LANGUAGES = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")
ENTITY = re.compile(r"&\w+;")

collect = cache(collect_messages)


@cache
def read_entries(language: str) -> list[tuple[Message, tuple[str, ...], bool]]:
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text()
    return list(list_translations(read_catalogue(text, language)))


def list_pairs(language: str) -> list[tuple[str, str]]:
    """Each translation with the text that it stands for: the last form is the plural one, the first may be either."""
    return [
        (message.plural if message.plural and index else message.text, form)
        for message, forms, _fuzzy in read_entries(language)
        for index, form in enumerate(forms)
    ]


def test_there_is_a_catalogue() -> None:
    assert "es" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_in_the_catalogue_and_no_other(language: str) -> None:
    known = {message for message, _forms, _fuzzy in read_entries(language)}
    current = set(collect().files_by_message)

    assert sorted(current - known) == [], "Run ./run manage write_catalogues, and translate what is new."
    assert sorted(known - current) == [], "Run ./run manage write_catalogues."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_fuzzy(language: str) -> None:
    open_messages = [
        message.text
        for message, forms, is_fuzzy in read_entries(language)
        if is_fuzzy or not (all(forms) or is_of_admin(message))
    ]

    assert open_messages == []


def is_of_admin(message: Message) -> bool:
    """Whether only pages of the admin say it: the admin speaks English, and its texts may be translated later."""
    return all(str(path).startswith(ADMIN_PAGES) for path in collect().files_by_message[message])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_written_as_the_command_writes_it(language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    text = path.read_text()

    assert merge_messages(text, collect(), language) == text, "Run ./run manage write_catalogues."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str, tmp_path: Path) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    again = tmp_path / "django.mo"
    again.write_bytes(compile_catalogue((folder / "django.po").read_text(), language))

    assert read_compiled(folder / "django.mo") == read_compiled(again), "Run ./run manage write_catalogues."


def read_compiled(path: Path) -> dict[object, str]:
    """The messages of a compiled catalogue, without its header, which names the version of Babel."""
    with path.open("rb") as file:
        catalogue: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in catalogue.items() if key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_and_the_tags_of_its_message(language: str) -> None:
    wrong = []
    for message, forms, _fuzzy in read_entries(language):
        wanted = [message.text, *([message.plural] if message.plural else [])]
        for form in filter(None, forms):
            # “One project” names no number, and “%(count)d projects” does.
            placeholders = [set(PLACEHOLDER.findall(text)) for text in wanted]
            if set(PLACEHOLDER.findall(form)) not in placeholders or any(
                Counter(pattern.findall(form)) not in [Counter(pattern.findall(text)) for text in wanted]
                for pattern in (TAG, ENTITY)
            ):
                wrong.append((message.text, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_message_does(language: str) -> None:
    assert [
        (text, form)
        for text, form in list_pairs(language)
        if form and (_edges(text) != _edges(form) or text.count("\n") != form.count("\n"))
    ] == []


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_no_message_stands_twice_with_other_plurals() -> None:
    counted = Counter((message.text, message.context) for message in collect().files_by_message)

    assert [key for key, count in counted.items() if count > 1] == []


def test_every_text_of_the_reference_data_is_a_message() -> None:
    messages = collect().files_by_message

    texts = list_reference_texts()
    assert [text for kind, text in texts if Message(text, context=kind.value) not in messages] == []
    assert len(texts) > 500
    assert [str(text) for text in REFERENCE_TEXTS] == [text for _kind, text in texts]


def test_a_new_message_a_missing_one_and_another_placeholder_are_noticed() -> None:
    collected = CollectedMessages()
    collected.add(Message("%(count)d new things"), "web/pages.py")
    old = 'msgid "gone"\nmsgstr "ido"\n'

    merged = list(list_translations(read_catalogue(merge_messages(old, collected, "es"), "es")))
    assert merged == [(Message("%(count)d new things"), ("",), False)]
    assert set(PLACEHOLDER.findall("%(number)d cosas")) != set(PLACEHOLDER.findall("%(count)d new things"))
