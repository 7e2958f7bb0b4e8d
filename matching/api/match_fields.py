"""Fields of a match that more than one kind of reader sees: the parts of its score, and why it ended."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.openapi_components import name_shape
from matching.lifecycle.explanations import SCORE_PART_LABELS

REASON_ENUMS = ("RejectReason", "DeclineReason", "RefuseReason", "EndReason", "AutomaticReason")
VOLUNTEER_REASON_ENUMS = ("DeclineReason", "WithdrawReason", "AutomaticReason")


def _describe_reason(enums: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of a reason of one of these enumerations, or null."""
    return {"anyOf": [*({"$ref": f"#/components/schemas/{name}Enum"} for name in enums), {"type": "null"}]}


@extend_schema_field(
    name_shape(
        "ScoreParts",
        {
            "type": "object",
            "description": "The points of each part of a score.",
            "properties": {
                name: {"type": "integer", "description": f"Points for this: {label}."}
                for name, label in SCORE_PART_LABELS.items()
            },
            "additionalProperties": {"type": "integer"},
        },
    )
)
class ScorePartsField(serializers.DictField):
    """The points of each part of a score."""

    child = serializers.IntegerField()


VOLUNTEER_REASON_SCHEMA = _describe_reason(VOLUNTEER_REASON_ENUMS)
"""Why a match ended, as its volunteer may know it."""


@extend_schema_field(_describe_reason(REASON_ENUMS))
class MatchReasonField(serializers.CharField):
    """Why a match ended, by the enumeration that belongs to its state; null without a reason."""

    def to_representation(self, value: Any) -> Any:
        """Return the reason, or None for an empty text."""
        return super().to_representation(value) or None
