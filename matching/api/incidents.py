"""Report a security incident, in the API."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries as campaigns
from core.accounts.api.conduct import ConductField
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import StrictSerializer
from core.errors import NotFound
from matching.lifecycle.actions.emergency import INCIDENT_FIRST_STEPS, IncidentDetails, report_incident


class IncidentInput(StrictSerializer):
    """Three questions."""

    description = serializers.CharField(source="what", max_length=2000, help_text="What happened, or what looks wrong?")
    since = serializers.CharField(max_length=200, help_text="Since when?")
    contact = serializers.CharField(
        source="reach", max_length=200, help_text="Where can you be reached that nobody else reads?"
    )
    time_zone = serializers.CharField(max_length=64, required=False)
    conduct = ConductField()


class IncidentSerializer(serializers.Serializer[Any]):
    """The request that came of it, and what to do meanwhile."""

    request = serializers.UUIDField()
    first_steps = serializers.ListField(child=serializers.CharField())


class IncidentsView(IdempotentAPIView, generics.GenericAPIView[Any]):
    """Where a campaign says that it may have been hacked."""

    serializer_class = IncidentInput

    @extend_schema(
        operation_id="reportIncident",
        summary="Report a security incident",
        tags=["campaigns"],
        responses={201: IncidentSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Pages reviewers and vetted people on call; several are asked at once, and the first yes starts."""
        campaign = campaigns.visible_to(get_current_user(request)).filter(public_id=id).first()
        if campaign is None:
            raise NotFound("There is no such campaign.")
        sent = IncidentInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        made = report_incident(
            actor=get_current_user(request),
            campaign=campaign,
            time_zone=said.pop("time_zone", "America/New_York"),
            conduct=said.pop("conduct", False),
            incident=IncidentDetails(**said),
            at=timezone.now(),
        )
        told = {"request": made.public_id, "first_steps": INCIDENT_FIRST_STEPS}
        return Response(IncidentSerializer(told).data, status=status.HTTP_201_CREATED)
