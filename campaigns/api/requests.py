"""Requests of the campaigns that I act for."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from campaigns import queries
from campaigns.actions.amendments import amend_request
from campaigns.actions.requests import cancel_request, draft_request, publish_request, redraft_request, reduce_seats
from campaigns.actions.roles_and_seats import add_role
from campaigns.api.filters import RequestFilters
from campaigns.models import Campaign, Request, Role
from campaigns.models.playbook import Staffing
from campaigns.rules import RequestChange, RequestDraft, RoleDraft
from core.accounts.api.conduct import ConductInput
from core.api import etags
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import StrictSerializer, VersionInput, WindowSerializer
from core.enums import AccessPoint, VettingArea
from core.errors import Invalid, NotFound
from core.privacy.contact_logging import CampaignContactAccessLogMixin
from core.week_mask import Window


class RoleSerializer(serializers.ModelSerializer[Role]):
    """One kind of person, with the number of places."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    skill = serializers.CharField(source="skill.code")
    nice_to_have_skills = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    vetted_for = serializers.ChoiceField(choices=VettingArea.choices, allow_blank=True)
    seat_count = serializers.SerializerMethodField()
    hours_per_week = serializers.IntegerField(source="hours")
    min_to_start = serializers.IntegerField(source="minimum", help_text="With fewer people it does not begin.")
    is_lead = serializers.BooleanField(source="leads")
    makes_decisions = serializers.BooleanField(source="decides", help_text="Takes part in the campaign's decisions.")

    class Meta:
        model = Role
        fields = [
            *["id", "name", "skill", "level", "hours_per_week", "seat_count", "min_to_start", "languages"],
            *["is_lead", "makes_decisions"],
            *["vetted_for", "nice_to_have_skills"],
        ]

    def get_seat_count(self, role: Role) -> int:
        """Places that are not cut."""
        return len(role.seats.all())


