"""Examples for the API's description: one value for every field, put together by each operation's shape.

They are made and not written, so that none is forgotten and none is out of date; a test checks each against its shape.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from core.api.answer_examples import finish_example
from core.api.field_examples import FIELD_EXAMPLES, SITE
from core.api.operation_ids import to_pascal_case

JSON_MEDIA_TYPE = "application/json"
NOT_GIVEN = object()
ROWS_OF_LONG_LIST = 72
"""How many rows a list with pages has in examples, more than stand on its page."""

FORMAT_EXAMPLES: dict[str, Any] = {
    "date": "2026-03-09",
    "date-time": "2026-03-02T12:00:00Z",
    "time": "19:00",
    "email": "alex@example.org",
    "uri": f"{SITE}/",
}
RESOURCES = {
    "Profile": "volunteer",
    "ProfileInputRequest": "volunteer",
    "RoleDetail": "role",
    "MyMatch": "match",
    "Placement": "match",
    "ReviewedProblemReport": "ProblemReport",
    "NewPersonalToken": "PersonalToken",
}
"""By component: the resource of whose id its own is, where that has another name."""

PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}
TYPE_EXAMPLES: dict[str, Any] = {
    "string": "text",
    "integer": 1,
    "number": 1.0,
    "boolean": False,
    "null": None,
    "object": {},
}


def add_examples(result: Any, **_about: Any) -> Any:
    """Add an example to every body of the document that has none."""
    schemas = result["components"]["schemas"]
    for path, operation, content, is_sent in _json_bodies(result):
        if "example" not in content and not content.get("examples"):
            content["example"] = build_example(content["schema"], schemas)
            if is_sent:
                continue
            content["example"] = finish_example(operation["operationId"], content["example"], _find_sent(operation))
            if _is_page(content["example"]):
                has_pages = any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ()))
                content["example"] |= {
                    "next": _page_address(path) if has_pages else None,
                    "previous": None,
                    "count": ROWS_OF_LONG_LIST if has_pages else len(content["example"]["results"]),
                }
    return result


def _find_sent(operation: Any) -> Any:
    """Return an example of the body of an operation, which comes before those of its answers; None without one."""
    content = operation.get("requestBody", {}).get("content", {}).get(JSON_MEDIA_TYPE, {})
    named = [example["value"] for example in content.get("examples", {}).values()]
    return content.get("example", named[-1] if named else None)


def _is_page(example: Any) -> bool:
    return isinstance(example, dict) and {"next", "previous", "results"} <= example.keys()


def _page_address(path: str) -> str:
    return f"{SITE}{path.replace('{id}', _example_id('id'))}?cursor=WzFd"


def _json_bodies(result: Any) -> Iterator[tuple[str, Any, Any, bool]]:
    """Yield each body with its path, its operation, and whether it is sent; what is sent comes before the answers."""
    for path, operations in result["paths"].items():
        for operation in operations.values():
            answers = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
            sent = operation.get("requestBody", {})
            for body in (sent, *answers):
                if JSON_MEDIA_TYPE in body.get("content", {}):
                    yield path, operation, body["content"][JSON_MEDIA_TYPE], body is sent


def build_example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", owner: str = "") -> Any:
    """Return a value of this shape.

    `name` is the name of the field and `owner` that of its component; `schemas` are the components.
    """
    if "$ref" in schema:
        component = schema["$ref"].rsplit("/", 1)[1]
        is_object = "properties" in schemas[component]
        return build_example(schemas[component], schemas, name, component if is_object else owner)
    given = _find_field_example(name, owner)
    if given is None and _may_be_null(schema):
        return None
    for way in ("allOf", "oneOf", "anyOf"):
        if way in schema:
            return build_example(schema[way][0], schemas, name, owner)
    if "enum" in schema:
        return given if given in schema["enum"] else schema["enum"][0]
    kind = _json_type(schema)
    if (
        isinstance(given, PYTHON_TYPES.get(kind, object))
        and isinstance(given, bool) == (kind == "boolean")
        and _fits_schema(schema, kind, given)
    ):
        return given
    if kind == "array" and owner == "Enums" and f"{to_pascal_case(name)}Enum" in schemas:
        return [_build_enum_example(schemas[f"{to_pascal_case(name)}Enum"])]
    if kind == "array":
        return [build_example(schema["items"], schemas, name, owner)][: schema.get("maxItems", 1)]
    if kind == "object" and "properties" in schema:
        return {field: build_example(shape, schemas, field, owner) for field, shape in schema["properties"].items()}
    if schema.get("format") == "uuid":
        return _example_id(RESOURCES.get(owner, owner) if name == "id" else name)
    if schema.get("format") in FORMAT_EXAMPLES:
        return FORMAT_EXAMPLES[schema["format"]]
    return max(TYPE_EXAMPLES[kind], schema.get("minimum", 1)) if kind == "integer" else TYPE_EXAMPLES[kind]


def _build_enum_example(enum: dict[str, Any]) -> dict[str, Any]:
    return {"value": enum["enum"][0], "label": enum["x-enum-descriptions"][0]}


def _find_field_example(name: str, owner: str) -> Any:
    serializer = owner.removeprefix("Patched").removesuffix("Request")
    keys = (f"{owner}.{name}", f"{serializer}.{name}", name)
    return next((FIELD_EXAMPLES[key] for key in keys if key in FIELD_EXAMPLES), NOT_GIVEN)


def _may_be_null(schema: dict[str, Any]) -> bool:
    shapes = [schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return any(shape.get("type") == "null" or "null" in _list_types(shape) for shape in shapes)


def _list_types(schema: dict[str, Any]) -> list[str]:
    kind = schema.get("type", [])
    return kind if isinstance(kind, list) else [kind]


def _example_id(resource: str) -> str:
    return str(uuid5(NAMESPACE_URL, resource.lower()))


def _json_type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    return str(kind[0] if isinstance(kind, list) else kind)


def _fits_schema(schema: dict[str, Any], kind: str, given: Any) -> bool:
    if kind == "array":
        return given == [] or (
            _json_type(schema["items"]) == "string" and "enum" not in schema["items"] and "$ref" not in schema["items"]
        )
    if kind == "object":
        return set(given) <= set(schema.get("properties", given))
    if kind == "boolean":
        return True
    if kind == "string" and schema.get("format") in ("date", "date-time"):
        return len(given) == len(FORMAT_EXAMPLES[schema["format"]])
    if kind == "string":
        return len(given) <= schema.get("maxLength", len(given)) and schema.get("format") in (None, "email", "uri")
    return bool(schema.get("minimum", given) <= given <= schema.get("maximum", given))
