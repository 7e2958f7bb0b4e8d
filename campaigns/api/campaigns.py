"""API of campaigns."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries
from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.campaign_pauses import resume_campaign
from campaigns.actions.names import correct_names
from campaigns.actions.registration import check_registration, register_campaign
from campaigns.actions.verification import verify_campaign
from campaigns.api.filings import FilingFactsInput, build_filing
from campaigns.api.filters import CampaignFilters
from campaigns.candidate_queries import with_open_stop
from campaigns.draft_rules import Candidacy
from campaigns.filing_rules import FilingFacts
from campaigns.models import Campaign
from campaigns.models.campaign import MAX_VERIFICATION_REASON_LENGTH
from campaigns.name_rules import MAX_CAMPAIGN_NAME_LENGTH, MAX_CANDIDATE_NAME_LENGTH, NameChange
from core.accounts.permissions import require_recent_sign_in
from core.api import etags
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import OwnDataOnly
from core.api.serializers import DayField, EmptyBody, StrictSerializer, VersionInput
from core.enums import OfficeLevel


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A campaign with its candidate and contest."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    candidate = serializers.CharField(source="candidate.name")
    party = serializers.CharField(source="candidate.party.code", default="")
    office = serializers.CharField(source="candidate.contest.office")
    level = serializers.ChoiceField(source="candidate.contest.level", choices=OfficeLevel.choices)
    district = serializers.CharField(source="candidate.contest.district")
    jurisdiction = serializers.CharField(source="candidate.contest.jurisdiction.code")
    election_on = serializers.DateField(source="candidate.contest.election_on")
    primary_on = serializers.DateField(source="candidate.contest.primary_on", allow_null=True)
    special = serializers.BooleanField(source="candidate.contest.special", help_text="A special election.")
    answer_due_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when its verification is promised; null once it is decided."
    )
    stopped_at = serializers.DateTimeField(
        allow_null=True, help_text="When its candidate stopped it; null where no stop is open. Nothing is published."
    )
    stop_answer_due_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when a reviewer calls the candidate; null where no stop is open."
    )

    class Meta:
        model = Campaign
        fields = [
            *["id", "name", "state", "version", "candidate", "party", "office", "level", "district", "jurisdiction"],
            *["election_on", "primary_on", "special", "answer_due_at", "verified_at", "paused_at"],
            *["stopped_at", "stop_answer_due_at"],
        ]
        read_only_fields = fields


class CampaignInput(StrictSerializer):
    """A campaign to register. Jurisdiction and party are given by their codes."""

    name = serializers.CharField(max_length=MAX_CAMPAIGN_NAME_LENGTH)
    candidate = serializers.CharField(max_length=MAX_CANDIDATE_NAME_LENGTH)
    party = serializers.SlugField(max_length=80, required=False, allow_blank=True)
    office = serializers.CharField(max_length=80)
    level = serializers.ChoiceField(choices=OfficeLevel.choices)
    district = serializers.CharField(max_length=80, required=False, allow_blank=True)
    jurisdiction = serializers.CharField(max_length=20)
    election_on = DayField()
    primary_on = DayField(
        required=False, allow_null=True, help_text="Deadlines get shorter as it nears, too. Null: none is known."
    )
    special = serializers.BooleanField(required=False)
    filing = FilingFactsInput(required=False, help_text="How we can check who you are. It may be stated later.")

    def registration(self) -> tuple[Candidacy, str, FilingFacts | None]:
        """Return the candidacy, the name of the campaign, and its filing if it is given."""
        fields = dict(self.validated_data)
        name: str = fields.pop("name")
        filing = build_filing(fields.pop("filing", None))
        return Candidacy(**fields), name, filing

    def judge(self, *, today: date) -> None:
        """Raise Invalid where the candidacy or the filing breaks a rule."""
        candidacy, _name, filing = self.registration()
        check_registration(candidacy, filing, today=today)


class NamesInput(VersionInput):
    """The right spelling of the names; what is left out stays as it is."""

    name = serializers.CharField(max_length=MAX_CAMPAIGN_NAME_LENGTH, required=False)
    candidate = serializers.CharField(max_length=MAX_CANDIDATE_NAME_LENGTH, required=False)


class VerifyCampaignInput(VersionInput):
    """A verification, with the version that the reviewer read."""

    reason = serializers.CharField(
        max_length=MAX_VERIFICATION_REASON_LENGTH,
        required=False,
        allow_blank=True,
        help_text=(
            "Why, if the candidate has not agreed by their link: then it is required. Reviewers read it, and it stays "
            "in the history."
        ),
    )


@extend_schema_view(
    list=extend_schema(
        summary="List campaigns",
        description="Those that I act for; a reviewer sees those that they may review.",
    ),
    retrieve=extend_schema(summary="Get a campaign"),
)
@extend_schema(tags=["campaigns"])
class CampaignViewSet(
    IdempotentAPIView,
    etags.ETagMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Campaign],
):
    """Campaigns that the caller may see."""

    serializer_class = CampaignSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = CampaignFilters
    orderings = ("name", "election_on")
    queryset = Campaign.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the campaigns that the caller may see."""
        campaigns = with_open_stop(queries.with_contest(queries.visible_to(get_current_user(self.request))))
        return campaigns.annotate(election_on=F("candidate__contest__election_on"))

    def _describe(self, campaign: Campaign) -> dict[str, Any]:
        """Return what is told of a campaign that an action has changed."""
        stored = with_open_stop(queries.with_contest(Campaign.objects.filter(pk=campaign.pk)))
        return dict(CampaignSerializer(stored.get()).data)

    def get_permissions(self):  # type: ignore[no-untyped-def]
        """Let any user register a campaign: the answer shows no one else's data.

        The caller may also repeat the request with the same idempotency key, though they are a manager by then.
        """
        return [OwnDataOnly()] if self.action == "create" else super().get_permissions()

    @extend_schema(
        operation_id="registerCampaign",
        summary="Register a campaign",
        request=CampaignInput,
        responses={201: CampaignSerializer},
    )
    def create(self, request: Request) -> Response:
        """Register a campaign; its caller becomes the manager."""
        payload, at = CampaignInput(data=request.data), timezone.now()
        payload.require_valid(lambda: payload.judge(today=at.date()))
        candidacy, name, filing = payload.registration()
        actor = get_current_user(request)
        campaign = register_campaign(actor=actor, candidacy=candidacy, name=name, filing=filing, at=at)
        return Response(self._describe(campaign), status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="correctCampaignNames",
        summary="Correct the names of a campaign",
        description="Its managers until it is verified; reviewers with no part in the contest also afterwards.",
        request=NamesInput,
        responses=CampaignSerializer,
    )
    def partial_update(self, request: Request, id: object) -> Response:
        """Correct the spelling of the candidate's and the campaign's name. The history keeps the old ones."""
        payload, at = NamesInput(data=etags.read_versioned_data(request)), timezone.now()
        payload.require_valid()
        names = dict(payload.validated_data)
        version = names.pop("version", None)
        actor, campaign = get_current_user(request), self.get_object()
        correct_names(actor=actor, campaign=campaign, change=NameChange(**names), version=version, at=at)
        return Response(self._describe(campaign))

    @extend_schema(
        operation_id="verifyCampaign",
        summary="Verify a campaign",
        description="Reviewers only. Without the candidate's yes it takes a `reason`.",
        request=VerifyCampaignInput,
    )
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, id: object) -> Response:
        """Verify the campaign, as the caller read it; its published requests are matched from now on."""
        payload = VerifyCampaignInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        campaign = verify_campaign(
            actor=get_current_user(request), campaign=self.get_object(), at=timezone.now(), **payload.validated_data
        )
        return Response(self._describe(campaign))

    @extend_schema(
        operation_id="resumeCampaign", summary="Resume a silent campaign", description="Reviewers only.", request=None
    )
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, id: object) -> Response:
        """Resume a paused campaign, so that it gets offers again."""
        EmptyBody.require_empty(request)
        return Response(self._describe(resume_campaign(actor=get_current_user(request), campaign=self.get_object())))

    @extend_schema(operation_id="endCampaign", summary="End a campaign", request=VersionInput)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, id: object) -> Response:
        """End the campaign, after a lost primary, say. Its requests are cancelled and its work is handed over.

        It needs a sign-in of the last ten minutes.
        """
        require_recent_sign_in(request)
        payload = VersionInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        campaign = end_campaign(
            actor=get_current_user(request), campaign=self.get_object(), at=timezone.now(), **payload.validated_data
        )
        return Response(self._describe(campaign))
