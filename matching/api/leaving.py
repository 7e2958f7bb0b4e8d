"""Leave the service, and return to it."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody
from matching.lifecycle.actions.departure import leave_service
from volunteers.actions.availability import return_to_service
from volunteers.models import Volunteer


class PresenceSerializer(serializers.ModelSerializer[Volunteer]):
    """Whether the volunteer is active. `version` is that of the profile, which leaving and returning raise."""

    class Meta:
        model = Volunteer
        fields = ["version", "state", "left_at", "waiting_since"]
        read_only_fields = fields


class PresenceView(ETagMixin, generics.GenericAPIView[Any]):
    """Base of the views with which a volunteer leaves and returns."""

    permission_classes = [OwnDataOnly]
    serializer_class = PresenceSerializer


class LeaveView(PresenceView):
    """Leaving the service."""

    @extend_schema(
        operation_id="leaveService",
        summary="Leave the service",
        description="I am proposed to nobody any more, my offers end and my places go to somebody else. What I said "
        "about myself stays until I return, or until it is forgotten after a while. Leaving again changes nothing.\n\n"
        "Afterwards all can still be read: the profile, `me/fits`, matches, notices and the export. `PUT /me/profile` "
        "changes the profile and does not bring me back. Vetoes, muted topics and the account can be changed, and a "
        "problem be reported. All else about my availability is a 409 until `POST /me/return`: to confirm the hours, "
        "waive a rest, pause or be on call. So is it to ask for a role, and to open a calendar feed. A feed that is "
        "open stays open, and is empty.\n\n"
        "A 404 without `errors`: you have no profile yet, so raise your hand first.",
        tags=["me"],
        request=None,
        responses=PresenceSerializer,
    )
    def post(self, request: Request) -> Response:
        """Leave at once."""
        EmptyBody.require_empty(request)
        return Response(PresenceSerializer(leave_service(actor=get_current_user(request), at=timezone.now())).data)


class ReturnView(PresenceView):
    """Returning to the service."""

    @extend_schema(
        operation_id="returnToService",
        summary="Return to the service",
        tags=["me"],
        request=None,
        responses=PresenceSerializer,
    )
    def post(self, request: Request) -> Response:
        """I am back with the same profile. My turn starts again from today. A 409 means that I had not left.

        Who is only paused ends that with `me/availability/pause`. A 404 without `errors`: you have no
        profile yet, so raise your hand first.
        """
        EmptyBody.require_empty(request)
        return Response(PresenceSerializer(return_to_service(actor=get_current_user(request), at=timezone.now())).data)
