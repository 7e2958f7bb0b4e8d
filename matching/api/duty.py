"""Duty shifts of reviewers, and “I have it” of an incident."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Request as CampaignRequest
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.references import find_named
from core.api.serializers import EmptyBody, MomentField, StrictSerializer
from core.errors import NotFound
from core.models import User
from core.reviewers import list_reviewers
from matching.lifecycle.actions.duty_shifts import add_duty_shift, check_duty_shift, end_duty_shift
from matching.lifecycle.actions.incident_calls import record_incident_call
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.queries.duty import duty_shifts_visible_to, incidents_visible_to
from matching.models import DutyShift, IncidentWatch


class DutyShiftSerializer(serializers.ModelSerializer[DutyShift]):
    """A time in which a reviewer is on duty. The reviewer is named by the id of the account."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    reviewer = serializers.UUIDField(source="reviewer.public_id", read_only=True)
    is_mine = serializers.SerializerMethodField(help_text="Whether the caller is on duty then.")

    class Meta:
        model = DutyShift
        fields = ["id", "reviewer", "is_mine", "starts_at", "ends_at"]
        read_only_fields = fields

    def get_is_mine(self, shift: DutyShift) -> bool:
        """Return whether it is the caller's."""
        return shift.reviewer_id == get_current_user(self.context["request"]).pk


class DutyShiftInput(StrictSerializer):
    """From when to when, and who is on duty then."""

    reviewer = serializers.UUIDField(
        required=False, help_text="The account, by id. Left out: the caller. Administrators name each reviewer."
    )
    starts_at = MomentField()
    ends_at = MomentField()

    def find_reviewer(self, user: User) -> User:
        """Return the reviewer that the body names, or the caller. Raises NotFound."""
        if "reviewer" not in self.validated_data:
            return user
        message = _("There is no such reviewer. Look up the id of the account.")
        return find_named(list_reviewers(), self.validated_data["reviewer"], field="reviewer", message=message)


class IncidentWatchSerializer(serializers.ModelSerializer[IncidentWatch]):
    """An incident that the caller has."""

    request = serializers.UUIDField(source="incident.public_id", help_text="The emergency request, by id.")
    taken_at = serializers.DateTimeField(help_text="When the first reviewer took it. Its campaign reads that.")

    class Meta:
        model = IncidentWatch
        fields = ["request", "taken_at"]
        read_only_fields = fields


class IncidentCallSerializer(serializers.ModelSerializer[IncidentWatch]):
    """The call after a false alarm."""

    request = serializers.UUIDField(source="incident.public_id", help_text="The emergency request, by id.")
    call_due_at = serializers.DateTimeField(help_text="Until when its campaign was promised the call.")
    called_at = serializers.DateTimeField(help_text="When a reviewer said “I called”. Its campaign reads that.")

    class Meta:
        model = IncidentWatch
        fields = ["request", "call_due_at", "called_at"]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="List duty shifts", description="Reviewers only. Those that are not over.")
)
@extend_schema(tags=["review"])
class DutyShiftViewSet(IdempotentAPIView, mixins.ListModelMixin, viewsets.GenericViewSet[DutyShift]):
    """When which reviewer is on duty: an emergency pages these first."""

    permission_classes = [IsReviewer]
    serializer_class = DutyShiftSerializer
    pages_by = ("starts_at", "id")
    orderings = ("starts_at",)
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = DutyShift.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the shifts that are not over."""
        return duty_shifts_visible_to(get_current_user(self.request), at=timezone.now())

    @extend_schema(
        operation_id="addDutyShift",
        summary="Add a duty shift",
        request=DutyShiftInput,
        responses={201: DutyShiftSerializer},
    )
    def create(self, request: Request) -> Response:
        """Plan a shift: of the caller, or for an administrator of each reviewer.

        A second shift with the same times changes nothing: the answer is a 201 with the first one.
        """
        sent, user, at = DutyShiftInput(data=request.data), get_current_user(request), timezone.now()

        def times() -> dict[str, Any]:
            return {name: sent.validated_data[name] for name in ("starts_at", "ends_at")}

        sent.require_valid(lambda: check_duty_shift(user, sent.find_reviewer(user), at=at, **times()))
        shift = add_duty_shift(actor=user, reviewer=sent.find_reviewer(user), at=at, **times())
        return Response(self.get_serializer(shift).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="endDutyShift", summary="End a duty shift", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """End a shift that runs now, or delete one that has not begun."""
        end_duty_shift(actor=get_current_user(request), shift=self.get_object(), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class TakeIncidentView(generics.GenericAPIView[Any]):
    """“I have it”: a reviewer looks after an incident."""

    permission_classes = [IsReviewer]
    serializer_class = IncidentWatchSerializer

    @extend_schema(operation_id="takeIncident", summary="Take an incident", tags=["review"], request=None)
    def post(self, request: Request, id: UUID) -> Response:
        """Say “I have it”: later notices of the incident go to the caller alone, and its campaign reads the time.

        `id` is that of the emergency request. Another reviewer who had it is told. A second time changes nothing.
        """
        EmptyBody.require_empty(request)
        user = get_current_user(request)
        watch = take_incident(actor=user, incident=_find_incident(user, id), at=timezone.now())
        return Response(self.get_serializer(watch).data)


class RecordIncidentCallView(generics.GenericAPIView[Any]):
    """“I called”: a reviewer has spoken with the campaign after a false alarm."""

    permission_classes = [IsReviewer]
    serializer_class = IncidentCallSerializer

    @extend_schema(
        operation_id="recordIncidentCall",
        summary="Record the call after a false alarm",
        tags=["review"],
        request=None,
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Say “I called”: the campaign confirmed on the phone that it called the incident off. It reads the time.

        `id` is that of the emergency request. `GET /me` counts those that wait: `waiting.false_alarms`. A second time
        changes nothing.
        """
        EmptyBody.require_empty(request)
        user = get_current_user(request)
        watch = record_incident_call(actor=user, incident=_find_incident(user, id), at=timezone.now())
        return Response(self.get_serializer(watch).data)


def _find_incident(user: User, public_id: UUID) -> CampaignRequest:
    """Return an incident that a reviewer may see. Raises NotFound."""
    incident = incidents_visible_to(user).filter(public_id=public_id).first()
    if incident is None:
        raise NotFound(_("There is no such incident. Check its id."))
    return incident