class RequestSerializer(serializers.ModelSerializer[Request]):
    """A request, whole, as its campaign sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id")
    playbook = serializers.CharField(source="playbook.code", default="")
    contact = serializers.UUIDField(
        source="contact.public_id", default=None, allow_null=True, help_text="The member who answers."
    )
    channel = serializers.SerializerMethodField()
    work = serializers.SerializerMethodField()
    meetings = serializers.SerializerMethodField()
    roles = RoleSerializer(many=True)
    supply_estimate_url = serializers.SerializerMethodField()

    class Meta:
        model = Request
        fields = [
            *["id", "campaign", "state", "version", "title", "summary", "brief", "playbook", "starts_on", "ends_on"],
            *["time_zone", "priority", "urgent", "staffing", "auto_confirm", "work", "meetings", "roles"],
            *["out_of_scope", "channel", "contact", "published_at", "terms_changed_at", "assumed"],
            "supply_estimate_url",
        ]
        read_only_fields = fields

    def get_supply_estimate_url(self, request: Request) -> str:
        """Where to ask who could help, by POST; empty until the campaign is verified, and when the request is over."""
        over = request.state not in (Request.State.DRAFT, Request.State.PUBLISHED)
        verified = request.campaign.state == Campaign.State.VERIFIED
        return reverse("request-supply-estimate", args=[request.public_id]) if verified and not over else ""

    def get_channel(self, request: Request) -> str:
        """Where its people talk; in an emergency, how whoever called is reached."""
        if request.emergency and request.channel and request.contact is not None:
            self.context["shown"].add(request.contact.user_id)
        return request.channel

    def _windows(self, request: Request, kind: str) -> Any:
        return WindowSerializer([one for one in request.windows.all() if one.kind == kind], many=True).data

    @extend_schema_field(WindowSerializer(many=True))
    def get_work(self, request: Request) -> Any:
        """When the work may be done; empty: at any time."""
        return self._windows(request, "work")

    @extend_schema_field(WindowSerializer(many=True))
    def get_meetings(self, request: Request) -> Any:
        """When its people meet."""
        return self._windows(request, "meeting")


def parse_windows(sent: list[dict[str, Any]], field: str) -> list[Window]:
    """The windows that were sent. Raises Invalid naming the field."""
    try:
        return [Window(**window) for window in sent]
    except ValueError as error:
        raise Invalid(str(error), field=field) from error


class RoleTermsInput(StrictSerializer):
    """What may be left out of a role, and amended by itself."""

    level = serializers.IntegerField(min_value=1, max_value=5, required=False)
    min_to_start = serializers.IntegerField(source="minimum", min_value=0, max_value=50, required=False)
    is_lead = serializers.BooleanField(source="leads", required=False)
    makes_decisions = serializers.BooleanField(source="decides", required=False)
    vetted_for = serializers.ChoiceField(choices=VettingArea.choices, required=False, allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField(max_length=10), required=False, max_length=20)
    nice_to_have_skills = serializers.ListField(child=serializers.SlugField(), required=False, max_length=20)


class RoleInput(RoleTermsInput):
    """One kind of person that is asked for."""

    name = serializers.CharField(max_length=80)
    skill = serializers.SlugField()
    hours_per_week = serializers.IntegerField(source="hours", min_value=1, max_value=60)
    seat_count = serializers.IntegerField(source="seats", min_value=1, max_value=50, required=False)


class NewRoleInput(RoleInput, VersionInput):
    """The same for a request that is there."""


class RequestDraftInput(StrictSerializer):
    """A request as it is written down. What is left out comes from the playbook."""

    title = serializers.CharField(max_length=160)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    brief = serializers.CharField(max_length=10000, required=False, allow_blank=True)
    playbook = serializers.SlugField(required=False, allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    priority = serializers.IntegerField(min_value=1, max_value=5, required=False)
    urgent = serializers.BooleanField(required=False)
    staffing = serializers.ChoiceField(choices=Staffing.choices, required=False)
    auto_confirm = serializers.BooleanField(required=False)
    out_of_scope = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    channel = serializers.CharField(max_length=200, required=False, allow_blank=True)
    work = WindowSerializer(many=True, required=False)
    meetings = WindowSerializer(many=True, required=False)
    roles = RoleInput(many=True, required=False)
    version = serializers.IntegerField(required=False, help_text="When changing: the version that you changed.")

    def draft(self) -> tuple[RequestDraft, int | None]:
        """What was sent as the actions want it, and the version that it was based on."""
        sent = {name: value for name, value in self.validated_data.items() if name != "campaign"}
        version = sent.pop("version", None)
        for name in ("work", "meetings"):
            sent[name] = parse_windows(sent.get(name, []), name)
        sent["roles"] = [RoleDraft(**role) for role in sent.get("roles", [])]
        return RequestDraft(**sent), version


class NewRequestInput(RequestDraftInput):
    """The same, for a campaign, where there is no version yet."""

    campaign = serializers.UUIDField()
    version = None  # type: ignore[assignment]


class AmendRequestInput(VersionInput):
    """What is to be another way; what is left out stays as it is."""

    title = serializers.CharField(max_length=160, required=False)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    brief = serializers.CharField(max_length=10000, required=False, allow_blank=True)
    out_of_scope = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    channel = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contact = serializers.UUIDField(required=False, help_text="A member: a manager, or somebody of the staff.")
    priority = serializers.IntegerField(min_value=1, max_value=5, required=False)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    work = WindowSerializer(many=True, required=False)
    meetings = WindowSerializer(many=True, required=False)

    def change(self) -> tuple[RequestChange, int | None]:
        """What was sent as the action wants it, and the version that it was based on."""
        sent = dict(self.validated_data)
        version = sent.pop("version", None)
        for name in ("work", "meetings"):
            if name in sent:
                sent[name] = parse_windows(sent[name], name)
        return RequestChange(**sent), version


class ReduceSeatsInput(VersionInput):
    """How many seats a role keeps."""

    role = serializers.UUIDField()
    seat_count = serializers.IntegerField(source="seats", min_value=0, max_value=50)


class RequestResponseMixin(CampaignContactAccessLogMixin):
    """Answers with whole requests."""

    access_point = AccessPoint.REQUEST

    def request_response(self, request: Request, code: int = status.HTTP_200_OK) -> Response:
        """A request as it is now."""
        whole = queries.with_roles(Request.objects.filter(pk=request.pk)).get()
        return Response(RequestSerializer(whole, context=self.get_serializer_context()).data, status=code)


@extend_schema_view(
    list=extend_schema(summary="List requests", description="Those of campaigns that I act for; a reviewer sees all."),
    retrieve=extend_schema(summary="Get a request"),
)
@extend_schema(tags=["requests"])
class RequestViewSet(
    RequestResponseMixin,
    IdempotentAPIView,
    etags.ETagMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Request],
):
    """Requests with their roles."""

    serializer_class = RequestSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = RequestFilters
    orderings = ("title", "starts_on", "ends_on", "priority")
    queryset = Request.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that the caller may see."""
        return queries.with_roles(queries.requests_visible_to(get_current_user(self.request)))

    @extend_schema(
        operation_id="draftRequest",
        summary="Draft a request",
        request=NewRequestInput,
        responses={201: RequestSerializer},
    )
    def create(self, request: HttpRequest) -> Response:
        """Writes it down; nobody is asked yet."""
        sent = NewRequestInput(data=request.data)
        sent.is_valid(raise_exception=True)
        draft, _ = sent.draft()
        campaign = (
            queries.visible_to(get_current_user(request)).filter(public_id=sent.validated_data["campaign"]).first()
        )
        if campaign is None:
            raise NotFound("There is no such campaign.", field="campaign")
        drafted = draft_request(actor=get_current_user(request), campaign=campaign, draft=draft, at=timezone.now())
        return self.request_response(drafted, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="replaceDraft", summary="Replace a draft", request=RequestDraftInput, responses=RequestSerializer
    )
    def update(self, request: HttpRequest, id: UUID) -> Response:
        """Replaces it whole."""
        sent = RequestDraftInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        draft, version = sent.draft()
        return self.request_response(
            redraft_request(actor=get_current_user(request), request=self.get_object(), draft=draft, version=version)
        )

    @extend_schema(
        operation_id="amendRequest", summary="Amend a request", request=AmendRequestInput, responses=RequestSerializer
    )
    def partial_update(self, request: HttpRequest, id: UUID) -> Response:
        """Changes what is given, also when published: its people are told, and asked again where it concerns them."""
        sent = AmendRequestInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        change, version = sent.change()
        asked, at = self.get_object(), timezone.now()
        return self.request_response(
            amend_request(actor=get_current_user(request), request=asked, change=change, at=at, version=version)
        )

    @extend_schema(
        operation_id="addRole", summary="Add a role", request=NewRoleInput, responses={201: RequestSerializer}
    )
    @action(detail=True, methods=["post"])
    def roles(self, request: HttpRequest, id: UUID) -> Response:
        """One more kind of person; in a published request its places are filled from the next run on."""
        sent = NewRoleInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        version = said.pop("version", None)
        asked, at = self.get_object(), timezone.now()
        added = add_role(
            actor=get_current_user(request), request=asked, draft=RoleDraft(**said), at=at, version=version
        )
        return self.request_response(added, status.HTTP_201_CREATED)

    @extend_schema(operation_id="publishRequest", summary="Publish a request", request=ConductInput)
    @action(detail=True, methods=["post"])
    def publish(self, request: HttpRequest, id: UUID) -> Response:
        """From the next run on its seats are filled. The code of conduct is agreed to once."""
        sent = ConductInput(data=request.data)
        sent.is_valid(raise_exception=True)
        asked, at = self.get_object(), timezone.now()
        return self.request_response(
            publish_request(actor=get_current_user(request), request=asked, at=at, **sent.validated_data)
        )

    @extend_schema(operation_id="cancelRequest", summary="Cancel a request", request=VersionInput)
    @action(detail=True, methods=["post"])
    def cancel(self, request: HttpRequest, id: UUID) -> Response:
        """Whoever was asked or has said yes is told; work that has begun is handed over."""
        sent = VersionInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        asked = self.get_object()
        return self.request_response(
            cancel_request(actor=get_current_user(request), request=asked, at=timezone.now(), **sent.validated_data)
        )

    @extend_schema(operation_id="reduceSeats", summary="Reduce the seats of a role", request=ReduceSeatsInput)
    @action(detail=True, methods=["post"], url_path="reduce-seats")
    def reduce_seats(self, request: HttpRequest, id: UUID) -> Response:
        """Empty seats go first, then those of the latest number; whoever lost one is told."""
        sent = ReduceSeatsInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        role = self.get_object().roles.filter(public_id=said.pop("role")).first()
        if role is None:
            raise NotFound("There is no such role in this request.", field="role")
        return self.request_response(
            reduce_seats(actor=get_current_user(request), role=role, at=timezone.now(), **said)
        )
