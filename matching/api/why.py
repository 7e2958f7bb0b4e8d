"""Why and why not, for reviewers: a volunteer in a role by each rule, and the empty seats of a request."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.serializers import StrictSerializer
from core.api.strict_query import takes_parameters
from matching.api.run_serializers import FAILED_RULES
from matching.lifecycle.actions.permissions import check_may_review
from matching.runs.explanations import describe_emptiness
from matching.runs.queries.gaps import RoleGap, find_other_volunteer, find_request, find_request_gaps, find_role
from matching.runs.queries.rule_verdicts import PairVerdict, RuleVerdict, judge_pair
from matching.runs.rule_texts import SingleChange, describe_rule, list_single_changes


class PairRuleSerializer(serializers.Serializer[RuleVerdict]):
    """A rule, and whether the pair keeps it."""

    rule = serializers.ChoiceField(choices=FAILED_RULES, help_text="The rule.")
    passes = serializers.BooleanField(help_text="Whether the pair keeps it.")
    asked = serializers.IntegerField(allow_null=True, help_text="What the role asks for, where that is a number.")
    found = serializers.IntegerField(allow_null=True, help_text="What the volunteer has of it.")
    change = serializers.SerializerMethodField(help_text="What would have to change; empty if the rule is kept.")

    def get_change(self, verdict: RuleVerdict) -> str:
        """Return what would have to change."""
        return describe_rule(verdict).change


class PairRulesSerializer(serializers.Serializer[PairVerdict]):
    """A volunteer in a role by each rule, as both stand today."""

    fits = serializers.BooleanField(help_text="Whether nothing stands in the way that the caller is told of.")
    is_open = serializers.BooleanField(help_text="Whether the role has a free seat. Without one no rule is judged.")
    is_available = serializers.BooleanField(
        allow_null=True, help_text="Whether the volunteer can be proposed now; null where the caller is not told."
    )
    has_room = serializers.BooleanField(
        help_text="False where only other work of the volunteer stands in the way, of which the caller is not told."
    )
    rules = PairRuleSerializer(many=True, help_text="Each rule that the caller is told of, in their order.")


class SingleChangeSerializer(serializers.Serializer[SingleChange]):
    """A rule that alone keeps people from a role."""

    rule = serializers.ChoiceField(choices=FAILED_RULES, help_text="The rule.")
    change = serializers.CharField(help_text="What would have to change.")
    people = serializers.IntegerField(help_text="How many volunteers break this rule only.")
    filling = serializers.IntegerField(help_text="How many of these would add more here than elsewhere.")


class EmptySeatsSerializer(serializers.Serializer[RoleGap]):
    """The seats of a role, and why some are empty."""

    role = serializers.UUIDField(source="role.public_id", help_text="The role, by id.")
    name = serializers.CharField(source="role.shown_name", help_text="Of the role.")
    seats = serializers.IntegerField(help_text="Seats that are not closed.")
    open_seats = serializers.IntegerField(help_text="Seats that no volunteer holds.")
    proposed = serializers.IntegerField(help_text="Open seats for which a volunteer is proposed.")
    explanation = serializers.SerializerMethodField(help_text="Why seats are empty; empty where nothing is known.")
    changes = serializers.SerializerMethodField(help_text="The single changes that would help, the best one first.")

    def get_explanation(self, gap: RoleGap) -> str:
        """Return why the last run left seats empty."""
        return describe_emptiness(gap.emptiness) if gap.emptiness else ""

    @extend_schema_field(SingleChangeSerializer(many=True))
    def get_changes(self, gap: RoleGap) -> list[dict[str, Any]]:
        """Return the single changes that would help."""
        changes = list_single_changes(gap.emptiness) if gap.emptiness else []
        return [dict(SingleChangeSerializer(change).data) for change in changes]


class RequestGapsSerializer(serializers.Serializer[Any]):
    """The roles of a request with their seats."""

    run = serializers.UUIDField(
        source="run.public_id", default=None, allow_null=True, help_text="The run that says why; null where none can."
    )
    roles = EmptySeatsSerializer(many=True, help_text="The roles of the request.")


class PairRulesInput(StrictSerializer):
    """The volunteer."""

    volunteer = serializers.UUIDField()


class PairRulesView(ETagMixin, generics.GenericAPIView[Any]):
    """A volunteer in a role, by each rule."""

    permission_classes = [IsReviewer]
    serializer_class = PairRulesSerializer

    @extend_schema(
        operation_id="explainPairRules",
        summary="Explain how a volunteer meets each rule of a role",
        parameters=[
            OpenApiParameter("volunteer", OpenApiTypes.UUID, required=True, description="The volunteer, by id.")
        ],
        tags=["review"],
        filters=False,
    )
    @takes_parameters("volunteer")
    def get(self, request: Request, id: UUID) -> Response:
        """Whether the pair keeps each rule today, and what would have to change.

        To a caller with a part in any contest, no rule is named that comes from what else the volunteer does.
        """
        query, user = PairRulesInput(data=request.query_params), get_current_user(request)
        query.require_valid()
        role = find_role(user, id)
        volunteer = find_other_volunteer(user, query.validated_data["volunteer"])
        check_may_review(user, role.request)
        verdict = judge_pair(user, volunteer, role, at=timezone.now())
        return Response(self.get_serializer(verdict).data)


class RequestGapsView(ETagMixin, generics.GenericAPIView[Any]):
    """The empty seats of a request."""

    permission_classes = [IsReviewer]
    serializer_class = RequestGapsSerializer

    @extend_schema(operation_id="explainEmptySeats", summary="Explain the empty seats of a request", tags=["review"])
    def get(self, request: Request, id: UUID) -> Response:
        """The seats of each role, why the last run left some empty, and which single changes would help.

        Eight roles are explained at once; the others have an empty `explanation` this time.
        """
        user = get_current_user(request)
        gaps = find_request_gaps(user, find_request(user, id), at=timezone.now())
        return Response(self.get_serializer(gaps).data)
