"""Plain fields are read with fewer steps, and show what Django REST framework would show."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from rest_framework import serializers

from core.api.quick_reading import QuickReadMixin
from core.enums import Weekday

OPENED_AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


class ShoutField(serializers.CharField):
    """A field that shows another value than it reads."""

    def to_representation(self, value: Any) -> str:
        return super().to_representation(value).upper()


class GreetingField(serializers.CharField):
    """A field that asks for the context of the serializer that it belongs to."""

    def to_representation(self, value: Any) -> str:
        return f"{self.context['greeting']} {value}"


class PlainSerializer(serializers.Serializer[Any]):
    """Fields of all kinds, as DRF reads them."""

    name = serializers.CharField()
    loud = ShoutField(source="name")
    day = serializers.IntegerField()
    id = serializers.UUIDField()
    is_open = serializers.BooleanField()
    weekday = serializers.ChoiceField(source="day", choices=Weekday.choices)
    opened_at = serializers.DateTimeField()
    owner = serializers.CharField(source="campaign.owner.name", default="")
    city = serializers.CharField(source="campaign.city", allow_null=True)
    tags = serializers.SlugRelatedField[Any](slug_field="tag__code", many=True, read_only=True)
    count = serializers.SerializerMethodField()

    def get_count(self, row: Any) -> int:
        return len(row.name)


class QuickSerializer(QuickReadMixin, PlainSerializer):
    """The same fields, read quickly."""


class CampaignWithoutOwner:
    """A campaign whose owner is gone from the database."""

    city = "Salem"

    @property
    def owner(self) -> Any:
        raise ObjectDoesNotExist


TAGS = [SimpleNamespace(tag=SimpleNamespace(code=code)) for code in ("b", "a")]
STORED_TAGS = SimpleNamespace(all=lambda: TAGS)


def make_row(**values: Any) -> SimpleNamespace:
    campaign = SimpleNamespace(owner=SimpleNamespace(name="Ada"), city="Salem")
    id = UUID("00000000-0000-4000-8000-000000000001")
    shown = {"name": "é", "day": Weekday.MONDAY, "id": id, "is_open": True, "tags": STORED_TAGS}
    return SimpleNamespace(**shown | {"campaign": campaign, "opened_at": OPENED_AT} | values)


@pytest.mark.parametrize(
    "row",
    [
        make_row(),
        make_row(name=None, day=None, id=None, is_open=None, opened_at=None),
        make_row(name="7", campaign=SimpleNamespace(owner=None, city=None)),
        make_row(campaign=None),
        make_row(campaign=CampaignWithoutOwner()),
        make_row(_prefetched_objects_cache={"tags": TAGS}),
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


def test_rows_that_are_prefetched_are_not_asked_for_again() -> None:
    row = make_row(tags=None, _prefetched_objects_cache={"tags": TAGS})

    assert QuickSerializer(row).data["tags"] == ["b", "a"]


class GreetingSerializer(QuickReadMixin):
    """A field with its context, and a serializer inside with the same."""

    name = GreetingField()
    owner = QuickSerializer(source="campaign.owner_row")


def test_each_serializer_reads_with_its_own_context() -> None:
    row = make_row(name="Ada", campaign=SimpleNamespace(owner_row=make_row(name="x")))
    hi, ho = (GreetingSerializer(row, context={"greeting": word}) for word in ("Hi", "Ho"))

    assert [hi.data["name"], ho.data["name"]] == ["Hi Ada", "Ho Ada"]
    assert hi.data["owner"]["loud"] == "X"


def test_a_field_that_is_missing_is_an_error_and_no_gap() -> None:
    row = make_row()
    del row.day

    with pytest.raises(AttributeError):
        _ = QuickSerializer(row).data
