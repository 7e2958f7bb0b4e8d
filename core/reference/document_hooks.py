"""A step that finishes the API's document: the enumerations of the vocabulary that only parts of a field refer to."""

import re
from collections.abc import Iterator
from typing import Any

from core.reference.vocabulary import list_vocabulary_enums

SCHEMAS = "#/components/schemas/"


def add_vocabulary_enums(result: Any, **_about: Any) -> Any:
    """Add each enum component that is referred to and missing, from the vocabulary: `EndReasonEnum` is `end_reason`."""
    schemas = result["components"]["schemas"]
    enums = list_vocabulary_enums()
    for name in sorted(set(_list_references(schemas)) - schemas.keys()):
        choices = enums[re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.removesuffix("Enum")).lower()].choices
        lines = [f"* `{value}` - {label}" for value, label in choices]
        schemas[name] = {
            "type": "string",
            "enum": [value for value, _label in choices],
            "description": "\n".join(lines),
        }
    return result


def _list_references(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        reference = shape.get("$ref")
        if isinstance(reference, str) and reference.startswith(SCHEMAS):
            yield reference.removeprefix(SCHEMAS)
        for nested in shape.values():
            yield from _list_references(nested)
    elif isinstance(shape, list):
        for nested in shape:
            yield from _list_references(nested)
