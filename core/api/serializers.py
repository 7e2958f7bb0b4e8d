"""Serializer parts that several apps use."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from core.enums import Weekday


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses unknown fields, which DRF would silently ignore."""

    def to_internal_value(self, data: Any) -> Any:
        """Validate the data. Raises ValidationError, which names each unknown or read-only field."""
        writable = {name for name, field in self.fields.items() if not field.read_only}
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - writable)):
            message = _("This cannot be given here. Leave it out.")
            raise serializers.ValidationError({name: [message] for name in unknown})
        return super().to_internal_value(data)


class EmptyBody(StrictSerializer):
    """The body of a request that takes no data."""

    @classmethod
    def require_empty(cls, request: Request) -> None:
        """Raise ValidationError when the request has data."""
        cls(data=request.data).is_valid(raise_exception=True)


@extend_schema_field({"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "19:00"})
class ClockField(serializers.TimeField):
    """A time on a wall clock, to the minute; it belongs to no date, so it has no offset."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"])


class WindowSerializer(StrictSerializer):
    """A stretch of every week on a wall clock; an end at or before the start is on the next day."""

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = ClockField()
    ends = ClockField()


class VersionInput(StrictSerializer):
    """The version that the caller has read; a stale one is refused."""

    version = serializers.IntegerField(required=False, min_value=1)
