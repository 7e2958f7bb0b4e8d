import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context, Template
from django.utils import formats
from django.utils.translation import gettext, gettext_lazy, ngettext, npgettext, pgettext
from rest_framework import serializers

from tests.pseudo_locale.translation import compile_data, find_text_outside_brackets, list_visible_texts

pytestmark = pytest.mark.usefixtures("pseudo_locale")
NOTHING = compile_data([])


def test_every_way_to_say_a_message_is_in_brackets() -> None:
    lazy = gettext_lazy("%(name)s is late")

    assert gettext("Hello") == "⟦Hello⟧"
    assert lazy % {"name": "Ana"} == "⟦Ana is late⟧"
    assert pgettext("month", "May") == "⟦May⟧"
    assert [ngettext("%d day", "%d days", number) % number for number in (1, 2)] == ["⟦1 day⟧", "⟦2 days⟧"]
    assert npgettext("work", "%d hour", "%d hours", 2) % 2 == "⟦2 hours⟧"
    assert "⟦March⟧" in formats.date_format(date(2026, 3, 2), "DATE_FORMAT")


def test_templates_and_frameworks_too() -> None:
    template = Template("{% load i18n %}{% blocktranslate with name='Ana' %}Hello {{ name }}{% endblocktranslate %}")
    with pytest.raises(ValidationError) as refused:
        validate_email("no")
    with pytest.raises(serializers.ValidationError) as invalid:
        serializers.IntegerField().run_validation("x")

    assert template.render(Context()) == "⟦Hello Ana⟧"
    assert refused.value.messages[0].startswith("⟦")
    assert str(invalid.value.detail[0]).startswith("⟦")  # type: ignore[index]


@pytest.mark.parametrize(
    ("page", "outside"),
    [
        ("<p>⟦Hello Ana⟧</p>", []),
        ("<p>⟦Hello <b>Ana</b>, it is⟧ 12:30.</p>", []),
        ("<p>⟦Hello⟧ Ana</p>", ["⟦Hello⟧ Ana"]),
        ("<input type='submit' value='Go on'>", ["Go on"]),
        ("<a title='More'>⟦More⟧</a><script>var text;</script>", ["More"]),
        ("<span class='material-symbols-outlined'>search</span> https://example.org/path/ a@example.org", []),
        ("<p>⟦Hello</p>", ["brackets that do not match"]),
    ],
)
def test_visible_text_outside_brackets_is_found(page: str, outside: list[str]) -> None:
    assert find_text_outside_brackets(list_visible_texts(page), NOTHING) == outside


def test_data_is_allowed_where_it_stands_by_itself() -> None:
    data: re.Pattern[str] = compile_data(["Ana", "Website"])

    assert find_text_outside_brackets(["Ana: Website (2)", "Anabel"], data) == ["Anabel"]
