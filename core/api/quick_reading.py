"""Read the plain fields of a serializer without the steps that DRF takes for each value of each row."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import cached_property
from rest_framework import serializers
from rest_framework.fields import SkipField, empty
from rest_framework.relations import ManyRelatedField

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
        return _read_attribute(field) or _read_slugs(field) or _read_as_usual(field)


@cache
def _list_fields(serializer: type[QuickReadMixin]) -> list[AnyField]:
    """Return what a serializer shows. Its fields are made once: to make them takes longer than to read some rows."""
    return list(serializer()._readable_fields)


def _read_attribute(field: AnyField) -> Reader | None:
    """Return a reader of the attribute that a field names; None where the field finds its value in another way."""
    path = str(field.source)
    if path == "*" or type(field).get_attribute is not serializers.Field.get_attribute:
        return None
    get, convert = attrgetter(path), _CONVERSIONS.get(type(field), field.to_representation)

    def read(instance: Any) -> Any:
        value = get(instance)
        return None if value is None else convert(value)

    may_end_early = "." in path and (field.allow_null or field.default is not empty)
    return _read_to_the_end(read, _read_as_usual(field)) if may_end_early else read


def _read_to_the_end(read: Reader, read_as_usual: Reader) -> Reader:
    """Return a reader of a path that may end early, where DRF falls back to the default."""

    def read_either(instance: Any) -> Any:
        try:
            return read(instance)
        except (AttributeError, ObjectDoesNotExist):
            return read_as_usual(instance)

    return read_either


def _read_slugs(field: AnyField) -> Reader | None:
    """Return a reader of the slugs of related rows; None for a field that shows something else.

    Rows that are prefetched are read where they lie: to make a manager for each row takes longer than to read them.
    """
    child = getattr(field, "child_relation", None)
    name = str(field.source)
    if type(field) is not ManyRelatedField or type(child) is not serializers.SlugRelatedField or "." in name:
        return None
    find_slug, read_as_usual = attrgetter(child.slug_field.replace("__", ".")), _read_as_usual(field)

    def read(instance: Any) -> Any:
        rows = getattr(instance, "_prefetched_objects_cache", {}).get(name)
        return read_as_usual(instance) if rows is None else [find_slug(row) for row in rows]

    return read


def _read_as_usual(field: AnyField) -> Reader:
    def read(instance: Any) -> Any:
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)

    return read
