"""Serializer parts that several apps use."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.html import is_html_input

from core.api.json_types import NOT_AN_OBJECT_MESSAGE, find_type_errors, merge_type_errors
from core.api.partial_input import CannotStandIn, read_partially
from core.api.problem_details import list_field_errors
from core.date_rules import check_day, has_offset
from core.enums import Weekday
from core.errors import FieldError, HandraiserError, InputError, Invalid
from core.field_errors import is_same_or_below
from core.one_line_texts import keep_inputs_on_one_line

MAX_VERSION = 2**31 - 1
MAX_CODE_LENGTH = 50
MAX_TIME_ZONE_LENGTH = 64
MAX_SHOWN_NAME_LENGTH = 100
"""Characters of an unknown name that an answer repeats."""


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses what DRF takes silently: unknown fields, and values of another JSON type."""

    default_error_messages = {"invalid": NOT_AN_OBJECT_MESSAGE}

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; a short text takes no line breaks."""
        fields: dict[str, Any] = super().get_fields()
        keep_inputs_on_one_line(fields)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """Validate the data. Raises ValidationError, which names unknown and read-only fields with the others."""
        found: dict[str, Any] = {}
        values = None
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            found = cast(dict[str, Any], error.detail)
        if isinstance(data, Mapping) and not is_html_input(data):  # parameters of a query are texts
            found = merge_type_errors(found, find_type_errors(self._writable_fields, data))
        found = {
            **found,
            **{name[:MAX_SHOWN_NAME_LENGTH]: [_NOT_TAKEN_MESSAGE] for name in self._list_unknown_names(data)},
        }
        if found:
            raise serializers.ValidationError(found)
        return values

    def require_valid(self, judge: Callable[[], object] | None = None) -> None:
        """Read the data. Raises ValidationError, or Invalid, with everything that is wrong with it.

        When the data can be read, `judge` is not called: the action judges it. Else `judge` applies the action's rules
        to what could be read, finds what it names, and raises Invalid or NotFound. It reads `validated_data`, in which
        fields that could not be read are missing or have a stand-in. What it says of those is dropped, and what it
        writes is rolled back. Its other errors wait: they are not about the input, and the action raises them again.
        """
        if self.is_valid():
            return
        shape_error = serializers.ValidationError(self.errors)
        found = list_field_errors(shape_error)
        rule_errors = self._judge_partially(judge) if judge is not None else []
        judged = [error for error in rule_errors if not _is_about_unreadable(error, [shape.path for shape in found])]
        if judged:
            raise Invalid.combine([*found, *judged])
        raise shape_error

    def _judge_partially(self, judge: Callable[[], object]) -> Sequence[FieldError]:
        data, detail = self.initial_data, self.errors
        if not isinstance(data, Mapping) or "non_field_errors" in detail:
            return []
        try:
            self._validated_data = read_partially(self, data, detail)
            with transaction.atomic():
                judge()
                transaction.set_rollback(True)
        except InputError as error:
            return error.errors
        except (CannotStandIn, HandraiserError):
            return []
        finally:
            self._validated_data = {}
        return []

    def _list_unknown_names(self, data: Any) -> list[str]:
        writable = {name for name, field in self.fields.items() if not field.read_only}
        return sorted(set(data) - writable) if isinstance(data, Mapping) else []


_NOT_TAKEN_MESSAGE = _("This cannot be given here. Leave it out.")


def _is_about_unreadable(error: FieldError, unreadable: Sequence[str]) -> bool:
    """Return whether an error is about a field that could not be read, holds one, or was judged by one."""
    return any(
        is_same_or_below(path, other) or is_same_or_below(other, path)
        for path in (error.path, *error.reads)
        for other in unreadable
        if path
    )


def bounded_list(serializer: type[serializers.BaseSerializer[Any]], max_length: int, **options: Any) -> Any:
    """Return a field of at most `max_length` entries, each of which `serializer` reads."""
    return serializer(many=True, max_length=max_length, **options)  # type: ignore[call-arg]


class EmptyBody(StrictSerializer):
    """The body of a request that takes no data."""

    @classmethod
    def require_empty(cls, request: Request) -> None:
        """Raise ValidationError when the request has data."""
        cls(data=request.data).require_valid()


class DayField(serializers.DateField):
    """A date that can be stored; what else it must be is the action's to judge."""

    def to_internal_value(self, value: Any) -> date:
        """Return the date of a text like 2026-11-03. Raises ValidationError, also for ISO 8601's other forms."""
        if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        try:
            check_day(day, "")
        except Invalid as error:
            raise serializers.ValidationError(error.message) from error
        return day


