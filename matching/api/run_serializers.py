"""What a run says of itself, of scarce skills, and of why a pair was not placed."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import OptionalChoiceField
from core.enums import CountBand, Weekday
from matching.engine.feasibility import REASONS
from matching.models import Run
from matching.rules.run_stages import RunStage
from matching.runs.explanations import explain_certificate, explain_verdict

FAILED_RULES = [reason.value for reason in REASONS]


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            stage: {"type": "number", "description": f"Seconds spent on this: {label}."}
            for stage, label in RunStage.choices
        },
        "additionalProperties": {"type": "number"},
    }
)
class StageSecondsField(serializers.DictField):
    """The seconds of each stage that a run has been through."""

    child = serializers.FloatField()


class LeftOutRowSerializer(serializers.Serializer[Any]):
    """A request or a volunteer that a run left out."""

    kind = serializers.ChoiceField(choices=["request", "volunteer"])
    id = serializers.UUIDField()


class RunSerializer(serializers.ModelSerializer[Run]):
    """A run. `gap` is the largest possible distance of its value from the optimum, as a share of `bound`."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    policy_id = serializers.UUIDField(source="policy.public_id")
    policy = serializers.IntegerField(source="policy.number", help_text="Version of the policy it used.")
    gap = serializers.FloatField(allow_null=True)
    stage = OptionalChoiceField(choices=RunStage.choices, help_text="What it is doing; null when it does nothing.")
    stage_seconds = StageSecondsField()
    is_limited = serializers.BooleanField(help_text="Only some roles, or some volunteers, are in scope.")
    requested_at = serializers.DateTimeField()
    input_digest = serializers.CharField(help_text="Digest of everything that the result depends on.")
    volunteer_count = serializers.IntegerField(allow_null=True)
    seat_count = serializers.IntegerField(allow_null=True)
    filled_count = serializers.IntegerField(allow_null=True)
    stored_count = serializers.IntegerField(allow_null=True, help_text="Pairs that still fitted when they were stored.")
    pair_count = serializers.IntegerField(allow_null=True, help_text="Feasible pairs that were considered.")
    stopped_early = serializers.BooleanField(
        help_text="The time limit ended the search before the gap was small enough."
    )

    roles = serializers.SlugRelatedField[Any](
        slug_field="public_id", many=True, read_only=True, help_text="The roles that it is limited to."
    )
    volunteers = serializers.SlugRelatedField[Any](
        slug_field="public_id", many=True, read_only=True, help_text="The volunteers that it is limited to."
    )
    base = serializers.UUIDField(
        source="base.public_id",
        default=None,
        allow_null=True,
        help_text="The run that it is to be compared with.",
    )
    certificate = serializers.SerializerMethodField(help_text="How good the result is, in words; empty before its end.")
    verification_asked_at = serializers.DateTimeField(
        allow_null=True, help_text="When a reviewer last asked for a check of the result."
    )
    verified_at = serializers.DateTimeField(allow_null=True, help_text="When that check ended; null while it goes on.")
    verified_digest = serializers.CharField(
        help_text="Digest of what was checked. It is `input_digest`, unless people have been erased since."
    )
    verdict = serializers.SerializerMethodField(help_text="What the check found, in words; empty without a check.")
    verification_faults = serializers.ListField(
        child=serializers.CharField(), help_text="What the check found wrong, twenty sentences at most."
    )
    fillable_count = serializers.IntegerField(
        allow_null=True, help_text="No assignment fills more seats; null before a check has counted them."
    )
    left_out = LeftOutRowSerializer(many=True, help_text="Rows that cannot be computed with, a hundred at most.")

    class Meta:
        model = Run
        fields = [
            *["id", "state", "is_limited", "roles", "volunteers", "dry_run", "include_unclaimed"],
            *["policy_id", "policy"],
            *[
                "requested_at",
                "started_at",
                "finished_at",
                "stage",
                "stage_seconds",
                "error",
                "input_digest",
                "volunteer_count",
                "seat_count",
            ],
            *["filled_count", "stored_count", "unkept_pin_count", "pair_count"],
            *["value", "bound", "gap", "stopped_early", "left_out", "base", "certificate"],
            *["verification_asked_at", "verified_at", "verified_digest", "verdict", "verification_faults"],
            "fillable_count",
        ]
        read_only_fields = fields

    def get_certificate(self, run: Run) -> str:
        """Return how good the result is, in words."""
        return explain_certificate(run)

    def get_verdict(self, run: Run) -> str:
        """Return what the checker found, in words."""
        return explain_verdict(run)


class ScarceSkillSerializer(serializers.Serializer[Any]):
    """One more volunteer who claims the skill and is free on that day would have added `points_added` points."""

    skill = serializers.CharField()
    name = serializers.CharField(help_text="Of the skill.")
    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="In UTC; 0 is Monday.")
    points_added = serializers.IntegerField()
    empty_seats = serializers.IntegerField(help_text="Empty seats that ask for it and can be worked at on that day.")
    empty_seats_band = serializers.ChoiceField(choices=CountBand.choices, help_text="The same as a band.")
    explanation = serializers.CharField(help_text="All of it in a sentence.")


class WhyNotSerializer(serializers.Serializer[Any]):
    """Why not, in words, and either the codes of all rules that the pair breaks, or points.

    The points are the score of the pair, the price of the seat, and what pinning the pair would lose.
    """

    explanation = serializers.CharField()
    failed_rules = serializers.ListField(child=serializers.ChoiceField(choices=FAILED_RULES))
    score = serializers.IntegerField(default=None, allow_null=True)
    seat_price = serializers.IntegerField(default=None, allow_null=True)
    score_loss = serializers.IntegerField(default=None, allow_null=True)
