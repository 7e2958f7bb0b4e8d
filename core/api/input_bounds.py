"""The bound of each field that the API takes, read from its description."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from drf_spectacular.generators import SchemaGenerator

from core.date_rules import FIRST_DAY, LAST_DAY

QUERY = "query"


class InputBound(NamedTuple):
    """A field with its bound in words. `place` is the body's component, or `query`."""

    place: str
    field: str
    bound: str


def list_input_bounds() -> list[InputBound]:
    """Return the bounds of all bodies and queries, sorted. Fields with a fixed set of values have none to tell."""
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    schemas = document["components"]["schemas"]
    bounds: set[InputBound] = set()
    waiting: list[str] = []
    for operations in document["paths"].values():
        for operation in operations.values():
            bounds |= {
                InputBound(QUERY, parameter["name"], bound)
                for parameter in operation.get("parameters", ())
                if parameter["in"] == QUERY and (bound := describe_bound(parameter["schema"]))
            }
            waiting += _find_components(operation.get("requestBody", {}))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            fields = schemas[name].get("properties", {})
            waiting += _find_components(fields)
            bounds |= {
                InputBound(name, field, bound)
                for field, shape in fields.items()
                if not shape.get("readOnly") and (bound := describe_bound(shape))
            }
    return sorted(bounds)


def describe_bound(shape: dict[str, Any]) -> str:
    """Return the bound of a field in words; "" for one with a fixed set of values."""
    for way in ("allOf", "oneOf", "anyOf"):
        if way in shape:
            return describe_bound(shape[way][0])
    if shape.get("type") == "array":
        entry = describe_bound(shape["items"])
        return f"{shape['maxItems']:,} entries" + (f", each {entry}" if entry else "")
    if "enum" in shape:
        return ""
    if "maxLength" in shape:
        return f"{shape['maxLength']:,} characters"
    if "maximum" in shape:
        return f"{shape['minimum']:,} to {shape['maximum']:,}"
    if shape.get("format") in ("date", "date-time"):
        return f"{FIRST_DAY} to {LAST_DAY}"
    return ""


def _find_components(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        for name, inner in shape.items():
            if name == "$ref":
                yield str(inner).rsplit("/", 1)[1]
            else:
                yield from _find_components(inner)
    elif isinstance(shape, list):
        for inner in shape:
            yield from _find_components(inner)
