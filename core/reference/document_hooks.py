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
        choices = enums[find_enum_name(name)].choices
        lines = [f"* `{value}` - {label}" for value, label in choices]
        schemas[name] = {
            "type": "string",
            "enum": [value for value, _label in choices],
            "description": "\n".join(lines),
        }
    return result


def label_with_vocabulary(result: Any, **_about: Any) -> Any:
    """Give each enum component the labels that its values have in the vocabulary."""
    enums = list_vocabulary_enums()
    for name, shape in result["components"]["schemas"].items():
        enum = enums.get(find_enum_name(name)) if "enum" in shape else None
        if enum is not None:
            labels = dict(enum.choices)
            shape["description"] = "\n".join(f"* `{value}` - {labels[value]}" for value in shape["enum"])
    return result


def find_enum_name(component: str) -> str:
    """Return the name in the vocabulary of a component: `end_reason` for `EndReasonEnum`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", component.removesuffix("Enum")).lower()


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
