"""Steps that finish the API's document: labels of enums for generators, bounds of numbers, shapes that may overlap."""

import re
from typing import Any

from core.api.openapi_components import is_named_shape

ENUM_LINE = re.compile(r"^\* `(?P<value>.*?)` - (?P<label>.*)$", re.MULTILINE)

NULL_COMPONENT = "NullEnum"


def label_enum_values(result: Any, **_about: Any) -> Any:
    """Give each enum component the labels of its values, in their order, as generators read them.

    drf-spectacular writes them into the description, for people, and leaves them in the fields that refer to it.
    """
    for shape in result["components"]["schemas"].values():
        labels = dict(ENUM_LINE.findall(shape.get("description", ""))) if "enum" in shape else {}
        if labels:
            shape["x-enum-descriptions"] = [labels[str(value)] for value in shape["enum"]]
        for field in shape.get("properties", {}).values():
            if "description" in field:
                field["description"] = field["description"].partition("\n\n* `")[0]
    return result


def inline_null(result: Any, **_about: Any) -> Any:
    """Write null where it is allowed, instead of a component for it, which generators would give a name."""
    schemas = result["components"]["schemas"]
    if schemas.pop(NULL_COMPONENT, None) is not None:
        for shape in schemas.values():
            for field in shape.get("properties", {}).values():
                for way in ("oneOf", "anyOf"):
                    if {"$ref": f"#/components/schemas/{NULL_COMPONENT}"} in field.get(way, ()):
                        field[way] = [*field[way][:-1], {"type": "null"}]
    return result


def drop_directions(result: Any, **_about: Any) -> Any:
    """Drop what says that a field is only read or only written, or has a default, with the wrapping that it needed.

    What is read and what is written have components of their own, so a generator would make a third one of each. And a
    field with a default would be one that always has to be sent: its description says what leaving it out means.
    """
    for shape in result["components"]["schemas"].values():
        for field in shape.get("properties", {}).values():
            field.pop("readOnly", None)
            field.pop("writeOnly", None)
            field.pop("default", None)
            if len(field.get("allOf", ())) == 1:
                field.update(field.pop("allOf")[0])
    return result


def let_shapes_overlap(result: Any, **_about: Any) -> Any:
    """Turn `oneOf` into `anyOf` where no property tells the shapes apart.

    Answers may have further fields, so an answer of the first shape, which has more, fits the second as well. And to
    who does not check formats, an empty text is an address.
    """
    for component in result["components"]["schemas"].values():
        for shape in (component, *component.get("properties", {}).values()):
            if "oneOf" in shape and "discriminator" not in shape:
                shape["anyOf"] = shape.pop("oneOf")
    return result


def bound_numbers(result: Any, **_about: Any) -> Any:
    """Give each whole number of an answer the bounds that it has where it is sent; a count is never below zero.

    A count of an answer may be a sum, so it has no upper bound. Bounds that differ are taken as wide as the widest; an
    answer may have a higher minimum of its own.
    """
    schemas = result["components"]["schemas"]
    sent: dict[str, list[dict[str, Any]]] = {}
    for shape in schemas.values():
        for name, field in shape.get("properties", {}).items() if shape.get("additionalProperties") is False else ():
            if field.get("type") == "integer":
                sent.setdefault(name, []).append(field)
    for component, shape in schemas.items():
        for name, field in shape.get("properties", {}).items() if not is_named_shape(component) else ():
            if shape.get("additionalProperties") is False or not _is_integer(field):
                continue
            if name.endswith("count"):
                field.setdefault("minimum", 0)
            elif name in sent:
                least = min(written["minimum"] for written in sent[name])
                field["minimum"] = max(least, field.get("minimum", least))
                field["maximum"] = max(written["maximum"] for written in sent[name])
    return result


LANGUAGE_PARAMETER = {
    "in": "header",
    "name": "Accept-Language",
    "description": "The languages of labels, names and sentences, the best one first, as in `es-MX,es;q=0.9`: those of "
    "`interface_languages` of the vocabulary are offered. `Content-Language` of the answer says which it is. Left "
    "out: English.",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
}
REQUEST_ID_HEADER = {
    "description": "The id of the request, as our logs have it. Show it with an error that the user cannot mend.",
    "required": True,
    "schema": {"type": "string"},
}


def add_common_headers(result: Any, **_about: Any) -> Any:
    """Add what each operation takes and each answer has: the language, and the id of the request."""
    answers = list(result["components"]["responses"].values())
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [*operation.get("parameters", ()), dict(LANGUAGE_PARAMETER)]
            answers += [answer for answer in operation["responses"].values() if "$ref" not in answer]
    for answer in answers:
        answer.setdefault("headers", {})["X-Request-Id"] = REQUEST_ID_HEADER
    return result


def _is_integer(field: dict[str, Any]) -> bool:
    return field.get("type") in ("integer", ["integer", "null"])
