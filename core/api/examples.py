"""Examples for the API's description: one value for every field, put together by each operation's shape.

They are made and not written, so that none is forgotten and none is out of date; a test checks each against its shape.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from core.api.operation_ids import to_pascal_case

JSON_MEDIA_TYPE = "application/json"
SITE = "https://handraiser.example"

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
    "score_parts": {
        **{"priority": 120, "election": 48, "waiting": 12, "level": 10, "wanted": 25, "nice": 8},
        **{"spare": 6, "place": 12, "turn": 10},
    },
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
    "assumed": ["time_zone"],
    "blockers": ["You are the only manager of “Doe for Senate”. Make somebody else a manager first."],
    "callback": "Called on the number that we have had since the sign-up.",
    "campaign": "Doe for Senate",
    "deliverables": ["A site with five pages"],
    "erased": ["Your profile, with your skills and hours."],
    "first_steps": ["Change the passwords, from another computer."],
    "nice_to_have_skills": ["ui-design"],
    "password": "correct horse battery",
    "retained": ["That a match took place, without your name."],
    "score": 251,
    "waits": "",
    "warnings": [],
    "Alternate.name": "Alex Roe",
    "CalendarAddress.address": f"{SITE}/calendar/a-secret/",
    "Campaign.level": "state",
    "Campaign.name": "Doe for Senate",
    "CampaignInput.level": "state",
    "CampaignInput.name": "Doe for Senate",
    "Code.code": "en",
    "Code.name": "English",
    "Contest.level": "state",
    "EnumValue.label": "priority",
    "EnumValue.value": "priority",
    "Jurisdiction.code": "US-WA",
    "Jurisdiction.name": "Washington",
    "Jurisdiction.parent": "US",
    "Match.name": "Alex Roe",
    "NewPersonalToken.name": "Script",
    "NewPersonalToken.token": "a-secret",
    "Office.level": "state",
    "Office.name": "State Senate",
    "PersonalToken.name": "Script",
    "PersonalTokenInput.name": "Script",
    "Pin.name": "Alex Roe",
    "Playbook.name": "Website",
    "PlaybookKind.name": "Website",
    "Policy.name": "Gentler",
    "PolicyInput.name": "Gentler",
    "Skill.code": "front-end",
    "Skill.parent": "engineering",
    "Veto.name": "Alex Roe",
    "WhyNot.explanation": "The seat went to somebody who adds more.",
    "WhyNot.failed_rules": [],
    "WhyNot.score": 251,
    "WhyNot.score_loss": 29,
    "WhyNot.seat_price": 280,
}
"""By a field's name, or by its component and its name; taken where they fit its type."""

FORMAT_EXAMPLES: dict[str, Any] = {
    "date": "2026-03-09",
    "date-time": "2026-03-02T12:00:00Z",
    "time": "19:00",
    "email": "alex@example.org",
    "uri": f"{SITE}/",
}
RESOURCES = {
    "Profile": "volunteer",
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
    "boolean": True,
    "null": None,
    "object": {},
}


def add_examples(result: Any, **_about: Any) -> Any:
    """Add an example to every body of the document that has none."""
    schemas = result["components"]["schemas"]
    for path, content in _json_bodies(result):
        if "example" not in content and not content.get("examples"):
            content["example"] = build_example(content["schema"], schemas)
            if "results" in content["schema"].get("properties", {}) or _is_page(content["example"]):
                content["example"] |= {"next": _page_address(path), "previous": None}
    return result


def _is_page(example: Any) -> bool:
    return isinstance(example, dict) and {"next", "previous", "results"} <= example.keys()


def _page_address(path: str) -> str:
    return f"{SITE}{path.replace('{id}', _example_id('id'))}?cursor=WzFd"


def _json_bodies(result: Any) -> Iterator[tuple[str, Any]]:
    for path, operations in result["paths"].items():
        for operation in operations.values():
            answers = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
            for body in (operation.get("requestBody", {}), *answers):
                if JSON_MEDIA_TYPE in body.get("content", {}):
                    yield path, body["content"][JSON_MEDIA_TYPE]


def build_example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", owner: str = "") -> Any:
    """Return a value of this shape.

    `name` is the name of the field and `owner` that of its component; `schemas` are the components.
    """
    if "$ref" in schema:
        component = schema["$ref"].rsplit("/", 1)[1]
        is_object = "properties" in schemas[component]
        return build_example(schemas[component], schemas, name, component if is_object else owner)
    for way in ("allOf", "oneOf", "anyOf"):
        if way in schema:
            return build_example(schema[way][0], schemas, name, owner)
    given = _find_field_example(name, owner)
    if "enum" in schema:
        return given if given in schema["enum"] else schema["enum"][0]
    kind = _json_type(schema)
    if (
        isinstance(given, PYTHON_TYPES.get(kind, object))
        and not isinstance(given, bool)
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
    return next((FIELD_EXAMPLES[key] for key in keys if key in FIELD_EXAMPLES), None)


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
    if kind == "string":
        return len(given) <= schema.get("maxLength", len(given)) and schema.get("format") in (None, "email")
    return bool(schema.get("minimum", given) <= given <= schema.get("maximum", given))
