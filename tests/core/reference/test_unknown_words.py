"""Words that nobody knows reach the reviewers, and nothing about who typed them."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.errors import NotAllowed
from core.models import Skill, SkillAlias, UnknownSkillWord
from core.reference import unknown_words
from core.reference.throttles import SkillWordThrottle
from core.reference.unknown_words import dismiss_word, make_word_alias, report_unknown_word
from tests.cast import Cast

PATH = "/api/v1/skills/unknown-words"
ADMIN = "/admin/core/unknownskillword/"

pytestmark = pytest.mark.django_db


def send(word: object, **body: object) -> Any:
    return APIClient().post(PATH, {"word": word, **body})


def read_words() -> list[tuple[str, int]]:
    return list(UnknownSkillWord.objects.order_by("pk").values_list("word", "day_count"))


def test_a_word_is_stored_once_and_counts_the_days(now: datetime) -> None:
    for days, word in [(0, "Beekeeping"), (0, "beekeeping"), (0, " BEEKEEPING "), (1, "beekeeping"), (9, "Beekeeping")]:
        report_unknown_word(word=word, at=now + timedelta(days=days))

    row = UnknownSkillWord.objects.get()
    assert (row.word, row.day_count) == ("Beekeeping", 3)
    assert (row.first_on, row.last_on) == (now.date(), (now + timedelta(days=9)).date())


def test_the_row_has_no_person_no_time_and_no_address() -> None:
    assert {field.name for field in UnknownSkillWord._meta.get_fields()} == {
        *("id", "word", "folded", "day_count", "first_on", "last_on")
    }


def test_a_signed_in_sender_is_not_looked_at(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)

    with CaptureQueriesContext(connection) as captured:
        answer = client.post(PATH, {"word": "beekeeping"}, content_type="application/json")

    assert answer.status_code == 204
    assert read_words() == [("beekeeping", 1)]
    tables = set(re.findall(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"', " ".join(query["sql"] for query in captured)))
    assert tables == {"core_skill", "core_skillalias", "core_unknownskillword"}


@pytest.mark.parametrize("word", ["Figma", "figma", "Website builders", "pruebas de penetracion"])
def test_a_word_that_leads_to_a_skill_is_not_stored_and_answered_alike(word: str) -> None:
    answers = [send(word), send("beekeeping")]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b""), (204, b"")]
    assert read_words() == [("beekeeping", 1)]


@pytest.mark.parametrize(
    "word",
    [
        "alex@example.org",
        "alex at example.org (home)",
        "206 555 0100",
        "2065550100",
        "https://example.org",
        "kite\nflying;",
        "one two three four five six",
        "!?",
        "--",
        "ﷺ" * 9,
        "x" * 61,
        "",
        None,
        7.5,
        ["beekeeping"],
    ],
)
def test_what_could_be_an_address_or_a_number_is_refused(word: object) -> None:
    answer = send(word)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["word"])
    assert read_words() == []


def test_words_with_a_few_digits_and_marks_are_stored() -> None:
    for word in ("ISO 27001", "F#", "Objective-C", "Vue.js 3", "apicultura técnica"):
        assert send(word).status_code == 204, word

    assert [word for word, _count in read_words()] == [
        *("ISO 27001", "F#", "Objective-C", "Vue.js 3", "apicultura técnica")
    ]


def test_nothing_else_can_be_sent() -> None:
    answer = send("beekeeping", who="me")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["who"])


def test_a_day_and_the_table_hold_so_many_new_words_and_known_ones_count_on(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unknown_words, "MAX_NEW_UNKNOWN_WORDS_PER_DAY", 2)
    monkeypatch.setattr(unknown_words, "MAX_UNKNOWN_WORDS", 3)
    tomorrow, later = now + timedelta(days=1), now + timedelta(days=2)

    for word in ("apiary", "bell ringing", "candle making"):
        report_unknown_word(word=word, at=now)
    for word in ("apiary", "dowsing", "etching"):
        report_unknown_word(word=word, at=tomorrow)
    report_unknown_word(word="fencing", at=later)

    assert read_words() == [("apiary", 2), ("bell ringing", 1), ("dowsing", 1)]


def test_one_address_sends_so_many_words_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(SkillWordThrottle, "rate", "2/hour", raising=False)

    answers = [send(f"bee {letter}") for letter in "abc"]

    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_an_ipv6_network_sends_no_more_than_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(SkillWordThrottle, "rate", "2/hour", raising=False)

    answers = [
        Client(REMOTE_ADDR=f"2001:db8:0:1::{number}").post(PATH, {"word": "beekeeping"}, "application/json")
        for number in (1, 2, 3)
    ]

    assert [answer.status_code for answer in answers] == [204, 204, 429]


def test_searching_writes_nothing() -> None:
    assert Client().get("/api/v1/skills", {"search": "beekeeping"}).json()["results"] == []
    assert read_words() == []


def test_a_reviewer_makes_a_word_an_alias_and_it_is_found(reviewer_client: Client, now: datetime) -> None:
    report_unknown_word(word="Beekeeping", at=now)
    word = UnknownSkillWord.objects.get()
    skill = Skill.objects.get(code="event-planning")

    assert "Beekeeping" in reviewer_client.get(ADMIN).content.decode()
    assert "Event planning" in reviewer_client.get(f"{ADMIN}{word.pk}/make-alias/").content.decode()
    done = reviewer_client.post(f"{ADMIN}{word.pk}/make-alias/", {"skill": skill.pk}, follow=True)

    assert "“Beekeeping” leads to Event planning now." in done.content.decode()
    assert read_words() == []
    assert Client().get("/api/v1/skills", {"search": "beekeeping"}).json()["results"][0]["code"] == "event-planning"


def test_a_reviewer_is_asked_for_a_skill_that_is_there(reviewer_client: Client, now: datetime) -> None:
    report_unknown_word(word="Beekeeping", at=now)
    page = f"{ADMIN}{UnknownSkillWord.objects.get().pk}/make-alias/"

    assert reviewer_client.post(page, {"skill": 0}).status_code == 200
    assert read_words() == [("Beekeeping", 1)]
    assert reviewer_client.get(f"{ADMIN}0/make-alias/").status_code == 404


def test_making_an_alias_that_is_there_meanwhile_is_safe(cast: Cast, now: datetime) -> None:
    report_unknown_word(word="Beekeeping", at=now)
    skill = Skill.objects.get(code="seo")
    SkillAlias.objects.create(skill=skill, text="beekeeping")

    alias = make_word_alias(actor=cast.rita, word=UnknownSkillWord.objects.get(), skill=skill)

    assert (alias.text, read_words()) == ("beekeeping", [])


def test_a_reviewer_removes_words_that_are_no_skill(reviewer_client: Client, now: datetime) -> None:
    for word in ("qwertz", "asdfgh"):
        report_unknown_word(word=word, at=now)
    chosen = [UnknownSkillWord.objects.get(word="qwertz").pk]

    done = reviewer_client.post(ADMIN, {"action": "dismiss_selected_words", "_selected_action": chosen}, follow=True)

    assert "The words are removed." in done.content.decode()
    assert read_words() == [("asdfgh", 1)]


def test_nobody_else_decides_about_words(cast: Cast, now: datetime) -> None:
    report_unknown_word(word="Beekeeping", at=now)
    word = UnknownSkillWord.objects.get()
    client = Client()
    client.force_login(cast.alice)

    with pytest.raises(NotAllowed):
        make_word_alias(actor=cast.alice, word=word, skill=Skill.objects.get(code="seo"))
    with pytest.raises(NotAllowed):
        dismiss_word(actor=cast.alice, word=word)
    assert client.post(f"{ADMIN}{word.pk}/make-alias/", {"skill": 1}).status_code in (302, 403)
    assert read_words() == [("Beekeeping", 1)]


def test_a_reviewer_edits_aliases_in_the_admin(reviewer_client: Client) -> None:
    skill = Skill.objects.get(code="seo")
    page = "/admin/core/skillalias/add/"

    reviewer_client.post(page, {"skill": skill.pk, "text": "Beekeeping"})
    again = reviewer_client.post(page, {"skill": skill.pk, "text": "BEEKEEPING"})

    assert "has this alias already" in again.content.decode()
    alias = SkillAlias.objects.get(folded="beekeeping")
    reviewer_client.post(f"/admin/core/skillalias/{alias.pk}/delete/", {"post": "yes"})
    assert not SkillAlias.objects.filter(folded="beekeeping").exists()


@pytest.mark.parametrize("word", ["हिन्दी", "தமிழ்", "नमस्\u200dते", "فارسی\u200cنویسی"])
def test_a_word_of_a_language_with_marks_is_stored(word: str) -> None:
    assert send(word).status_code == 204
    assert read_words() == [(word, 1)]


@pytest.mark.parametrize("word", ["\u3164", "a\u3164b", "\u115f\u115f", "a\u200bb", "\u0301a"])
def test_a_word_with_a_letter_that_shows_nothing_is_refused(word: str) -> None:
    assert send(word).status_code == 400
    assert read_words() == []
