"""The field that says what a notice is about."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.openapi_components import name_shape
from core.notifications.notice_types import list_notice_types

_SUBJECT_DESCRIPTIONS = {
    "account": "The account, by id",
    "state": "The state of the recovery",
    "ended_interest": "The interest, by id",
    "starts_at": "When the meeting starts",
}


def _describe_subjects() -> dict[str, Any]:
    """Return the schema of what notices are about: every name, with the kinds that have it."""
    kinds: dict[str, list[str]] = {}
    for kind, notice_type in sorted(list_notice_types().items()):
        for name in notice_type.subjects:
            kinds.setdefault(name, []).append(f"`{kind}`")
    by_kind = [
        f"`{kind}`: {', '.join(f'`{name}`' for name in sorted(notice_type.subjects)) or 'none'}"
        for kind, notice_type in sorted(list_notice_types().items())
    ]
    return {
        "type": "object",
        "description": "The ids of what it is about, by name. A settled notice of a reviewer's work names none. "
        f"By kind: {'; '.join(by_kind)}.",
        "properties": {
            name: {"type": "string", "description": f"{describe_subject(name)}. With {', '.join(kinds[name])}."}
            for name in sorted(kinds)
        },
    }


def describe_subject(name: str) -> str:
    """Return what a subject is, without a full stop."""
    return _SUBJECT_DESCRIPTIONS.get(name, f"The {name.replace('_', ' ')}, by id")


# All apps have registered by now: their modules are imported before any view.
@extend_schema_field(name_shape("NoticeSubjects", _describe_subjects()))
class SubjectsField(serializers.DictField):
    """What a notice is about: ids by name."""

    child = serializers.CharField()
