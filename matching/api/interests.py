"""The open roles that the caller would like."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from matching.api.fits import FitsThrottle
from matching.lifecycle.actions.interests import withdraw_interest
from matching.models import Interest
from matching.open_roles.actions.interests import express_interest
from matching.open_roles.queries.interests import OwnInterest, build_own_interests, interests_of
from matching.rules.interest_ends import InterestEnd
from matching.rules.interest_limits import MAX_OPEN_INTERESTS


class InterestSerializer(serializers.Serializer[OwnInterest]):
    """An open role that I would like. It names no campaign, and nothing in it leads to one."""

    id = serializers.UUIDField()
    open_role = serializers.UUIDField(help_text="The role, by its id on the board.")
    role_name = serializers.CharField(help_text="Its name, as the board shows it.")
    since = serializers.DateTimeField(help_text="When I said that I would like it.")
    answer_due_at = serializers.DateTimeField(
        allow_null=True,
        help_text="Until when I get an answer; for one that has ended, until when it was promised. Null while it waits "
        "in a pause, whose end names a new date.",
    )
    ended_at = serializers.DateTimeField(allow_null=True, help_text="When I got it; null while I wait.")
    interest_end = serializers.ChoiceField(
        choices=InterestEnd.choices, allow_null=True, help_text="Why it has ended; null while I wait."
    )
    explanation = serializers.CharField(help_text="The same in words; empty while I wait.")


class InterestInput(StrictSerializer):
    """The open role that I would like."""

    open_role = serializers.UUIDField(help_text="The role, by its id on the board.")


@extend_schema_view(
    list=extend_schema(
        summary="List my interests in open roles",
        description="Those that wait, and those that have ended.",
        responses=InterestSerializer(many=True),
    ),
)
@extend_schema(tags=["me"])
class MyInterestViewSet(IdempotentAPIView, mixins.ListModelMixin, viewsets.GenericViewSet[Interest]):
    """The caller's interests."""

    permission_classes = [OwnDataOnly]
    serializer_class = InterestSerializer  # type: ignore[assignment]
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Interest.objects.none()

    def get_throttles(self) -> list[BaseThrottle]:
        """Return the throttles. To ask for a role tells whether it fits, so it counts as asking what fits."""
        throttles: list[BaseThrottle] = super().get_throttles()
        return [*throttles, FitsThrottle()] if self.action == "create" else throttles

    def get_queryset(self) -> "QuerySet[Interest]":
        """Return the caller's own interests."""
        return interests_of(get_current_user(self.request))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of the caller's interests."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        shown = InterestSerializer(build_own_interests(rows), many=True)  # type: ignore[arg-type]
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="expressInterest",
        summary="Express interest in an open role",
        description="It is no application: it counts when places are given out, and I get an answer by a date. Only a "
        "role that fits me can be asked for: `GET /me/fits` lists the best of them, in `roles`. Another one is a 400 "
        "at `open_role`. In a pause this is a 409. At most "
        f"{MAX_OPEN_INTERESTS} wait at once. A second time changes nothing: the answer is a 201 with the first "
        "interest. A 404 without `errors`: you have no profile yet, so raise your hand first.",
        request=InterestInput,
        responses={201: InterestSerializer},
    )
    def create(self, request: Request) -> Response:
        """Say that I would like a role."""
        sent, user, at = InterestInput(data=request.data), get_current_user(request), timezone.now()
        sent.require_valid()
        interest = express_interest(actor=user, open_role_id=sent.validated_data["open_role"], at=at)
        (shown,) = build_own_interests(interests_of(user).filter(pk=interest.pk))
        return Response(InterestSerializer(shown).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="withdrawInterest",
        summary="Withdraw my interest in an open role",
        description="One that has ended stays as it is.",
        responses={204: None},
    )
    def destroy(self, request: Request, id: UUID) -> Response:
        """Take it back."""
        withdraw_interest(actor=get_current_user(request), interest=self.get_object(), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
