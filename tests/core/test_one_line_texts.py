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
    "text", ["Zoe\u0308", "\u0e01\u0e34\u0e48", "\u05e9\u05c1\u05b8\u05d1\u05bc", "e" + "\u0301" * 8]
)
def test_the_accents_of_languages_are_taken(api: Api, cast: Cast, text: str) -> None:
    assert not has_stacked_marks(text)


def test_a_stack_of_accents_is_refused_at_each_way_in(api: Api, reviewer_client: Client, cast: Cast) -> None:
    stack = "e" + "\u0301" * (MAX_MARKS_IN_A_ROW + 1)

    answer = api(cast.carol).post("/api/v1/requests", {"title": stack})
    assert (answer.status_code, "accents on one letter" in answer.json()["detail"]) == (400, True)
    assert reviewer_client.post("/admin/core/party/add/", {"code": "quill", "name": stack}).status_code == 400
    with pytest.raises(Invalid):
        text_reader(200)(stack, None)  # type: ignore[arg-type]
