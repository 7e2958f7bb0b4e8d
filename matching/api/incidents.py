"""Report a security incident of a campaign."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from campaigns import queries as campaigns
from core.accounts.api.conduct import ConductField
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import StrictSerializer
from core.errors import NotFound
from matching.lifecycle.actions.emergency import (
    INCIDENT_FIRST_STEPS,
    IncidentDetails,
    check_incident,
    report_incident,
)
from matching.rules.incident_answers import IncidentKind, sort_incident_kinds


class IncidentInput(StrictSerializer):
    """The incident: its signs, its beginning, and where the campaign can be reached."""

    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=IncidentKind.choices),
        max_length=len(IncidentKind),
        required=False,
        help_text="What happened: all that fits.",
    )
    description = serializers.CharField(
        max_length=2000,
        required=False,
        allow_blank=True,
        help_text="What happened, or what looks wrong? It may be left out where `kinds` says it.",
    )
    since = serializers.CharField(max_length=200, help_text="Since when?")
    contact = serializers.CharField(max_length=200, help_text="Where can you be reached in private?")
    time_zone = serializers.CharField(max_length=64, required=False)
    accepts_code_of_conduct = ConductField()

    def incident(self) -> IncidentDetails:
        """Return the answers to the three questions."""
        said = self.validated_data
        return IncidentDetails(
            kinds=sort_incident_kinds(said.get("kinds", ())),
            description=said.get("description", ""),
            since=said["since"],
            contact=said["contact"],
        )

    def options(self) -> dict[str, Any]:
        """Return the time zone, and whether the code of conduct is accepted."""
        return {
            "time_zone": self.validated_data.get("time_zone", "America/New_York"),
            "accepts_code_of_conduct": self.validated_data.get("accepts_code_of_conduct", False),
        }


class IncidentSerializer(serializers.Serializer[Any]):
    """The emergency request that was made, and what to do until help comes."""

    request = serializers.UUIDField()
    first_steps = serializers.ListField(child=serializers.CharField())


class IncidentsView(IdempotentAPIView, generics.GenericAPIView[Any]):
    """Security incidents of a campaign."""

    serializer_class = IncidentInput

    def get_created_path(self, answer: dict[str, Any]) -> str:
        """Return the path of the emergency request."""
        return reverse("request-detail", args=[answer["request"]])

    @extend_schema(
        operation_id="reportIncident",
        summary="Report a security incident",
        tags=["campaigns"],
        responses={201: IncidentSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Alert the reviewers, and offer the work to several vetted volunteers on call at once.

        The first to accept starts.
        """
        campaign = campaigns.visible_to(get_current_user(request)).filter(public_id=id).first()
        if campaign is None:
            raise NotFound(_("There is no such campaign."))
        sent, user = IncidentInput(data=request.data), get_current_user(request)
        sent.require_valid(lambda: check_incident(user, incident=sent.incident(), **sent.options()))
        emergency = report_incident(
            actor=user, campaign=campaign, incident=sent.incident(), at=timezone.now(), **sent.options()
        )
        answer = {"request": emergency.public_id, "first_steps": INCIDENT_FIRST_STEPS}
        return Response(IncidentSerializer(answer).data, status=status.HTTP_201_CREATED)
