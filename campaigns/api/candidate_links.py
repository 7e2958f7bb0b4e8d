"""What the candidate decides, with the link that was sent to the address in their filing."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns import queries
from campaigns.actions.candidate_links import end_manager_access, record_candidate_consent, send_candidate_link
from campaigns.api.members import CampaignScopedView, LinkTokenInput
from campaigns.link_tokens import LINK_REPLACED_TEXT
from campaigns.models import Campaign, CandidateLink, Member
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import AllowAny
from core.api.serializers import StrictSerializer
from core.enums import AccessPoint, ViewerKind
from core.errors import NotFound
from core.privacy.contact_access import record_contact_access
from core.privacy.contact_logging import CampaignContactAccessLogMixin


class CampaignManagerSerializer(serializers.ModelSerializer[Member]):
    """Somebody who manages the candidate's campaign."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)

    class Meta:
        model = Member
        fields = ["id", "email", "since"]
        read_only_fields = fields


class CandidateOverviewSerializer(serializers.Serializer[Any]):
    """What is done in the candidate's name, and by whom."""

    campaign = serializers.CharField()
    consented_at = serializers.DateTimeField(allow_null=True)
    managers = CampaignManagerSerializer(many=True)


class EndManagerAccessInput(LinkTokenInput):
    """Whose access ends, and who may manage the campaign instead."""

    manager = serializers.UUIDField()
    successor = serializers.EmailField(
        required=False, allow_blank=True, help_text="Invited to manage it: needed when nobody else does."
    )


class CandidateLinkInput(StrictSerializer):
    """Where the public filing says that the candidate is reached."""

    email = serializers.EmailField(max_length=254)


class CandidateLinkSerializer(serializers.ModelSerializer[CandidateLink]):
    """That the candidate was written to, and whether they have agreed."""

    created_at = serializers.DateTimeField(source="made_at", read_only=True)

    class Meta:
        model = CandidateLink
        fields = ["email", "created_at", "consented_at"]
        read_only_fields = fields


class CandidateLinkView(CampaignContactAccessLogMixin, IdempotentAPIView, CampaignScopedView):
    """The candidate's own link."""

    access_point = AccessPoint.INVITATIONS

    @extend_schema(
        operation_id="sendCandidateLink",
        summary="Send the candidate a link",
        description="Reviewers with no part in the contest.",
        tags=["campaigns"],
        request=CandidateLinkInput,
        responses={201: CandidateLinkSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Sends a link with which they agree, and end a manager's access. An older link opens nothing any more."""
        campaign = self.campaign()
        sent = CandidateLinkInput(data=request.data)
        sent.is_valid(raise_exception=True)
        key = send_candidate_link(
            actor=get_current_user(request), campaign=campaign, at=timezone.now(), **sent.validated_data
        )
        self.contacts_shown.add(key.public_id)
        return Response(CandidateLinkSerializer(key).data, status=status.HTTP_201_CREATED)


class CandidateTokenView(APIView):
    """Whoever has the candidate's link, signed in or not; the token is sent in the body, where no log keeps it."""

    permission_classes = [AllowAny]
    authentication_classes = []

    def overview_response(self, token: str) -> Response:
        """The campaign as it is now."""
        key = queries.find_candidate_link(token)
        if key is None:
            raise NotFound(str(LINK_REPLACED_TEXT))
        campaign: Campaign = key.campaign
        managers = list(queries.managers_of(campaign))
        shown = [manager.user_id for manager in managers]
        record_contact_access(None, ViewerKind.CANDIDATE, shown, AccessPoint.CANDIDATE, at=timezone.now())
        told = {"campaign": campaign.name, "consented_at": key.consented_at, "managers": managers}
        return Response(CandidateOverviewSerializer(told).data, status=status.HTTP_200_OK)


class CandidateManagersView(CandidateTokenView):
    """Who manages the campaign."""

    @extend_schema(
        operation_id="listCampaignManagers",
        summary="List the managers of the candidate's campaign",
        tags=["candidates"],
        request=LinkTokenInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """Changes nothing; it is a POST so that the token stands in no address."""
        sent = LinkTokenInput(data=request.data)
        sent.is_valid(raise_exception=True)
        return self.overview_response(sent.validated_data["token"])


class CandidateConsentView(CandidateTokenView):
    """Agreeing to it."""

    @extend_schema(
        operation_id="giveCandidateConsent",
        summary="Give consent as the candidate",
        tags=["candidates"],
        request=LinkTokenInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """To this campaign being here in my name."""
        sent = LinkTokenInput(data=request.data)
        sent.is_valid(raise_exception=True)
        record_candidate_consent(at=timezone.now(), **sent.validated_data)
        return self.overview_response(sent.validated_data["token"])


class EndManagerAccessView(CandidateTokenView):
    """Ending a manager's access."""

    @extend_schema(
        operation_id="endManagerAccess",
        summary="End a manager's access",
        tags=["candidates"],
        request=EndManagerAccessInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """At once. If nobody manages the campaign any more it gets no new offers until somebody does."""
        sent = EndManagerAccessInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        end_manager_access(member=said.pop("manager"), at=timezone.now(), **said)
        return self.overview_response(said["token"])
