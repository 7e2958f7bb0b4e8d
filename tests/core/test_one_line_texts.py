"""Names and titles are one line, and letters have few accents, whichever way a text comes in."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.test import Client
from rest_framework import serializers
from rest_framework.test import APIClient

from core.api.serializers import StrictSerializer
from core.errors import Invalid
from core.imports.fields import text_reader
from core.models import Party, User
from core.one_line_texts import keep_forms_on_one_line
from core.visible_text import MAX_MARKS_IN_A_ROW, has_stacked_marks
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
BREAKS = ["\t", "\n", "\r\n", "\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029"]


class ThingInput(StrictSerializer):
    """A body with texts of each length."""

    name = serializers.CharField(max_length=200)
    about = serializers.CharField(max_length=201, required=False)
    words = serializers.ListField(child=serializers.CharField(max_length=60), required=False)


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_short_text_of_the_api_is_one_line(line_break: str) -> None:
    text = f"one{line_break}two"
    thing = ThingInput(data={"name": text, "about": text, "words": ["one", text]})

    assert not thing.is_valid()
    assert set(thing.errors) == {"name", "words"}
    assert "one line. Leave line breaks" in str(thing.errors["name"])


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_line_of_a_form_and_a_short_cell_are_one_line(line_break: str) -> None:
    class ThingForm(forms.Form):
        name = forms.CharField(max_length=500)
        about = forms.CharField(widget=forms.Textarea)

    text = f"one{line_break}two"
    form = ThingForm({"name": text, "about": text})
    keep_forms_on_one_line(form.fields)

    assert set(form.errors) == {"name"}
    with pytest.raises(Invalid):
        text_reader(200)(text, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/campaigns", {"name": "A\n\nYour account is locked."}),
        ("/api/v1/requests", {"title": "Line one\nLine two"}),
        ("/api/v1/me/profile", {"first_name": "Ann\u2028Ben", "contact": "a\tb"}),
        ("/api/v1/campaigns/{campaign}/incidents", {"since": "Monday\nTuesday", "contact": "a\nb"}),
    ],
)
def test_what_others_read_on_one_line_is_one(api: Api, cast: Cast, path: str, body: dict[str, Any]) -> None:
    client, path = api(cast.carol), path.format(campaign=cast.campaign.public_id)

    answer = client.put(path, body) if path.endswith("profile") else client.post(path, body)

    assert answer.status_code == 400
    for name in body:
        assert "one line" in str(answer.json()["errors"][name])


def test_a_name_of_the_admin_is_one_line(reviewer_client: Client, cast: Cast) -> None:
    page = reviewer_client.post("/admin/core/party/add/", {"code": "quill", "name": "Quill\nParty"})

    assert "one line" in page.content.decode()
    assert not Party.objects.filter(code="quill").exists()


@pytest.mark.parametrize(
    "text",
    [
        *("Zoe\u0308", "\u0e01\u0e34\u0e48", "\u05e9\u05c1\u05b8\u05d1\u05bc", "e" + "\u0301" * 8),
        # Persian parts the letters of a word, Marathi joins them, and a family is four people in one.
        *("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0930\u094d\u200d\u092f"),
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 3,
        *("\U0001faea" * 12, ("e" + "\u0301" * 8 + " ") * 5),
    ],
)
def test_the_accents_of_languages_are_taken(api: Api, cast: Cast, text: str) -> None:
    assert not has_stacked_marks(text)


INVISIBLE = [
    *"\u00ad\u034f\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u2060\u2063\u2065\u20dd\u2800\u3164\ufe0f\ufeff\uffa0",
    *"\ufff0\U000e0100\U000e0fff\U0001bca0",
]


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_an_invisible_character_does_not_begin_the_count_of_accents_again(character: str) -> None:
    assert has_stacked_marks("e" + ("\u0301" * 4 + character) * 2)
    # A row of them alone would hide as much.
    assert has_stacked_marks("e" + character * 9)
    assert not has_stacked_marks(("e\u0301" + character) * 9)


def test_a_stack_with_invisible_characters_is_refused_at_each_way_in(api: Api, cast: Cast) -> None:
    stack = "e" + ("\u0301" * 4 + "\u200d") * 2

    for path, body in (("requests", {"title": stack}), ("skills/unknown-words", {"word": stack})):
        assert api(cast.carol).post(f"/api/v1/{path}", body).status_code == 400, path
    with pytest.raises(Invalid):
        text_reader(200)(stack, None)  # type: ignore[arg-type]


def test_a_stack_of_accents_is_refused_at_each_way_in(api: Api, reviewer_client: Client, cast: Cast) -> None:
    stack = "e" + "\u0301" * (MAX_MARKS_IN_A_ROW + 1)

    answer = api(cast.carol).post("/api/v1/requests", {"title": stack})
    assert answer.status_code == 400
    assert "accents or invisible characters on one letter" in answer.json()["detail"]
    assert reviewer_client.post("/admin/core/party/add/", {"code": "quill", "name": stack}).status_code == 400
    with pytest.raises(Invalid):
        text_reader(200)(stack, None)  # type: ignore[arg-type]
