"""Messages are found in Python and in templates, by every way in which the code may ask for them."""

import pytest
from babel.messages.pofile import PoFileError

from core.management.catalogue_messages import CollectedMessages, Message, find_python_messages, find_template_messages
from core.management.catalogues import compile_catalogue, list_translations, merge_messages, read_catalogue

IMPORT = "from django.utils.translation import gettext as _, gettext_lazy as later, ngettext, pgettext, npgettext\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('_("Hello")', Message("Hello")),
        ('later("Hello")', Message("Hello")),
        ('_("Hello, "\n  "you")', Message("Hello, you")),
        ('f"{_("Hello")} you"'.replace('("Hello")', "('Hello')"), Message("Hello")),
        ('ngettext("%(n)d day", "%(n)d days", n)', Message("%(n)d day", plural="%(n)d days")),
        ('pgettext("skill", "Design")', Message("Design", context="skill")),
        ('npgettext("moment", "a", "b", n)', Message("a", plural="b", context="moment")),
        ('translation.gettext("Hello")', Message("Hello")),
    ],
)
def test_a_call_in_python_is_a_message(source: str, message: Message) -> None:
    assert list(find_python_messages(IMPORT + source)) == [message]


@pytest.mark.parametrize("source", ["_(name)", '_(f"Hello {name}")', '_("a" + name)', 'other("Hello")'])
def test_what_is_no_literal_text_is_no_message(source: str) -> None:
    assert list(find_python_messages(IMPORT + source)) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('<p>{% translate "Hello" %}</p>', Message("Hello")),
        ('{% translate "Hello" as greeting %}', Message("Hello")),
        ("{% translate 'It says “no”' %}", Message("It says “no”")),
        ('{% translate "May" context "month" %}', Message("May", context="month")),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", Message("Hello %(name)s")),
        (
            "{% blocktranslate trimmed with name=user.name %}\n  Hello\n  {{ name }}\n{% endblocktranslate %}",
            Message("Hello %(name)s"),
        ),
        (
            "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            Message("%(n)s day", plural="%(n)s days"),
        ),
        ('{% include "a.html" with title=_("Hello") %}', Message("Hello")),
    ],
)
def test_a_tag_of_a_template_is_a_message(source: str, message: Message) -> None:
    assert list(find_template_messages(source)) == [message]


def collect(*messages: Message) -> CollectedMessages:
    collected = CollectedMessages()
    for message in messages:
        collected.add(message, "web/pages.py")
    return collected


HELLO, DAYS = Message("Hello"), Message("%(n)d day", plural="%(n)d days")
TRANSLATED = 'msgid "Hello"\nmsgstr "Hola"\n\nmsgid "Gone"\nmsgstr "Ido"\n'


def test_a_merge_keeps_translations_takes_new_messages_and_drops_old_ones() -> None:
    merged = merge_messages(TRANSLATED, collect(HELLO, DAYS), "es")

    assert list(list_translations(read_catalogue(merged, "es"))) == [
        (DAYS, ("", "", ""), False),
        (HELLO, ("Hola",), False),
    ]
    assert merge_messages(merged, collect(HELLO, DAYS), "es") == merged


def test_a_message_that_becomes_plural_or_gets_a_context_is_translated_again() -> None:
    again = collect(Message("Hello", plural="Hellos"), Message("Hello", context="a greeting"))

    forms = [
        forms
        for _message, forms, _fuzzy in list_translations(read_catalogue(merge_messages(TRANSLATED, again, "es"), "es"))
    ]
    assert not any(any(each) for each in forms)


def test_a_catalogue_that_is_broken_is_refused() -> None:
    with pytest.raises(PoFileError):
        read_catalogue('"a text before any message"\n', "es")


def test_the_same_catalogue_compiles_to_the_same_file() -> None:
    assert compile_catalogue(TRANSLATED, "es") == compile_catalogue(TRANSLATED, "es")
