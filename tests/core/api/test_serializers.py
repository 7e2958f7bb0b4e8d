from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import django_filters
import pytest
from django.core.exceptions import ValidationError as DjangoValidationError
from django.urls import get_resolver
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.filters import SearchableFilterSet, UTCDateTimeFilter
from core.api.problem_details import list_field_errors
from core.api.serializers import ChoiceListField, DayField, MomentField, OptionalChoiceField, StrictSerializer
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


@pytest.mark.parametrize("text", ["2026-12-02T00:00:00", "2026-12-02 00:00", "2026-12-02T00:00:00.5"])
def test_a_moment_without_an_offset_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="has no offset"):
        MomentField().run_validation(text)


@pytest.mark.parametrize("text", ["2026-12-02", "tomorrow", "0001-01-01T00:00:00+14:00", "2100-01-01T00:00:00Z", ""])
def test_a_moment_that_is_none_or_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        MomentField().run_validation(text)


@pytest.mark.parametrize("text", ["2026-12-02T05:00:00Z", "2026-12-02T00:00:00-05:00", "2026-12-02T00:00-05"])
def test_a_moment_is_read_with_its_offset(text: str) -> None:
    assert MomentField().run_validation(text) == datetime(2026, 12, 2, 5, tzinfo=UTC)


def list_serializers(base: type[Any] = serializers.Serializer) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        yield each
        yield from list_serializers(each)


def test_no_input_reads_a_time_without_an_offset() -> None:
    assert get_resolver().url_patterns
    naive = {
        f"{each.__name__}.{name}"
        for each in list_serializers()
        for name, field in getattr(each, "_declared_fields", {}).items()
        if isinstance(field, serializers.DateTimeField) and not isinstance(field, MomentField)
        if issubclass(each, StrictSerializer) and not field.read_only
    }
    assert naive == set()
    assert all(
        not isinstance(field, serializers.DateTimeField) or isinstance(field, MomentField) or field.read_only
        for each in list_inputs()
        for field in each().fields.values()
    )


def test_no_filter_reads_a_time_without_an_offset() -> None:
    assert get_resolver().url_patterns
    moments = [
        (filterset.__name__, name, found)
        for filterset in SearchableFilterSet.__subclasses__()
        for name, found in filterset.base_filters.items()
        if isinstance(found, django_filters.DateTimeFilter | django_filters.IsoDateTimeFilter)
    ]
    assert moments
    for filterset, name, found in moments:
        assert isinstance(found, UTCDateTimeFilter), (filterset, name)
        with pytest.raises(DjangoValidationError, match="has no offset"):
            found.field.clean("2026-12-02T00:00:00")
        assert found.field.clean("2026-12-02T00:00:00-05:00") == datetime(2026, 12, 2, 5, tzinfo=UTC)
