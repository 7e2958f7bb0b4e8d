"""API of roles and seats, one by one."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from campaigns import queries
from campaigns.actions.role_amendments import amend_role, apply_role_change
from campaigns.actions.roles_and_seats import add_seats, check_new_seats, close_role, close_seat
from campaigns.api.request_inputs import RoleTermsInput
from campaigns.api.request_serializers import RequestSerializer, RoleSerializer
from campaigns.api.requests import RequestResponseMixin
from campaigns.change_rules import RoleChange
from campaigns.draft_rules import MAX_HOURS_PER_WEEK, MAX_SEATS_PER_ROLE
from campaigns.fill_counts import attach_role_fill_counts
from campaigns.models import Role, Seat
from core.api import etags
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import VersionInput


class SeatSerializer(serializers.ModelSerializer[Seat]):
    """One seat. Matches show whether it is occupied, from the offer on."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    closed_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = Seat
        fields = ["id", "number", "closed_at"]
        read_only_fields = fields


class RoleDetailSerializer(RoleSerializer):
    """A role with its seats. `version` is that of its request."""

    request = serializers.UUIDField(source="request.public_id")
    version = serializers.IntegerField(source="request.version")
    seats = SeatSerializer(many=True)

    class Meta(RoleSerializer.Meta):
        fields = [*RoleSerializer.Meta.fields, "request", "version", "seats"]
        read_only_fields = fields

    def to_representation(self, role: Role) -> Any:
        """Count the seats of the role."""
        attach_role_fill_counts([role], reader=get_current_user(self.context["request"]))
        return super().to_representation(role)


class AmendRoleInput(RoleTermsInput, VersionInput):
    """Fields of a role to change; what is left out stays as it is. The skill cannot change."""

    name = serializers.CharField(max_length=80, required=False)
    hours_per_week = serializers.IntegerField(min_value=1, max_value=MAX_HOURS_PER_WEEK, required=False)

    def change(self) -> tuple[RoleChange, int | None]:
        """Return the change, and the version that it was based on."""
        fields: dict[str, Any] = dict(self.validated_data)
        version = fields.pop("version", None)
        return RoleChange(**fields), version


class AddSeatsInput(VersionInput):
    """The number of seats to add."""

    seat_count = serializers.IntegerField(min_value=1, max_value=MAX_SEATS_PER_ROLE)


@extend_schema_view(retrieve=extend_schema(summary="Get a role"))
@extend_schema(tags=["requests"])
class RoleViewSet(
    RequestResponseMixin, IdempotentAPIView, etags.ETagMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Role]
):
    """Roles of requests, for their campaign and for reviewers. Every change is answered by the whole request.

    A volunteer gets a 404: what they may know of their role stands in their match.
    """

    serializer_class = RoleDetailSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Role.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the roles that the caller may see."""
        return queries.roles_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="amendRole", summary="Amend a role", request=AmendRoleInput, responses=RequestSerializer
    )
    def partial_update(self, request: HttpRequest, id: UUID) -> Response:
        """Change the given fields; volunteers asked under other terms are asked again."""
        payload = AmendRoleInput(data=etags.read_versioned_data(request))
        payload.require_valid(lambda: apply_role_change(self.get_object(), payload.change()[0]))
        change, version = payload.change()
        role, at = self.get_object(), timezone.now()
        return self.request_response(
            amend_role(actor=get_current_user(request), role=role, change=change, at=at, version=version)
        )

    @extend_schema(
        operation_id="addSeats", summary="Add seats", request=AddSeatsInput, responses={201: RequestSerializer}
    )
    @action(detail=True, methods=["post"])
    def seats(self, request: HttpRequest, id: UUID) -> Response:
        """Add seats; in a published request they are filled from the next run on."""
        payload = AddSeatsInput(data=etags.read_versioned_data(request))
        payload.require_valid(lambda: check_new_seats(self.get_object(), payload.validated_data["seat_count"]))
        role, at = self.get_object(), timezone.now()
        return self.request_response(
            add_seats(actor=get_current_user(request), role=role, at=at, **payload.validated_data),
            status.HTTP_201_CREATED,
        )

    @extend_schema(operation_id="closeRole", summary="Close a role", request=VersionInput, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: HttpRequest, id: UUID) -> Response:
        """Close all seats of the role; volunteers in them are informed. A draft loses the role altogether."""
        payload = VersionInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        role, at = self.get_object(), timezone.now()
        return self.request_response(
            close_role(actor=get_current_user(request), role=role, at=at, **payload.validated_data)
        )


@extend_schema(tags=["requests"])
class SeatViewSet(RequestResponseMixin, IdempotentAPIView, etags.ETagMixin, viewsets.GenericViewSet[Seat]):
    """Seats of requests that the caller may see."""

    serializer_class = SeatSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Seat.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the seats that the caller may see."""
        return queries.seats_visible_to(get_current_user(self.request))

    @extend_schema(operation_id="closeSeat", summary="Close a seat", request=VersionInput, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: HttpRequest, id: UUID) -> Response:
        """Close a seat that is not needed any more; the volunteer in it is informed."""
        payload = VersionInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        seat, at = self.get_object(), timezone.now()
        return self.request_response(
            close_seat(actor=get_current_user(request), seat=seat, at=at, **payload.validated_data)
        )
