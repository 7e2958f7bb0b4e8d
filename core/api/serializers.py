"""Serializer parts that several apps use."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from core.enums import Weekday


class StrictSerializer(serializers.Serializer[Any]):
    """Takes nothing but its fields: what would be left out without a word is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError for what is none of the fields that can be given."""
        given = {name for name, field in self.fields.items() if not field.read_only}
        if isinstance(data, Mapping) and (others := sorted(set(data) - given)):
            told = _("This cannot be given here. Leave it out.")
            raise serializers.ValidationError({name: [told] for name in others})
        return super().to_internal_value(data)


class EmptyBody(StrictSerializer):
    """Nothing is to be sent with it."""

    @classmethod
    def require_empty(cls, request: Request) -> None:
        """Raises ValidationError when something was sent all the same."""
        cls(data=request.data).is_valid(raise_exception=True)


@extend_schema_field({"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "19:00"})
class ClockField(serializers.TimeField):
    """A time of a wall clock, to the minute: it belongs to no date, so it has no offset."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"])


class WindowSerializer(StrictSerializer):
    """A stretch of every week on a wall clock; an end at or before the start is on the next day."""

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = ClockField()
    ends = ClockField()


class VersionInput(StrictSerializer):
    """The version that was looked at; a stale one is refused."""

    version = serializers.IntegerField(required=False, min_value=1)
