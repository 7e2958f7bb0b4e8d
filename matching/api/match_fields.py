"""Fields of a match that more than one kind of reader sees: the parts of its score, and why it ended."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from matching.lifecycle.explanations import SCORE_PART_LABELS

REASON_ENUMS = ("RejectReason", "DeclineReason", "RefuseReason", "EndReason", "AutomaticReason")


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            name: {"type": "integer", "description": f"Points for this: {label}."}
            for name, label in SCORE_PART_LABELS.items()
        },
        "additionalProperties": {"type": "integer"},
    }
)
class ScorePartsField(serializers.DictField):
    """The points of each part of a score."""

    child = serializers.IntegerField()


@extend_schema_field(
    {"anyOf": [*({"$ref": f"#/components/schemas/{name}Enum"} for name in REASON_ENUMS), {"type": "null"}]}
)
class MatchReasonField(serializers.CharField):
    """Why a match ended, by the enumeration that belongs to its state; null without a reason."""

    def to_representation(self, value: Any) -> Any:
        """Return the reason, or None for an empty text."""
        return super().to_representation(value) or None
