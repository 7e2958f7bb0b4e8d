"""API of a volunteer's availability."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody, StrictSerializer
from volunteers.actions import availability
from volunteers.boot_parts import AvailabilitySerializer
from volunteers.models import Volunteer
from volunteers.profile_rules import no_profile_error


class OnCallInput(StrictSerializer):
    """Whether the volunteer may be asked at any hour when a campaign was hacked."""

    on_call = serializers.BooleanField()


class PauseInput(StrictSerializer):
    """Whether the volunteer wants no proposals for a while."""

    is_paused = serializers.BooleanField()


class MyAvailabilityView(ETagMixin, generics.GenericAPIView[Volunteer]):
    """The caller's own availability, to be read."""

    permission_classes = [OwnDataOnly]
    serializer_class = AvailabilitySerializer

    @extend_schema(
        operation_id="getMyAvailability",
        summary="Get my availability",
        tags=["me"],
        responses={200: AvailabilitySerializer, 404: None},
    )
    def get(self, request: Request) -> Response:
        """Whether and when I can be proposed. A 404 means that I have no profile yet."""
        volunteer = Volunteer.objects.filter(user=get_current_user(request)).first()
        if volunteer is None:
            raise no_profile_error()
        return Response(AvailabilitySerializer(volunteer).data)


@extend_schema(tags=["me"], request=None, responses=AvailabilitySerializer)
class AvailabilityViewSet(ETagMixin, viewsets.GenericViewSet[Volunteer]):
    """The caller's own availability."""

    permission_classes = [OwnDataOnly]
    serializer_class = AvailabilitySerializer
    queryset = Volunteer.objects.none()

    @extend_schema(operation_id="confirmAvailability", summary="Confirm my availability")
    @action(detail=False, methods=["post"])
    def confirm(self, request: Request) -> Response:
        """Confirm that the hours are still right, which restarts their validity.

        A 404 without `errors`: you have no profile yet, so raise your hand first.
        """
        EmptyBody.require_empty(request)
        return self._availability_response(
            availability.confirm_availability(actor=get_current_user(request), at=timezone.now())
        )

    @extend_schema(operation_id="waiveRest", summary="Waive the rest period")
    @action(detail=False, methods=["post"], url_path="waive-rest")
    def waive_rest(self, request: Request) -> Response:
        """Waive the rest after a project. Without a rest nothing changes, and the answer is the same.

        A 404 without `errors`: you have no profile yet, so raise your hand first.
        """
        EmptyBody.require_empty(request)
        return self._availability_response(availability.waive_rest(actor=get_current_user(request), at=timezone.now()))

    @extend_schema(operation_id="setOnCall", summary="Set whether I am on call", request=OnCallInput)
    @action(detail=False, methods=["post"], url_path="on-call")
    def on_call(self, request: Request) -> Response:
        """Start or end being on call for emergencies. Reviewers are not asked in any, so they cannot start.

        While you act for a campaign that is not verified, and for a year after that, you are not asked either.

        A 404 without `errors`: you have no profile yet, so raise your hand first.
        """
        payload = OnCallInput(data=request.data)
        payload.require_valid()
        return self._availability_response(
            availability.set_on_call(actor=get_current_user(request), at=timezone.now(), **payload.validated_data)
        )

    @extend_schema(operation_id="setPaused", summary="Set whether I am paused", request=PauseInput)
    @action(detail=False, methods=["post"])
    def pause(self, request: Request) -> Response:
        """Pause: get no offers, or get them again. A pause has no end of its own: send `is_paused` false to end it.

        An offer that waits stays, with its date, and can be answered. Work goes on. No role can be asked for. Interests
        wait: their `answer_due_at` is null, and so is that of the profile. The end of the pause gives each a new date.
        An interest whose role is filled or closed meanwhile ends in a pause, too.

        `me/return` is for who has left with `me/leave`; until then this is a 409. A 404 without `errors`: you have no
        profile yet, so raise your hand first.
        """
        payload = PauseInput(data=request.data)
        payload.require_valid()
        return self._availability_response(
            availability.set_paused(actor=get_current_user(request), at=timezone.now(), **payload.validated_data)
        )

    def _availability_response(self, volunteer: Volunteer) -> Response:
        return Response(AvailabilitySerializer(volunteer).data)
