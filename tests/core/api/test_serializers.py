from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import get_resolver
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.problem_details import list_field_errors
from core.api.serializers import ChoiceListField, DayField, OptionalChoiceField, StrictSerializer
from core.enums import VettingArea


@pytest.mark.parametrize("text", ["20261103", "2026-W45-2", "2026-11-3", "2026-11-03T00:00", "２０２６-11-03", ""])
def test_a_day_in_another_form_of_iso_8601_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        DayField().run_validation(text)


def test_a_day_is_year_month_and_day() -> None:
    assert DayField().run_validation("2026-11-03") == date(2026, 11, 3)


class Form(StrictSerializer):
    area = OptionalChoiceField(choices=VettingArea.choices, required=False)


def validate(**sent: object) -> dict[str, object] | None:
    form = Form(data=sent)
    return dict(form.validated_data) if form.is_valid() else None


def test_a_choice_that_may_be_missing_is_null_outside_and_empty_inside() -> None:
    assert validate(area="money") == {"area": "money"}
    assert validate(area=None) == {"area": ""}
    assert validate() == {}
    assert Form({"area": ""}).data == {"area": None}
    assert Form({"area": "money"}).data == {"area": "money"}


def test_an_empty_text_is_no_choice() -> None:
    assert validate(area="") is None


def list_inputs(base: type[StrictSerializer] = StrictSerializer) -> Iterator[type[StrictSerializer]]:
    """Every input of the API."""
    for each in base.__subclasses__():
        yield each
        yield from list_inputs(each)


def list_list_fields() -> dict[str, Any]:
    """Every field of an input that takes a list, by its name."""
    assert get_resolver().url_patterns  # every view, and with it every input, is imported
    return {
        f"{each.__name__}.{name}": field
        for each in list_inputs()
        for name, field in each().fields.items()
        if isinstance(field, serializers.ListField | serializers.ListSerializer | serializers.MultipleChoiceField)
        and not field.read_only
    }


def test_an_error_in_a_list_names_its_place() -> None:
    fields = list_list_fields()
    assert {"ProfileInput.presets", "MutedTopicsSerializer.muted", "FitsInput.claims"} <= fields.keys()
    for name, field in fields.items():
        with pytest.raises(ValidationError) as refused:
            field.run_validation([[], []])

        places = {error.path.partition(".")[0] for error in list_field_errors(refused.value)}
        assert places == {"0", "1"}, name


def test_a_right_choice_before_a_wrong_one_is_not_named() -> None:
    with pytest.raises(ValidationError) as refused:
        ChoiceListField(choices=["a", "b"]).run_validation(["a", "c"])

    assert [error.path for error in list_field_errors(refused.value)] == ["1"]
