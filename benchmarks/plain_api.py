"""The plainest way of listing matches, with which `bench api` compares ours. Not served anywhere else."""

from __future__ import annotations

from django.db.models import F
from django.urls import include, path
from rest_framework import permissions, serializers, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.routers import SimpleRouter

from matching.models import Match


class PlainSerializer(serializers.ModelSerializer[Match]):
    """The stored columns that ours shows. What ours computes, `why` and `moves`, is left out."""

    id = serializers.UUIDField(source="public_id")
    run = serializers.UUIDField(source="run.public_id", default=None)
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    role = serializers.CharField(source="seat.role.name")
    skill = serializers.CharField(source="seat.role.skill.code")
    request = serializers.UUIDField(source="request.public_id")
    title = serializers.CharField(source="request.title")
    campaign = serializers.CharField(source="request.campaign.name")

    class Meta:
        model = Match
        fields = [
            *["id", "state", "version", "run", "volunteer", "name", "role", "skill", "request", "title", "campaign"],
            *[
                "score",
                "score_parts",
                "reason",
                "note",
                "proposed_at",
                "state_changed_at",
                "due_at",
                "escalated_at",
                "is_broadcast",
            ],
        ]


class PlainPagination(CursorPagination):
    """The library's cursor pagination."""

    page_size = 50
    ordering = ("waiting_since", "id")


class PlainViewSet(viewsets.ModelViewSet[Match]):
    """All matches for any signed-in user."""

    serializer_class = PlainSerializer
    pagination_class = PlainPagination
    permission_classes = [permissions.IsAuthenticated]
    filter_backends = []
    queryset = Match.objects.select_related(
        "volunteer__user",
        "run",
        "seat__role__skill",
        "request__campaign__candidate__contest__jurisdiction",
        "request__campaign__candidate__party",
    ).annotate(waiting_since=F("volunteer__waiting_since"))


router = SimpleRouter(trailing_slash=False)
router.register("plain-matches", PlainViewSet, basename="plain-match")

urlpatterns = [path("api/v1/", include(router.urls)), path("", include("config.urls"))]
