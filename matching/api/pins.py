"""Pins: seats that reviewers have given to volunteers before any run."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Seat
from campaigns.queries import seats_visible_to
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.references import find_named
from core.api.serializers import StrictSerializer
from core.conflict_of_interest import has_any_part
from core.field_errors import FieldErrors
from core.models import User
from matching.api.filters import PinFilters
from matching.models import Pin
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from matching.runs.actions.pins import check_pin, lift_pin, pin_volunteer
from matching.runs.explanations import explain_waiting_pin
from matching.runs.queries.pins import pins_visible_to
from volunteers.models import Volunteer


class PinSerializer(serializers.ModelSerializer[Pin]):
    """A seat that a reviewer has given to a volunteer before any run."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    created_at = serializers.DateTimeField()
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    seat = serializers.UUIDField(source="seat.public_id")
    role_id = serializers.UUIDField(source="seat.role.public_id")
    role = serializers.CharField(source="seat.role.shown_name")
    request = serializers.UUIDField(source="seat.role.request.public_id")
    waits = serializers.SerializerMethodField(help_text="Why the last run did not keep it, in words; else empty.")
    waits_since = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = Pin
        fields = ["id", "volunteer", "name", "seat", "role_id", "role", "request", "reason", "created_at"]
        fields += ["waits", "waits_since"]
        read_only_fields = fields

    def get_waits(self, pin: Pin) -> str:
        """Return what keeps the pin from becoming a match."""
        if not pin.obstacle:
            return ""
        reader = get_current_user(self.context["request"])
        return explain_waiting_pin(pin.obstacle, names_other_work=not has_any_part(reader))


class PinInput(StrictSerializer):
    """The volunteer, the seat, and the reason."""

    volunteer = serializers.UUIDField()
    seat = serializers.UUIDField()
    reason = serializers.CharField(max_length=MAX_NOTE_LENGTH)

    def find_pair(self, user: User) -> tuple[Volunteer, Seat]:
        """Return the volunteer, and the seat if the user may see it. Raises NotFound, naming each that is missing."""
        errors, named = FieldErrors(), self.validated_data
        seats = seats_visible_to(user).select_related("role__request__campaign__candidate")
        with errors.collect():
            message = _("There is no such volunteer. Look them up again and give their id.")
            volunteer = find_named(Volunteer.objects.all(), named["volunteer"], field="volunteer", message=message)
        with errors.collect():
            message = _("There is no such seat. Look it up again and give its id.")
            seat = find_named(seats, named["seat"], field="seat", message=message)
        errors.raise_if_any()
        return volunteer, seat


@extend_schema_view(list=extend_schema(summary="List pins", description="Reviewers only."))
@extend_schema(tags=["review"])
class PinViewSet(IdempotentAPIView, mixins.ListModelMixin, viewsets.GenericViewSet[Pin]):
    """Seats that reviewers have given to volunteers before any run."""

    permission_classes = [IsReviewer]
    serializer_class = PinSerializer
    filterset_class = PinFilters
    orderings = ("created_at",)
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Pin.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the pins outside the contests in which the caller has a part."""
        return pins_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="pinVolunteer",
        summary="Pin a volunteer to a seat",
        request=PinInput,
        responses={201: PinSerializer},
    )
    def create(self, request: Request) -> Response:
        """Pin a volunteer to a seat: the next run takes this pair first.

        A second pin of the pair changes nothing: the answer is a 201 with the first one.

        A pair that breaks a rule is refused with that rule. A seat that is held or closed, or a volunteer who is not
        available, is answered with 409. To a caller with a part in any contest, so is each reason that comes from what
        else the volunteer does, and none of these is named. A later run that cannot keep the pin says why in `waits`.
        """
        sent, user, at = PinInput(data=request.data), get_current_user(request), timezone.now()
        sent.require_valid(lambda: check_pin(user, *sent.find_pair(user), at=at))
        volunteer, seat = sent.find_pair(user)
        pin = pin_volunteer(actor=user, volunteer=volunteer, seat=seat, reason=sent.validated_data["reason"], at=at)
        return Response(self.get_serializer(pin).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="liftPin", summary="Lift a pin", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """Lift a pin. Proposals that a run made because of it stay until the next run."""
        lift_pin(actor=get_current_user(request), pin=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
