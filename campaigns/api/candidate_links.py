"""API of the candidate's link: send it, show the managers, agree, stop the campaign, end a manager's access."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import member_queries, queries
from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.manager_ends import end_manager_access, find_manager_to_end
from campaigns.api.members import CampaignScopedView, LinkTokenInput
from campaigns.candidate_queries import MAX_REQUESTS_SHOWN, find_candidate_link, find_open_stop, list_requests_in_name
from campaigns.link_tokens import LINK_REPLACED_TEXT
from campaigns.models import Campaign, CandidateLink, Member
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from core.accounts.permissions import require_recent_sign_in
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import AllowAny
from core.api.serializers import StrictSerializer
from core.email_addresses import MAX_EMAIL_LENGTH
from core.enums import AccessPoint
from core.errors import NotAllowed, NotFound
from core.privacy.contact_fields import ContactEmailField
from core.privacy.contact_logging import CampaignContactAccessLogMixin, ContactAccessLogMixin


class CampaignManagerSerializer(serializers.ModelSerializer[Member]):
    """A manager of the candidate's campaign."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    email = ContactEmailField(source="user.email", subject="user_id")

    class Meta:
        model = Member
        fields = ["id", "email", "since"]
        read_only_fields = fields


class RequestInNameSerializer(serializers.Serializer[Any]):
    """What was asked for in the candidate's name. It does not say who came."""

    title = serializers.CharField()
    people = serializers.IntegerField(min_value=0, help_text="How many people are asked for.")


class CandidateOverviewSerializer(serializers.Serializer[Any]):
    """The candidate's campaign, whether they have agreed or stopped it, its managers, and what it asked for."""

    campaign = serializers.CharField()
    consented_at = serializers.DateTimeField(allow_null=True)
    stopped_at = serializers.DateTimeField(
        allow_null=True, help_text="When the candidate stopped it; null where no stop is open."
    )
    answer_due_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when a reviewer calls the number in the filing; null where no stop is open."
    )
    managers = CampaignManagerSerializer(many=True)
    requests = RequestInNameSerializer(many=True, help_text="The latest first, at most 20.")


class EndManagerAccessInput(LinkTokenInput):
    """The manager whose access ends, and a successor to invite."""

    manager = serializers.UUIDField()
    successor = serializers.EmailField(
        max_length=MAX_EMAIL_LENGTH,
        required=False,
        allow_blank=True,
        help_text="Invited to manage it; a member does so at once. Needed when it has no other manager.",
    )


class StopCampaignInput(LinkTokenInput):
    """The candidate's no, and why if they like."""

    reason = serializers.CharField(
        max_length=MAX_STOP_TEXT_LENGTH,
        required=False,
        allow_blank=True,
        help_text="Reviewers read it, and the candidate's page shows it.",
    )


class CandidateLinkInput(StrictSerializer):
    """The candidate's address in the public filing."""

    email = serializers.EmailField(max_length=MAX_EMAIL_LENGTH)


class CandidateLinkSerializer(serializers.ModelSerializer[CandidateLink]):
    """A link sent to a candidate, and whether they have agreed."""

    email = ContactEmailField(subject="public_id")

    created_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = CandidateLink
        fields = ["email", "created_at", "consented_at"]
        read_only_fields = fields


