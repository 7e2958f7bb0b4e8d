"""Refuse a JSON value of another type than its field takes. DRF would convert "true", "4", 4.0 or 5 to what fits."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class JSONType(NamedTuple):
    """A type of JSON: the types of Python that hold it, and the sentence for a value of another one."""

    held_in: tuple[type, ...]
    message: Promise


TEXT = JSONType((str,), _("This is not a text. Send one, in quotes."))
BOOLEAN = JSONType((bool,), _("This is not true or false. Send one of the two, without quotes."))
WHOLE_NUMBER = JSONType((int,), _("This is not a whole number. Send one, without quotes or a decimal point."))
NUMBER = JSONType((int, float), _("This is not a number. Send one, without quotes."))
LIST = JSONType((list,), _("This is not a list. Send one, in brackets."))

NOT_AN_OBJECT_MESSAGE = _("This is not an object. Send one, in braces.")

_TYPES_OF_FIELDS: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], JSONType], ...] = (
    (serializers.BooleanField, BOOLEAN),
    (serializers.IntegerField, WHOLE_NUMBER),
    (serializers.FloatField, NUMBER),
    (serializers.DecimalField, NUMBER),
    (serializers.MultipleChoiceField, LIST),
    (serializers.ListField, LIST),
    (serializers.ListSerializer, LIST),
    (serializers.CharField, TEXT),
    (serializers.DateField, TEXT),
    (serializers.DateTimeField, TEXT),
    (serializers.TimeField, TEXT),
    (serializers.UUIDField, TEXT),
    (serializers.SlugRelatedField, TEXT),
)
"""The type of a field, with the most special class first."""


def find_type_errors(fields: Iterable[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is wrong with the types of an object's members, by the names of their fields.

    Nested objects are left out: their own serializers judge them.
    """
    errors = {
        field.field_name: find_type_error(field, data[field.field_name]) for field in fields if field.field_name in data
    }
    return {name: error for name, error in errors.items() if error}


def find_type_error(field: Any, value: Any) -> list[Promise] | dict[int, Any]:
    """Return what is wrong with the type of a value: sentences, or errors by index for a list; empty for nothing.

    Whether null is taken is for the field to say.
    """
    expected = find_json_type(field)
    if expected is None or value is None:
        return []
    if not isinstance(value, expected.held_in) or (isinstance(value, bool) and expected is not BOOLEAN):
        return [expected.message]
    entries = [*value] if isinstance(value, list) else []
    if isinstance(field, serializers.ListField):
        errors = {index: find_type_error(field.child, entry) for index, entry in enumerate(entries)}
    elif isinstance(field, serializers.MultipleChoiceField):
        errors = {index: [] if isinstance(entry, str) else [TEXT.message] for index, entry in enumerate(entries)}
    else:
        return []
    return {index: error for index, error in errors.items() if error}


def find_json_type(field: Any) -> JSONType | None:
    """Return the type that a field takes; None for an object and for a field that takes anything."""
    if isinstance(field, serializers.ChoiceField) and not isinstance(field, serializers.MultipleChoiceField):
        return WHOLE_NUMBER if all(isinstance(choice, int) for choice in field.choices) else TEXT
    return next((expected for kind, expected in _TYPES_OF_FIELDS if isinstance(field, kind)), None)


def merge_type_errors(detail: Mapping[str, Any], type_errors: Mapping[str, Any]) -> dict[str, Any]:
    """Return the errors of a serializer with those of types, which replace others at the same place."""
    merged = dict(detail)
    for name, error in type_errors.items():
        known = merged.get(name)
        merged[name] = {**known, **error} if isinstance(known, dict) and isinstance(error, dict) else error
    return merged
