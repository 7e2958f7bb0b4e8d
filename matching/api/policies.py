"""Policies: the weights, limits and clocks that runs use."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody, StrictSerializer
from matching.api.filters import PolicyFilters
from matching.api.run_serializers import RunSerializer
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.runs.actions.policies import (
    POLICY_FIELDS,
    POLICY_LIMITS,
    activate_policy,
    check_policy_values,
    draft_policy,
)
from matching.runs.actions.policy_trials import try_policy


class PolicySerializer(serializers.ModelSerializer[Policy]):
    """One version of the policy."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Policy
        fields = ["id", "number", "name", "state", "activated_at", *POLICY_FIELDS]
        read_only_fields = fields


class PolicyInput(StrictSerializer, serializers.ModelSerializer[Policy]):
    """The fields that differ from the active policy. Fields that are left out keep its values."""

    class Meta:
        model = Policy
        fields = ["name", *POLICY_FIELDS]
        extra_kwargs = {
            rule: {"required": False} | ({"max_value": POLICY_LIMITS[rule]} if rule in POLICY_LIMITS else {})
            for rule in POLICY_FIELDS
        }

    def changes(self) -> tuple[dict[str, Any], str]:
        """Return the fields that differ, and the name of the policy."""
        fields = dict(self.validated_data)
        name: str = fields.pop("name")
        return fields, name


@extend_schema_view(
    list=extend_schema(summary="List policies", description="Reviewers only."),
    retrieve=extend_schema(summary="Get a policy", description="Reviewers only."),
)
@extend_schema(tags=["review"])
class PolicyViewSet(
    IdempotentAPIView, ETagMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Policy]
):
    """Versions of the policy. A version is never changed; a change is a new version."""

    permission_classes = [IsReviewer]
    serializer_class = PolicySerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = PolicyFilters
    orderings = ("number",)
    queryset = Policy.objects.all()

    @extend_schema(
        operation_id="draftPolicy", summary="Draft a policy", request=PolicyInput, responses={201: PolicySerializer}
    )
    def create(self, request: Request) -> Response:
        """Draft a policy: the active one with these changes."""
        sent = PolicyInput(data=request.data)
        sent.require_valid(lambda: check_policy_values(sent.changes()[0]))
        changes, name = sent.changes()
        drafted = draft_policy(actor=get_current_user(request), name=name, changes=changes)
        return Response(PolicySerializer(drafted).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="activatePolicy", summary="Activate a policy", request=None, responses=PolicySerializer)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, id: UUID) -> Response:
        """Activate a draft for every run queued from now on, and for every clock that starts."""
        EmptyBody.require_empty(request)
        policy = activate_policy(actor=get_current_user(request), policy=self.get_object(), at=timezone.now())
        return Response(PolicySerializer(policy).data)

    @extend_schema(
        operation_id="requestPolicyTrial",
        summary="Request the trial of a policy",
        request=None,
        responses={202: RunSerializer},
    )
    @action(detail=True, methods=["post"])
    def trials(self, request: Request, id: UUID) -> Response:
        """Queue two dry runs on today's data: under the active policy and under the draft, whose run is returned.

        Once both are done, `GET /runs/{id}/changes` says who would gain and who would lose.
        """
        EmptyBody.require_empty(request)
        run = try_policy(actor=get_current_user(request), policy=self.get_object(), at=timezone.now())
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        operation_id="getActivePolicy", summary="Get the active policy", responses=PolicySerializer, filters=False
    )
    @action(detail=False, methods=["get"], pagination_class=None, permission_classes=[OwnDataOnly])
    def active(self, request: Request) -> Response:
        """The active policy. Every user who is signed in may read it."""
        return Response(PolicySerializer(get_active_policy()).data)