class CandidateLinkView(CampaignContactAccessLogMixin, IdempotentAPIView, ETagMixin, CampaignScopedView):
    """The candidate's link of one campaign."""

    access_point = AccessPoint.INVITATIONS

    def get_created_path(self, answer: dict[str, Any]) -> str:
        """Return the path of this view: a campaign has one link."""
        return self.request.path

    @extend_schema(
        operation_id="getCandidateLink",
        summary="Get the candidate's link",
        description="Reviewers with no part in the contest.",
        tags=["campaigns"],
        responses=CandidateLinkSerializer,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Return where the latest link was sent, and whether the candidate has agreed."""
        campaign = self.campaign()
        if not queries.may_review(get_current_user(request), campaign):
            raise NotAllowed(_("Only reviewers see the candidate's link. Ask a reviewer."))
        link = CandidateLink.objects.filter(campaign=campaign).first()
        if link is None:
            raise NotFound(_("The candidate was sent no link yet. Send one."))
        return Response(CandidateLinkSerializer(link, context=self.get_serializer_context()).data)

    @extend_schema(
        operation_id="sendCandidateLink",
        summary="Send the candidate a link",
        description="Reviewers with no part in the contest.",
        tags=["campaigns"],
        request=CandidateLinkInput,
        responses={201: CandidateLinkSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Send a link with which the candidate agrees, and ends a manager's access.

        An older link stops working. It needs a sign-in of the last ten minutes.
        """
        require_recent_sign_in(request)
        campaign = self.campaign()
        payload = CandidateLinkInput(data=request.data)
        payload.require_valid()
        key = send_candidate_link(
            actor=get_current_user(request), campaign=campaign, at=timezone.now(), **payload.validated_data
        )
        shown = CandidateLinkSerializer(key, context=self.get_serializer_context())
        return Response(shown.data, status=status.HTTP_201_CREATED)


class CandidateTokenView(ContactAccessLogMixin, generics.GenericAPIView[Any]):
    """Base of the candidate's views. The link is the proof, so no sign-in is needed.

    The token is sent in the body, which is not logged.
    """

    access_point = AccessPoint.CANDIDATE
    permission_classes = [AllowAny]
    authentication_classes = []
    serializer_class = CandidateOverviewSerializer

    def get_viewer(self, request: Request) -> None:
        """Return None: the link says who reads, even when its reader is signed in."""

    def overview_response(self, token: str) -> Response:
        """Return the campaign as it is now."""
        link = find_candidate_link(token)
        if link is None:
            raise NotFound(str(LINK_REPLACED_TEXT), field="token")
        campaign: Campaign = link.campaign
        stop = find_open_stop(campaign)
        overview = {
            "campaign": campaign.name,
            "consented_at": link.consented_at,
            "stopped_at": stop.stopped_at if stop else None,
            "answer_due_at": stop.answer_due_at if stop else None,
            "managers": list(member_queries.managers_of(campaign)),
            "requests": list_requests_in_name(campaign)[:MAX_REQUESTS_SHOWN],
        }
        return Response(self.get_serializer(overview).data, status=status.HTTP_200_OK)


class CandidateManagersView(CandidateTokenView):
    """Managers of the candidate's campaign."""

    @extend_schema(
        operation_id="listCampaignManagers",
        summary="List the managers of the candidate's campaign",
        tags=["candidates"],
        request=LinkTokenInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """Show the managers. Nothing changes; it is a POST to keep the token out of the address."""
        payload = LinkTokenInput(data=request.data)
        payload.require_valid()
        return self.overview_response(payload.validated_data["token"])


class CandidateConsentView(CandidateTokenView):
    """The candidate's consent."""

    @extend_schema(
        operation_id="giveCandidateConsent",
        summary="Give consent as the candidate",
        tags=["candidates"],
        request=LinkTokenInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """Record that the candidate agrees to the campaign."""
        payload = LinkTokenInput(data=request.data)
        payload.require_valid()
        record_candidate_consent(at=timezone.now(), **payload.validated_data)
        return self.overview_response(payload.validated_data["token"])


class StopCampaignView(CandidateTokenView):
    """The candidate's no."""

    @extend_schema(
        operation_id="stopCampaignAsCandidate",
        summary="Stop the campaign as the candidate",
        tags=["candidates"],
        request=StopCampaignInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """Stop everything at once. A reviewer then calls the number in the filing, by `answer_due_at`.

        What was published is called off, and offers and work end. Nothing can be published until the call.
        """
        payload = StopCampaignInput(data=request.data)
        payload.require_valid()
        fields = dict(payload.validated_data)
        stop_campaign(at=timezone.now(), **fields)
        return self.overview_response(fields["token"])


class EndManagerAccessView(CandidateTokenView):
    """The end of a manager's access."""

    @extend_schema(
        operation_id="endManagerAccess",
        summary="End a manager's access",
        tags=["candidates"],
        request=EndManagerAccessInput,
        responses=CandidateOverviewSerializer,
    )
    def post(self, request: Request) -> Response:
        """End the access at once. A campaign without any manager gets no new offers."""
        payload = EndManagerAccessInput(data=request.data)
        payload.require_valid(lambda: find_manager_to_end(**payload.validated_data))
        fields = dict(payload.validated_data)
        end_manager_access(at=timezone.now(), **fields)
        return self.overview_response(fields["token"])
