"""Read what can be read of an input that has errors, so that the rules can judge the rest of it.

A field that cannot be read is left out where it may be, and else replaced by a value of its type: a *stand-in*. So the
input can be built, and errors about the stand-ins are dropped: see `StrictSerializer.require_valid`.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from rest_framework import serializers

from core.date_rules import FIRST_DAY


class CannotStandIn(Exception):
    """There is no stand-in for a field of this type."""


def read_partially(serializer: serializers.Serializer[Any], data: Mapping[str, Any], detail: Any) -> dict[str, Any]:
    """Return what the serializer reads of `data`, of which `detail` holds the errors by field, with stand-ins.

    Raises CannotStandIn.
    """
    values: dict[str, Any] = {}
    for field in serializer._writable_fields:
        name = str(field.field_name)
        if name not in detail:
            try:
                value = field.run_validation(field.get_value(data))
            except serializers.SkipField:
                continue
        elif not field.required and not _is_readable_inside(field, data.get(name), detail[name]):
            continue
        else:
            value = _read_field(field, data.get(name), detail[name])
        serializer.set_value(values, field.source_attrs, value)
    return values


def _is_readable_inside(field: Any, data: Any, detail: Any) -> bool:
    """Return whether only parts of the field have errors."""
    if isinstance(field, serializers.Serializer):
        return isinstance(data, Mapping) and isinstance(detail, dict) and not {"non_field_errors"} & detail.keys()
    has_child = hasattr(field, "child")  # a list of choices is read whole
    return (
        has_child
        and isinstance(data, list)
        and isinstance(detail, dict)
        and all(isinstance(index, int) for index in detail)
    )


def _read_field(field: Any, data: Any, detail: Any) -> Any:
    if not _is_readable_inside(field, data, detail):
        return build_stand_in(field)
    if isinstance(field, serializers.Serializer):
        return getattr(field, "whole_stand_in", None) or read_partially(field, data, detail)
    # Every entry keeps its place, since an error names it by its index.
    return [
        _read_field(field.child, entry, detail[index]) if index in detail else field.child.run_validation(entry)
        for index, entry in enumerate(data)
    ]


_STAND_INS: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], Callable[[Any], Any]], ...] = (
    (serializers.BooleanField, lambda field: True),
    (serializers.IntegerField, lambda field: field.min_value or 0),
    (serializers.MultipleChoiceField, lambda field: set()),
    (serializers.ChoiceField, lambda field: next(iter(field.choices))),
    (serializers.DateField, lambda field: FIRST_DAY),
    (serializers.DateTimeField, lambda field: datetime.combine(FIRST_DAY, time(0), UTC)),
    (serializers.TimeField, lambda field: time(0)),
    (serializers.UUIDField, lambda field: UUID(int=0)),
    (serializers.CharField, lambda field: ""),
    (serializers.ListField, lambda field: []),
    (serializers.ListSerializer, lambda field: []),
    (serializers.Serializer, lambda field: getattr(field, "whole_stand_in", None) or _build_whole(field)),
)


def build_stand_in(field: Any) -> Any:
    """Return a value of the field's type. Raises CannotStandIn."""
    for kind, build in _STAND_INS:
        if isinstance(field, kind):
            return build(field)
    raise CannotStandIn(type(field).__name__)


def _build_whole(serializer: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in serializer._writable_fields:
        if field.required:
            serializer.set_value(values, field.source_attrs, build_stand_in(field))
    return values
