"""Serializer parts that several apps use."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from core.date_rules import check_day
from core.enums import Weekday
from core.errors import Invalid

MAX_VERSION = 2**31 - 1
MAX_CODE_LENGTH = 50
MAX_TIME_ZONE_LENGTH = 64
MAX_EMAIL_LENGTH = 254
MAX_SHOWN_NAME_LENGTH = 100
"""Characters of an unknown name that an answer repeats."""


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses unknown fields, which DRF would silently ignore."""

    def to_internal_value(self, data: Any) -> Any:
        """Validate the data. Raises ValidationError, which names each unknown or read-only field."""
        writable = {name for name, field in self.fields.items() if not field.read_only}
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - writable)):
            message = _("This cannot be given here. Leave it out.")
            raise serializers.ValidationError({name[:MAX_SHOWN_NAME_LENGTH]: [message] for name in unknown})
        return super().to_internal_value(data)


def bounded_list(serializer: type[serializers.BaseSerializer[Any]], max_length: int, **options: Any) -> Any:
    """Return a field of at most `max_length` entries, each of which `serializer` reads."""
    return serializer(many=True, max_length=max_length, **options)  # type: ignore[call-arg]


class EmptyBody(StrictSerializer):
    """The body of a request that takes no data."""

    @classmethod
    def require_empty(cls, request: Request) -> None:
        """Raise ValidationError when the request has data."""
        cls(data=request.data).is_valid(raise_exception=True)


class DayField(serializers.DateField):
    """A date that can be stored; what else it must be is the action's to judge."""

    def to_internal_value(self, value: Any) -> date:
        """Return the date. Raises ValidationError."""
        day = super().to_internal_value(value)
        try:
            check_day(day, "")
        except Invalid as error:
            raise serializers.ValidationError(error.message) from error
        return day


class ChoiceListField(serializers.MultipleChoiceField):
    """Several of the choices, each at most once."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the choices. Raises ValidationError."""
        if isinstance(data, list) and len(data) > len(self.choices):
            message = _("These are too many. Give %(limit)s at most.")
            raise serializers.ValidationError(message % {"limit": len(self.choices)})
        return super().to_internal_value(data)


class OptionalChoiceField(serializers.ChoiceField):
    """A choice that may be missing: the API says null for it, and rows and actions hold an empty text."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices=[choice for choice in choices if choice[0] != ""], allow_null=True, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Return the choice, or an empty text for null. Raises ValidationError."""
        value = super().run_validation(data)
        return "" if value is None else value

    def to_representation(self, value: Any) -> Any:
        """Return the choice, or None for an empty text."""
        return super().to_representation(value) or None


@extend_schema_field(
    {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "maxLength": 5, "example": "19:00"}
)
class ClockField(serializers.TimeField):
    """A time on a wall clock, to the minute; it belongs to no date, so it has no offset."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"])


class WindowSerializer(StrictSerializer):
    """A stretch of every week on a wall clock; an end at or before the start is on the next day."""

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = ClockField()
    ends = ClockField()


class VersionField(serializers.IntegerField):
    """A version that the caller has read."""

    def __init__(self, help_text: str | None = None) -> None:
        super().__init__(required=False, min_value=1, max_value=MAX_VERSION, help_text=help_text)


class VersionInput(StrictSerializer):
    """The version that the caller has read; a stale one is refused."""

    version = VersionField()