class MomentField(serializers.DateTimeField):
    """A moment: a date, a time, and the offset of its clock. Without the offset it would be another one elsewhere."""

    default_error_messages = {
        "no_offset": _("This time has no offset. Write it like 2026-11-03T19:00:00Z or 2026-11-03T19:00:00-05:00.")
    }

    def to_internal_value(self, value: Any) -> datetime:
        """Return the moment in UTC. Raises ValidationError, also for one without an offset, or out of range."""
        if isinstance(value, str) and not has_offset(value):
            super().to_internal_value(value)
            self.fail("no_offset")
        try:
            moment = super().to_internal_value(value).astimezone(UTC)
        except OverflowError:
            self.fail("overflow")
        try:
            check_day(moment.date(), "")
        except Invalid as error:
            raise serializers.ValidationError(error.message) from error
        return moment


class ChoiceListField(serializers.MultipleChoiceField):
    """Several of the choices, each at most once."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the choices. Raises ValidationError."""
        if isinstance(data, list) and len(data) > len(self.choices):
            message = _("These are too many. Give %(limit)s at most.")
            raise serializers.ValidationError(message % {"limit": len(self.choices)})
        if not isinstance(data, list):
            return super().to_internal_value(data)
        return self._read_choices(data)

    def _read_choices(self, data: list[Any]) -> set[Any]:
        """Return the choices. Raises ValidationError with each wrong one at its index."""
        chosen: set[Any] = set()
        errors: dict[Any, Any] = {}
        for index, value in enumerate(data):
            try:
                chosen.add(serializers.ChoiceField.to_internal_value(self, value))
            except serializers.ValidationError as error:
                errors[index] = error.detail
        if errors:
            raise serializers.ValidationError(errors)
        return chosen


@extend_schema_field({"type": "boolean", "const": True})
class TrueField(serializers.BooleanField):
    """A statement that has to be true. The action refuses false, with a sentence of its own."""


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


CLOCK_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


@extend_schema_field({"type": "string", "pattern": CLOCK_PATTERN, "maxLength": 5, "example": "19:00"})
class ClockField(serializers.TimeField):
    """A time on a wall clock, to the minute; it belongs to no date, so it has no offset."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"])

    def to_internal_value(self, value: Any) -> time:
        """Return the time. Raises ValidationError, also for an hour of one digit, which the document refuses."""
        if isinstance(value, str) and not re.fullmatch(CLOCK_PATTERN, value):
            self.fail("invalid", format="hh:mm")
        return super().to_internal_value(value)


# In browsers `Window` is a name of its own, which a generated client would have to write around.
@extend_schema_serializer(component_name="WeeklyWindow")
class WindowSerializer(StrictSerializer):
    """A stretch of every week on a wall clock; an end before the start is on the next day."""

    whole_stand_in = {"weekday": Weekday.MONDAY.value, "starts": time(0), "ends": time(1)}

    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="0 is Monday.")
    starts = ClockField()
    ends = ClockField()

    def validate(self, attrs: Any) -> Any:
        """Return the window. Raises ValidationError, naming the end, when it could be empty or a whole day."""
        if attrs["starts"] == attrs["ends"]:
            message = _("A window cannot end when it starts. Give another end, and two windows for a whole day.")
            raise serializers.ValidationError({"ends": [message]})
        return attrs


def render_windows(windows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return weekly windows as `WindowSerializer` shows them, without its cost: lists of requests hold hundreds."""
    return [
        {"weekday": window.weekday, "starts": f"{window.starts:%H:%M}", "ends": f"{window.ends:%H:%M}"}
        for window in windows
    ]


def render_nested(
    parent: serializers.BaseSerializer[Any], nested: type[serializers.BaseSerializer[Any]], instance: Any
) -> Any:
    """Return what the serializer `nested` shows of an object, in the context of `parent`.

    A parent makes one of each and uses it for all rows of a list: making its fields takes longer than using them.
    """
    made: dict[type, serializers.BaseSerializer[Any]] = parent.__dict__.setdefault("nested_serializers", {})
    if nested not in made:
        made[nested] = nested(context=parent.context)
    return made[nested].to_representation(instance)


class VersionField(serializers.IntegerField):
    """A version that the caller has read."""

    def __init__(self, help_text: str | None = None) -> None:
        super().__init__(required=False, min_value=1, max_value=MAX_VERSION, help_text=help_text)


class VersionInput(StrictSerializer):
    """The version that the caller has read; a stale one is refused."""

    version = VersionField()
