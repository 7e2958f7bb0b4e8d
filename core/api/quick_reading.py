"""Read the plain fields of a serializer without the steps that DRF takes for each value of each row."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from operator import attrgetter
from typing import Any

from django.utils.functional import cached_property
from rest_framework import serializers
from rest_framework.fields import SkipField, empty

_CONVERSIONS: dict[type, Callable[[Any], Any]] = {
    serializers.CharField: str,
    serializers.IntegerField: int,
    serializers.BooleanField: bool,
    serializers.UUIDField: str,
}
"""What these fields make of a value. Subclasses are left out: they may show another value, or record an access."""
_INDEPENDENT = (*_CONVERSIONS, serializers.ChoiceField, serializers.DateField, serializers.DateTimeField)
"""The fields that show a value without asking the serializer that they belong to."""

AnyField = serializers.Field[Any, Any, Any, Any]
Reader = Callable[[Any], Any]


class QuickReadMixin(serializers.Serializer[Any]):
    """Shows the same as DRF. A page of requests has thousands of values, and most of them are plain attributes."""

    def to_representation(self, instance: Any) -> Any:
        """Return the values of an object by field."""
        shown: dict[str, Any] = {}
        for name, read in self._readers:
            try:
                shown[name] = read(instance)
            except SkipField:
                continue
        return shown

    @cached_property
    def _readers(self) -> list[tuple[str, Reader]]:
        return [(str(field.field_name), self._make_reader(field)) for field in _list_fields(type(self))]

    def _make_reader(self, field: AnyField) -> Reader:
        if isinstance(field, serializers.SerializerMethodField):
            return getattr(self, str(field.method_name))  # type: ignore[no-any-return]
        if type(field) not in _INDEPENDENT:
            name, field = str(field.field_name), deepcopy(field)
            field.bind(name, self)
        return _read_attribute(field) or _read_as_usual(field)


@cache
def _list_fields(serializer: type[QuickReadMixin]) -> list[AnyField]:
    """Return what a serializer shows. Its fields are made once: to make them takes longer than to read some rows."""
    return list(serializer()._readable_fields)


def _read_attribute(field: AnyField) -> Reader | None:
    """Return a reader of the attribute that a field names; None where the field finds its value in another way."""
    path = str(field.source)
    # A path that may end early needs DRF's way: it falls back to the default.
    ends_early = "." in path and (field.allow_null or field.default is not empty)
    if ends_early or path == "*" or type(field).get_attribute is not serializers.Field.get_attribute:
        return None
    get, convert = attrgetter(path), _CONVERSIONS.get(type(field), field.to_representation)

    def read(instance: Any) -> Any:
        value = get(instance)
        return None if value is None else convert(value)

    return read


def _read_as_usual(field: AnyField) -> Reader:
    def read(instance: Any) -> Any:
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)

    return read
