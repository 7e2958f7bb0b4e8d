"""Leaving, and coming back."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody
from matching.actions.leaving import leave
from volunteers.actions.availability import return_to_service
from volunteers.models import Volunteer


class LeftSerializer(serializers.ModelSerializer[Volunteer]):
    """Whether I am here."""

    class Meta:
        model = Volunteer
        fields = ["state", "left_at", "raised_at"]
        read_only_fields = fields


class _Going(generics.GenericAPIView[Any]):
    permission_classes = [OwnDataOnly]
    serializer_class = LeftSerializer


class Leave(_Going):
    """Out of everything."""

    @extend_schema(
        summary="I leave",
        description="I am proposed to nobody any more, my offers end and my places go to somebody else. What I said "
        "about myself stays until I return, or until it is forgotten after a while.",
        tags=["me"],
        request=None,
        responses=LeftSerializer,
    )
    def post(self, request: Request) -> Response:
        """At once."""
        EmptyBody.expect(request)
        return Response(LeftSerializer(leave(actor=get_current_user(request), at=timezone.now())).data)


class Return(_Going):
    """In again."""

    @extend_schema(summary="I am back", tags=["me"], request=None, responses=LeftSerializer)
    def post(self, request: Request) -> Response:
        """With what I said before, and a new turn."""
        EmptyBody.expect(request)
        return Response(LeftSerializer(return_to_service(actor=get_current_user(request), at=timezone.now())).data)
