"""Read the plain fields of a serializer without the steps that DRF takes for each value of each row."""

from collections.abc import Callable
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
        return [(str(field.field_name), _make_reader(field)) for field in self._readable_fields]


def _make_reader(field: serializers.Field[Any, Any, Any, Any]) -> Reader:
    # A path that may end early needs DRF's way: it falls back to the default.
    path = str(field.source)
    ends_early = "." in path and (field.allow_null or field.default is not empty)
    is_attribute = path != "*" and type(field).get_attribute is serializers.Field.get_attribute
    if is_attribute and not ends_early:
        return _make_plain_reader(attrgetter(path), _CONVERSIONS.get(type(field), field.to_representation))
    if isinstance(field, serializers.SerializerMethodField):
        return getattr(field.parent, str(field.method_name))  # type: ignore[no-any-return]

    def read(instance: Any) -> Any:
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)

    return read


def _make_plain_reader(get: Reader, convert: Callable[[Any], Any]) -> Reader:
    def read(instance: Any) -> Any:
        value = get(instance)
        return None if value is None else convert(value)

    return read
