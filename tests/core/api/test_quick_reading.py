"""Plain fields are read with fewer steps, and show what Django REST framework would show."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers

from core.api.quick_reading import QuickReadMixin
from core.enums import Weekday


class ShoutField(serializers.CharField):
    """A field that shows another value than it reads."""

    def to_representation(self, value: Any) -> str:
        return super().to_representation(value).upper()


class PlainSerializer(serializers.Serializer[Any]):
    """Fields of all kinds, as DRF reads them."""

    name = serializers.CharField()
    loud = ShoutField(source="name")
    day = serializers.IntegerField()
    id = serializers.UUIDField()
    is_open = serializers.BooleanField()
    owner = serializers.CharField(source="campaign.owner.name", default="")
    city = serializers.CharField(source="campaign.city", allow_null=True)
    count = serializers.SerializerMethodField()

    def get_count(self, row: Any) -> int:
        return len(row.name)


class QuickSerializer(QuickReadMixin, PlainSerializer):
    """The same fields, read quickly."""


def make_row(**values: Any) -> SimpleNamespace:
    campaign = SimpleNamespace(owner=SimpleNamespace(name="Ada"), city="Salem")
    id = UUID("00000000-0000-4000-8000-000000000001")
    return SimpleNamespace(
        **{"name": "é", "day": Weekday.MONDAY, "id": id, "is_open": True, "campaign": campaign} | values
    )


@pytest.mark.parametrize(
    "row",
    [
        make_row(),
        make_row(name=None, day=None, id=None, is_open=None),
        make_row(name="7", campaign=SimpleNamespace(owner=None, city=None)),
        make_row(campaign=None),
    ],
)
def test_a_row_reads_the_same(row: SimpleNamespace) -> None:
    if row.name is None:
        row.name = ""
    assert QuickSerializer(row).data == PlainSerializer(row).data


def test_a_plain_value_comes_as_json_has_it() -> None:
    shown = QuickSerializer(make_row(name="x")).data

    assert (shown["day"], type(shown["day"]), type(shown["id"])) == (0, int, str)
    assert (shown["loud"], shown["owner"], shown["count"]) == ("X", "Ada", 1)


def test_a_field_that_is_missing_is_an_error_and_no_gap() -> None:
    row = make_row()
    del row.day

    with pytest.raises(AttributeError):
        _ = QuickSerializer(row).data
