"""A step that finishes the API's document: what a notice is about follows from its kind."""

from collections import defaultdict
from typing import Any

from core.api.operation_ids import to_pascal_case
from core.enums import NoticeTopic
from core.notifications.notice_types import list_notice_types
from core.notifications.subjects_field import describe_subject

NOTICE_COMPONENT = "Notice"


def split_notices_by_kind(result: Any, **_about: Any) -> Any:
    """Describe a notice as one of several, which have the same subjects each, so that a client knows them by the kind.

    A settled notice of a reviewer's work names none, so those of its kinds may be missing.
    """
    schemas = result["components"]["schemas"]
    whole = schemas[NOTICE_COMPONENT]
    kinds: dict[tuple[tuple[str, ...], bool], list[str]] = defaultdict(list)
    for kind, notice_type in sorted(list_notice_types().items()):
        is_of_review = notice_type.topic == NoticeTopic.REVIEW
        kinds[tuple(sorted(notice_type.subjects)), is_of_review].append(kind)
    variants: dict[str, dict[str, Any]] = {}
    for (subjects, is_of_review), names in sorted(kinds.items()):
        shape: dict[str, Any] = {
            "type": "object",
            "description": whole["properties"]["subjects"]["description"],
            "properties": {
                name: schemas["NoticeSubjects"]["properties"][name] | {"description": f"{describe_subject(name)}."}
                for name in subjects
            },
            **({"required": list(subjects)} if subjects and not is_of_review else {}),
        }
        component = (
            f"{to_pascal_case('_'.join(subjects) or 'plain')}{'Review' if is_of_review else ''}{NOTICE_COMPONENT}"
        )
        kind_shape = {"type": "string", "enum": names, "description": whole["properties"]["kind"]["description"]}
        variants[component] = whole | {"properties": whole["properties"] | {"kind": kind_shape, "subjects": shape}}
    schemas |= variants
    references = {name: f"#/components/schemas/{name}" for name in variants}
    mapping = {
        name: references[component]
        for component, variant in variants.items()
        for name in variant["properties"]["kind"]["enum"]
    }
    schemas[NOTICE_COMPONENT] = {
        "description": whole["description"],
        "oneOf": [{"$ref": reference} for reference in references.values()],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    return result
