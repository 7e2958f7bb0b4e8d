"""API of requests."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
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
from core.privacy.contact_fields import ContactField
from core.privacy.contact_logging import CampaignContactAccessLogMixin
from core.week_mask import Window


class RoleSerializer(serializers.ModelSerializer[Role]):
    """A role with the number of its open seats."""

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
        """Return the number of open seats."""
        return len(role.seats.all())


class ChannelField(ContactField):
    """Where a request's people talk; in an emergency, how to reach the member who called: then it is a contact."""

    def get_attribute(self, instance: Request) -> str:
        """Return the channel, and record it if it is a contact."""
        is_contact = instance.emergency and instance.contact is not None
        return super().get_attribute(instance) if is_contact else instance.channel


class RequestSerializer(serializers.ModelSerializer[Request]):
    """A request as its campaign sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id")
    playbook = serializers.CharField(source="playbook.code", default="")
    contact = serializers.UUIDField(
        source="contact.public_id", default=None, allow_null=True, help_text="The member who answers."
    )
    channel = ChannelField(
        subject="contact.user_id",
        help_text="Where its people talk; in an emergency, how whoever called is reached.",
    )
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
        """Return the path of the supply estimate, or "" when there is none.

        An unverified campaign has none, nor has a request that is over.
        """
        is_over = request.state not in (Request.State.DRAFT, Request.State.PUBLISHED)
        is_verified = request.campaign.state == Campaign.State.VERIFIED
        return reverse("request-supply-estimate", args=[request.public_id]) if is_verified and not is_over else ""

    def _windows(self, request: Request, kind: str) -> Any:
        return WindowSerializer([window for window in request.windows.all() if window.kind == kind], many=True).data

    @extend_schema_field(WindowSerializer(many=True))
    def get_work(self, request: Request) -> Any:
        """Return the work windows. Without any, work is possible at any time."""
        return self._windows(request, "work")

    @extend_schema_field(WindowSerializer(many=True))
    def get_meetings(self, request: Request) -> Any:
        """Return the meeting windows."""
        return self._windows(request, "meeting")


def parse_windows(values: list[dict[str, Any]], field: str) -> list[Window]:
    """Return the windows of the payload. Raises Invalid naming the field."""
    try:
        return [Window(**window) for window in values]
    except ValueError as error:
        raise Invalid(str(error), field=field) from error


class RoleTermsInput(StrictSerializer):
    """Fields of a role that may be left out, and amended one by one."""

    level = serializers.IntegerField(min_value=1, max_value=5, required=False)
    min_to_start = serializers.IntegerField(source="minimum", min_value=0, max_value=50, required=False)
    is_lead = serializers.BooleanField(source="leads", required=False)
    makes_decisions = serializers.BooleanField(source="decides", required=False)
    vetted_for = serializers.ChoiceField(choices=VettingArea.choices, required=False, allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField(max_length=10), required=False, max_length=20)
    nice_to_have_skills = serializers.ListField(child=serializers.SlugField(), required=False, max_length=20)


class RoleInput(RoleTermsInput):
    """A role to ask for."""

    name = serializers.CharField(max_length=80)
    skill = serializers.SlugField()
    hours_per_week = serializers.IntegerField(source="hours", min_value=1, max_value=60)
    seat_count = serializers.IntegerField(source="seats", min_value=1, max_value=50, required=False)


class NewRoleInput(RoleInput, VersionInput):
    """A role to add to an existing request."""


class RequestDraftInput(StrictSerializer):
    """A request to draft. What is left out comes from the playbook."""

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
        """Return the draft, and the version that it was based on."""
        fields = {name: value for name, value in self.validated_data.items() if name != "campaign"}
        version = fields.pop("version", None)
        for name in ("work", "meetings"):
            fields[name] = parse_windows(fields.get(name, []), name)
        fields["roles"] = [RoleDraft(**role) for role in fields.get("roles", [])]
        return RequestDraft(**fields), version


class NewRequestInput(RequestDraftInput):
    """A request to draft for a campaign. There is no version yet."""

    campaign = serializers.UUIDField()
    version = None  # type: ignore[assignment]


class AmendRequestInput(VersionInput):
    """Fields of a request to change; what is left out stays as it is."""

    title = serializers.CharField(max_length=160, required=False)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    brief = serializers.CharField(max_length=10000, required=False, allow_blank=True)
    out_of_scope = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    channel = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contact = serializers.UUIDField(required=False, help_text="A member: a manager or one of the staff.")
    priority = serializers.IntegerField(min_value=1, max_value=5, required=False)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    work = WindowSerializer(many=True, required=False)
    meetings = WindowSerializer(many=True, required=False)

    def change(self) -> tuple[RequestChange, int | None]:
        """Return the change, and the version that it was based on."""
        fields = dict(self.validated_data)
        version = fields.pop("version", None)
        for name in ("work", "meetings"):
            if name in fields:
                fields[name] = parse_windows(fields[name], name)
        return RequestChange(**fields), version


class ReduceSeatsInput(VersionInput):
    """The number of seats that a role keeps."""

    role = serializers.UUIDField()
    seat_count = serializers.IntegerField(source="seats", min_value=0, max_value=50)


class RequestResponseMixin(CampaignContactAccessLogMixin):
    """Answers with a whole request."""

    access_point = AccessPoint.REQUEST

    def request_response(self, request: Request, code: int = status.HTTP_200_OK) -> Response:
        """Return the request as it is now."""
        stored = queries.with_roles(Request.objects.filter(pk=request.pk)).get()
        return Response(RequestSerializer(stored, context=self.get_serializer_context()).data, status=code)


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
    """Requests that the caller may see, with their roles."""

    serializer_class = RequestSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = RequestFilters
    orderings = ("title", "starts_on", "ends_on", "priority")
    queryset = Request.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the requests that the caller may see."""
        return queries.with_roles(queries.requests_visible_to(get_current_user(self.request)))

    @extend_schema(
        operation_id="draftRequest",
        summary="Draft a request",
        request=NewRequestInput,
        responses={201: RequestSerializer},
    )
    def create(self, request: HttpRequest) -> Response:
        """Create a draft, for which no one is asked yet."""
        payload = NewRequestInput(data=request.data)
        payload.is_valid(raise_exception=True)
        draft, _version = payload.draft()
        campaign = (
            queries.visible_to(get_current_user(request)).filter(public_id=payload.validated_data["campaign"]).first()
        )
        if campaign is None:
            raise NotFound(_("There is no such campaign. Check its id."), field="campaign")
        drafted = draft_request(actor=get_current_user(request), campaign=campaign, draft=draft, at=timezone.now())
        return self.request_response(drafted, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="replaceDraft", summary="Replace a draft", request=RequestDraftInput, responses=RequestSerializer
    )
    def update(self, request: HttpRequest, id: UUID) -> Response:
        """Replace a draft as a whole."""
        payload = RequestDraftInput(data=etags.read_versioned_data(request))
        payload.is_valid(raise_exception=True)
        draft, version = payload.draft()
        return self.request_response(
            redraft_request(actor=get_current_user(request), request=self.get_object(), draft=draft, version=version)
        )

    @extend_schema(
        operation_id="amendRequest", summary="Amend a request", request=AmendRequestInput, responses=RequestSerializer
    )
    def partial_update(self, request: HttpRequest, id: UUID) -> Response:
        """Change the given fields, also when published.

        Volunteers are informed, and asked again where the change concerns them.
        """
        payload = AmendRequestInput(data=etags.read_versioned_data(request))
        payload.is_valid(raise_exception=True)
        change, version = payload.change()
        to_amend, at = self.get_object(), timezone.now()
        return self.request_response(
            amend_request(actor=get_current_user(request), request=to_amend, change=change, at=at, version=version)
        )

    @extend_schema(
        operation_id="addRole", summary="Add a role", request=NewRoleInput, responses={201: RequestSerializer}
    )
    @action(detail=True, methods=["post"])
    def roles(self, request: HttpRequest, id: UUID) -> Response:
        """Add a role; in a published request its seats are filled from the next run on."""
        payload = NewRoleInput(data=etags.read_versioned_data(request))
        payload.is_valid(raise_exception=True)
        fields = dict(payload.validated_data)
        version = fields.pop("version", None)
        to_extend, at = self.get_object(), timezone.now()
        extended = add_role(
            actor=get_current_user(request), request=to_extend, draft=RoleDraft(**fields), at=at, version=version
        )
        return self.request_response(extended, status.HTTP_201_CREATED)

    @extend_schema(operation_id="publishRequest", summary="Publish a request", request=ConductInput)
    @action(detail=True, methods=["post"])
    def publish(self, request: HttpRequest, id: UUID) -> Response:
        """Publish the request: its seats are filled from the next run on.

        The code of conduct must be accepted once.
        """
        payload = ConductInput(data=request.data)
        payload.is_valid(raise_exception=True)
        draft, at = self.get_object(), timezone.now()
        return self.request_response(
            publish_request(actor=get_current_user(request), request=draft, at=at, **payload.validated_data)
        )

    @extend_schema(operation_id="cancelRequest", summary="Cancel a request", request=VersionInput)
    @action(detail=True, methods=["post"])
    def cancel(self, request: HttpRequest, id: UUID) -> Response:
        """Cancel the request. Everyone asked is informed; work that has begun is handed over."""
        payload = VersionInput(data=etags.read_versioned_data(request))
        payload.is_valid(raise_exception=True)
        to_cancel = self.get_object()
        return self.request_response(
            cancel_request(
                actor=get_current_user(request), request=to_cancel, at=timezone.now(), **payload.validated_data
            )
        )

    @extend_schema(operation_id="reduceSeats", summary="Reduce the seats of a role", request=ReduceSeatsInput)
    @action(detail=True, methods=["post"], url_path="reduce-seats")
    def reduce_seats(self, request: HttpRequest, id: UUID) -> Response:
        """Close empty seats first, then the highest numbers; volunteers in closed seats are informed."""
        payload = ReduceSeatsInput(data=etags.read_versioned_data(request))
        payload.is_valid(raise_exception=True)
        fields = dict(payload.validated_data)
        role = self.get_object().roles.filter(public_id=fields.pop("role")).first()
        if role is None:
            raise NotFound(_("There is no such role in this request. Check its id."), field="role")
        return self.request_response(
            reduce_seats(actor=get_current_user(request), role=role, at=timezone.now(), **fields)
        )
