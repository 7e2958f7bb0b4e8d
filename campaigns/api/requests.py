"""API of requests."""

from functools import partial
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from campaigns import queries, request_queries
from campaigns.actions.amendments import amend_request, apply_request_change
from campaigns.actions.drafts import resolve_draft
from campaigns.actions.publication import publish_request
from campaigns.actions.request_ends import cancel_request, check_seats_to_keep, close_request, reduce_seats
from campaigns.actions.requests import draft_request, redraft_request
from campaigns.actions.roles_and_seats import add_role, check_new_role
from campaigns.api.filters import RequestFilters
from campaigns.api.request_inputs import (
    AmendRequestInput,
    CancelRequestInput,
    NewRequestInput,
    NewRoleInput,
    PublishInput,
    ReduceSeatsInput,
    RequestDraftInput,
)
from campaigns.api.request_serializers import RequestSerializer
from campaigns.models import Request
from core.api import etags
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import VersionInput
from core.enums import AccessPoint
from core.privacy.contact_logging import CampaignContactAccessLogMixin


class RequestResponseMixin(CampaignContactAccessLogMixin):
    """Answers with a whole request."""

    access_point = AccessPoint.REQUEST
    created_route = "request-detail"

    def request_response(self, request: Request, code: int = status.HTTP_200_OK) -> Response:
        """Return the request as it is now."""
        stored = request_queries.with_roles(Request.objects.filter(pk=request.pk)).get()
        return Response(RequestSerializer(stored, context=self.get_serializer_context()).data, status=code)


@extend_schema_view(
    list=extend_schema(summary="List requests", description="Those of the campaigns that I see."),
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
        return request_queries.with_roles(queries.requests_visible_to(get_current_user(self.request)))

    @extend_schema(
        operation_id="draftRequest",
        summary="Draft a request",
        request=NewRequestInput,
        responses={201: RequestSerializer},
    )
    def create(self, request: HttpRequest) -> Response:
        """Create a draft, for which no one is asked yet."""
        payload, user, today = NewRequestInput(data=request.data), get_current_user(request), timezone.now().date()
        check = partial(resolve_draft, today=today)
        payload.require_valid(lambda: payload.judge(user, check))
        draft, _version = payload.draft()
        campaign = payload.require_campaign(user, check)
        drafted = draft_request(actor=user, campaign=campaign, draft=draft, at=timezone.now())
        return self.request_response(drafted, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="replaceDraft", summary="Replace a draft", request=RequestDraftInput, responses=RequestSerializer
    )
    def update(self, request: HttpRequest, id: UUID) -> Response:
        """Replace a draft as a whole."""
        payload, today = RequestDraftInput(data=etags.read_versioned_data(request)), timezone.now().date()
        payload.require_valid(lambda: resolve_draft(payload.draft()[0], self.get_object().campaign, today=today))
        draft, version = payload.draft()
        to_replace, at = self.get_object(), timezone.now()
        return self.request_response(
            redraft_request(actor=get_current_user(request), request=to_replace, draft=draft, at=at, version=version)
        )

    @extend_schema(
        operation_id="amendRequest", summary="Amend a request", request=AmendRequestInput, responses=RequestSerializer
    )
    def partial_update(self, request: HttpRequest, id: UUID) -> Response:
        """Change the given fields, also when published.

        Volunteers are informed, and asked again where the change concerns them.
        """
        payload, today = AmendRequestInput(data=etags.read_versioned_data(request)), timezone.now().date()
        payload.require_valid(lambda: apply_request_change(self.get_object(), payload.change()[0], today=today))
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
        payload.require_valid(lambda: check_new_role(self.get_object(), payload.draft()[0]))
        draft, version = payload.draft()
        to_extend, at = self.get_object(), timezone.now()
        extended = add_role(actor=get_current_user(request), request=to_extend, draft=draft, at=at, version=version)
        return self.request_response(extended, status.HTTP_201_CREATED)

    @extend_schema(operation_id="publishRequest", summary="Publish a request", request=PublishInput)
    @action(detail=True, methods=["post"])
    def publish(self, request: HttpRequest, id: UUID) -> Response:
        """Publish the request: its seats are filled from the next run on, and `contact` answers the volunteers.

        The code of conduct must be accepted once.
        """
        payload = PublishInput(data=request.data)
        payload.require_valid(lambda: payload.judge(self.get_object().campaign))
        draft, at = self.get_object(), timezone.now()
        return self.request_response(
            publish_request(actor=get_current_user(request), request=draft, at=at, **payload.validated_data)
        )

    @extend_schema(operation_id="cancelRequest", summary="Cancel a request", request=CancelRequestInput)
    @action(detail=True, methods=["post"])
    def cancel(self, request: HttpRequest, id: UUID) -> Response:
        """Cancel the request. Everyone asked is informed; work that has begun is handed over."""
        payload = CancelRequestInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        to_cancel = self.get_object()
        return self.request_response(
            cancel_request(
                actor=get_current_user(request), request=to_cancel, at=timezone.now(), **payload.validated_data
            )
        )

    @extend_schema(operation_id="closeRequest", summary="Close a request to new people", request=VersionInput)
    @action(detail=True, methods=["post"])
    def close(self, request: HttpRequest, id: UUID) -> Response:
        """Look for no more people. Who was asked is informed; work that has begun goes on until its own end."""
        payload = VersionInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        to_close = self.get_object()
        return self.request_response(
            close_request(
                actor=get_current_user(request), request=to_close, at=timezone.now(), **payload.validated_data
            )
        )

    @extend_schema(operation_id="reduceSeats", summary="Reduce the seats of a role", request=ReduceSeatsInput)
    @action(detail=True, methods=["post"], url_path="reduce-seats")
    def reduce_seats(self, request: HttpRequest, id: UUID) -> Response:
        """Close empty seats first, then the highest numbers; volunteers in closed seats are informed."""
        payload = ReduceSeatsInput(data=etags.read_versioned_data(request))
        payload.require_valid(
            lambda: check_seats_to_keep(payload.find_role(self.get_object()), payload.validated_data["seat_count"])
        )
        fields, role = dict(payload.validated_data), payload.find_role(self.get_object())
        del fields["role"]
        return self.request_response(
            reduce_seats(actor=get_current_user(request), role=role, at=timezone.now(), **fields)
        )
