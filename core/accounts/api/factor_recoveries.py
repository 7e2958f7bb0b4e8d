"""The API of recoveries of lost second factors, for reviewers."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.factor_recovery import approve_recovery, find_account, request_recovery
from core.accounts.permissions import IsReviewer, require_recent_sign_in
from core.accounts.queries import recoveries_visible_to
from core.accounts.recovery_ends import OPEN_STATES, stop_recovery
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import EmptyBody, StrictSerializer
from core.email_addresses import MAX_EMAIL_LENGTH
from core.models import FactorRecovery
from core.models.factor_recovery import MAX_CALLBACK_LENGTH

RECOVERY_ACTIONS = ("approve", "stop")


class FactorRecoverySerializer(serializers.ModelSerializer[FactorRecovery]):
    """A recovery as a reviewer sees it. The account is named by its id, and reviewers find it in the admin."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    account = serializers.UUIDField(source="person.public_id", read_only=True)
    available_actions = serializers.SerializerMethodField(
        help_text="What may be done about it. A caller with a part in a contest of the person's learns that at the try."
    )

    class Meta:
        model = FactorRecovery
        fields = [
            *("id", "account", "state", "callback", "requested_at", "expires_at", "approved_at", "due_at", "ended_at"),
            "available_actions",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=RECOVERY_ACTIONS)))
    def get_available_actions(self, recovery: FactorRecovery) -> list[str]:
        """Return the actions that the caller may take now.

        To approve stands there also for a caller with a part in a contest of the person's. Without it the list would
        tell that part, and a refusal tells it only to a try that would have succeeded.
        """
        caller = get_current_user(self.context["request"])
        may_approve = recovery.state == FactorRecovery.State.REQUESTED and recovery.requested_by_id != caller.pk
        is_open = recovery.state in OPEN_STATES
        return [name for name, possible in (("approve", may_approve), ("stop", is_open)) if possible]


class FactorRecoveryInput(StrictSerializer):
    """The address of the account, and how its owner was called back."""

    email = serializers.EmailField(max_length=MAX_EMAIL_LENGTH)
    callback = serializers.CharField(
        max_length=MAX_CALLBACK_LENGTH, help_text="How the person was called back, and by what you knew them."
    )


@extend_schema_view(
    list=extend_schema(
        summary="List recoveries of second factors", description="Reviewers only. Those of other people."
    ),
    retrieve=extend_schema(summary="Get a recovery of a second factor"),
)
@extend_schema(tags=["review"])
class FactorRecoveryViewSet(
    IdempotentAPIView,
    ETagMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[FactorRecovery],
):
    """Recoveries of lost second factors: one reviewer asks, another approves, and a day passes."""

    permission_classes = [IsReviewer]
    serializer_class = FactorRecoverySerializer
    orderings = ("requested_at",)
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = FactorRecovery.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the recoveries of other people."""
        return recoveries_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="requestFactorRecovery",
        summary="Request the recovery of a second factor",
        request=FactorRecoveryInput,
        responses={201: FactorRecoverySerializer},
    )
    def create(self, request: Request) -> Response:
        """Ask for it after the call-back. A second reviewer has to approve it within a week.

        It needs a sign-in of the last ten minutes.
        """
        require_recent_sign_in(request)
        serializer = FactorRecoveryInput(data=request.data)
        serializer.require_valid(lambda: find_account(serializer.validated_data["email"]))
        recovery = request_recovery(actor=get_current_user(request), at=timezone.now(), **serializer.validated_data)
        return Response(self._render(recovery), status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="approveFactorRecovery",
        summary="Approve the recovery of a second factor",
        request=None,
        responses=FactorRecoverySerializer,
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, id: UUID) -> Response:
        """Approve it as the second reviewer. The factor is removed a day later.

        It is refused to a caller with a part in a contest of the person's. It needs a sign-in of the last ten minutes.
        """
        require_recent_sign_in(request)
        EmptyBody.require_empty(request)
        actor, at = get_current_user(request), timezone.now()
        return Response(self._render(approve_recovery(actor=actor, recovery=self.get_object(), at=at)))

    @extend_schema(
        operation_id="stopFactorRecovery",
        summary="Stop the recovery of a second factor",
        request=None,
        responses=FactorRecoverySerializer,
    )
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, id: UUID) -> Response:
        """Stop it: the factor stays."""
        EmptyBody.require_empty(request)
        actor, at = get_current_user(request), timezone.now()
        return Response(self._render(stop_recovery(actor=actor, recovery=self.get_object(), at=at)))

    def _render(self, recovery: FactorRecovery) -> Any:
        return self.get_serializer(recovery).data
