"""Examples for the API's description: one value for every field, put together by each operation's shape.

They are made and not written, so that none is forgotten and none is out of date; a test checks each against its shape.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

JSON_MEDIA_TYPE = "application/json"

FIELD_EXAMPLES: dict[str, Any] = {
    "aliases": ["Figma", "wireframes"],
    "address": "https://handraiser.example/calendar/a-secret/",
    "answer_due_at": "2026-03-04T19:00:00Z",
    "band": "5-9",
    "brief": "The old site is down; passwords come by phone.",
    "campaign_name": "Doe for Senate",
    "candidate": "Kim Doe",
    "channel": "The group chat that the manager opens",
    "code": "web-site",
    "item_code": "employer",
    "completed": "1-4",
    "contact": "alex@example.org",
    "contest": "State Senate, district 5",
    "description": "Pages that people see.",
    "detail": "It waits to be looked at.",
    "input_digest": "9f2c4e",
    "district": "5",
    "email": "alex@example.org",
    "error": "",
    "examples": ["Figma"],
    "first_name": "Alex",
    "gap": 0.0004,
    "max_hours_per_week": 4,
    "hours_per_week": 4,
    "hours_in_common": 6.5,
    "jurisdiction": "US-WA",
    "kind": "offered",
    "language": "en",
    "languages": ["en", "es"],
    "last_name": "Roe",
    "level": 4,
    "my_contact": "alex@example.org",
    "name": "Front end",
    "out_of_scope": "Print.",
    "note": "I have done two of these.",
    "number": 1,
    "office": "State Senate",
    "outcome": "Both were called; it was a misunderstanding.",
    "owner": "kim@example.org",
    "parties": ["independent"],
    "score_parts": {"priority": 300, "level": 120, "turn": 40},
    "party": "independent",
    "place": "US-WA",
    "jurisdictions": ["US-WA"],
    "playbook": "web-site",
    "supply_estimate_url": "/api/v1/requests/supply-estimate",
    "reach": "The campaign office's telephone",
    "reason": "They asked for each other.",
    "role": "Front end",
    "scope": "A site with five pages.",
    "seat_count": 2,
    "since": "Since this morning",
    "skill": "front-end",
    "skills": [{"skill": "front-end", "level": 4}],
    "stage": "solve",
    "stage_seconds": {"snapshot": 0.7, "graph": 0.5, "solve": 0.3},
    "subject": "Something waits for your answer",
    "summary": "A small site with five pages.",
    "text": "Shall we speak on Tuesday?",
    "time_zone": "America/New_York",
    "title": "Website",
    "token": "the-end-of-the-link",
    "explanation": "Front end at level 4, and six hours a week in common.",
    "starts": "19:00",
    "ends": "20:30",
    "new_value": 2,
    "word": "Beekeeping",
    "points_added": 320,
}
"""By a field's name; taken where they fit its type."""

FORMAT_EXAMPLES: dict[str, Any] = {
    "date": "2026-03-09",
    "date-time": "2026-03-02T12:00:00Z",
    "time": "19:00",
    "email": "alex@example.org",
    "uri": "https://handraiser.example/api/v1/campaigns?cursor=WzFd",
}
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
    "boolean": True,
    "null": None,
    "object": {},
}


def add_examples(result: Any, **_about: Any) -> Any:
    """Add an example to every body of the document that has none."""
    schemas = result["components"]["schemas"]
    for content in _json_bodies(result):
        if "example" not in content and not content.get("examples"):
            content["example"] = build_example(content["schema"], schemas)
    return result


def _json_bodies(result: Any) -> Iterator[Any]:
    for operations in result["paths"].values():
        for operation in operations.values():
            answers = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
            for body in (operation.get("requestBody", {}), *answers):
                if JSON_MEDIA_TYPE in body.get("content", {}):
                    yield body["content"][JSON_MEDIA_TYPE]


def build_example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "") -> Any:
    """Return a value of this shape; `name` is the name of the field, `schemas` are the components."""
    if "$ref" in schema:
        return build_example(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, name)
    for way in ("allOf", "oneOf", "anyOf"):
        if way in schema:
            return build_example(schema[way][0], schemas, name)
    if "enum" in schema:
        return _choose_enum_value(schema, name)
    kind = _json_type(schema)
    given = FIELD_EXAMPLES.get(name)
    if (
        isinstance(given, PYTHON_TYPES.get(kind, object))
        and not isinstance(given, bool)
        and _fits_schema(schema, kind, given)
    ):
        return given
    if kind == "array":
        return [build_example(schema["items"], schemas, name)][: schema.get("maxItems", 1)]
    if kind == "object" and "properties" in schema:
        return {field: build_example(shape, schemas, field) for field, shape in schema["properties"].items()}
    if schema.get("format") == "uuid":
        return str(uuid5(NAMESPACE_URL, name))
    if schema.get("format") in FORMAT_EXAMPLES:
        return FORMAT_EXAMPLES[schema["format"]]
    return max(TYPE_EXAMPLES[kind], schema.get("minimum", 1)) if kind == "integer" else TYPE_EXAMPLES[kind]


def _choose_enum_value(schema: dict[str, Any], name: str) -> Any:
    given = FIELD_EXAMPLES.get(name)
    return given if given in schema["enum"] else schema["enum"][0]


def _json_type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    return str(kind[0] if isinstance(kind, list) else kind)


def _fits_schema(schema: dict[str, Any], kind: str, given: Any) -> bool:
    if kind == "array":
        return (
            _json_type(schema["items"]) == "string" and "enum" not in schema["items"] and "$ref" not in schema["items"]
        )
    if kind == "object":
        return "properties" not in schema
    if kind == "string":
        return len(given) <= schema.get("maxLength", len(given)) and schema.get("format") in (None, "email")
    return bool(schema.get("minimum", given) <= given <= schema.get("maximum", given))
