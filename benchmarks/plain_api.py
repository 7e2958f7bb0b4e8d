"""The plainest way of reading our tables by an API, with which `bench api` compares ours. Not served anywhere else."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from django.urls import include, path
from rest_framework import permissions, serializers, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.routers import SimpleRouter

from campaigns.models import Campaign, CandidateStop, Contest, Member, MemberInvitation, Playbook, Request, Role
from core.models import FactorRecovery, Notice, PersonalToken, Skill, User
from matching.models import DutyShift, Interest, Match, Message, Pin, Policy, ProblemReport, Run, Veto
from volunteers.models import LevelQuestion, Volunteer

PLAIN_PREFIX = "/api/plain/"


class PlainMatchSerializer(serializers.ModelSerializer[Match]):
    """The stored columns that ours shows. What ours computes, the explanation and the actions, is left out."""

    pk = serializers.IntegerField()
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
            *[
                "pk",
                "id",
                "state",
                "version",
                "run",
                "volunteer",
                "name",
                "role",
                "skill",
                "request",
                "title",
                "campaign",
            ],
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
    """The library's cursor pagination; the page has as many rows as ours, which the benchmark asks for."""

    page_size = 50
    page_size_query_param = "page_size"
    ordering = "-pk"

    @classmethod
    def list_parameters(cls, view_class: type[Any]) -> set[str]:
        """Return what the check of queries lets through, as that of our own pages does."""
        return {cls.cursor_query_param, cls.page_size_query_param}


class PlainMatchViewSet(viewsets.ModelViewSet[Match]):
    """All matches for any signed-in user."""

    serializer_class = PlainMatchSerializer
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


def _build_view_set(row_model: type[Model]) -> Any:
    """Return a view set of all rows of a table for any signed-in user: its columns, and nothing of other tables."""
    meta = type("Meta", (), {"model": row_model, "fields": "__all__"})
    # The key by which the benchmark asks for one row.
    fields = {"Meta": meta, "pk": serializers.ReadOnlyField()}
    serializer = type(f"Plain{row_model.__name__}Serializer", (serializers.ModelSerializer,), fields)
    settings = {
        "serializer_class": serializer,
        "pagination_class": PlainPagination,
        "permission_classes": [permissions.IsAuthenticated],
        "filter_backends": [],
        "queryset": row_model._default_manager.all(),
    }
    return type(f"Plain{row_model.__name__}ViewSet", (viewsets.ModelViewSet,), settings)


_MODELS: tuple[type[Model], ...] = (
    *(Campaign, CandidateStop, Contest, DutyShift, FactorRecovery, Interest, LevelQuestion, Member, MemberInvitation),
    *(Message, Notice, PersonalToken, Pin, Playbook, Policy, ProblemReport, Request, Role, Run, Skill, User),
    *(Veto, Volunteer),
)

router = SimpleRouter(trailing_slash=False)
router.register("match", PlainMatchViewSet, basename="plain-match")
for _model in _MODELS:
    _name = str(_model._meta.model_name)
    router.register(_name, _build_view_set(_model), basename=f"plain-{_name}")

urlpatterns = [path(PLAIN_PREFIX.removeprefix("/"), include(router.urls)), path("", include("config.urls"))]
