"""Runs, for reviewers."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from campaigns.models import Role
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import EmptyBody, StrictSerializer
from core.errors import NotFound
from matching.api.filters import RunFilters
from matching.engine.explain import NotPlaced
from matching.lifecycle.actions.permissions import check_may_review
from matching.models import Run
from matching.rules.supply_estimate import count_band
from matching.runs import explanations
from matching.runs.actions.scheduling import cancel_run, queue_run
from matching.runs.queries.outcomes import find_why_not_placed, list_scarce_skills
from volunteers.models import Volunteer

MAX_SCARCE_SKILLS = 50

RowModel = TypeVar("RowModel", bound=Model)


class RunSerializer(serializers.ModelSerializer[Run]):
    """A run: `gap` is how far its value may be from the best there is, as a share of `bound`."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    policy = serializers.IntegerField(source="policy.number", help_text="Version of the rules it used.")
    gap = serializers.FloatField(allow_null=True)
    stage_seconds = serializers.DictField(source="stages", child=serializers.FloatField())
    is_limited = serializers.BooleanField(source="limited", help_text="Only some roles, or some people, are in scope.")
    requested_at = serializers.DateTimeField(source="asked_at")
    input_digest = serializers.CharField(source="digest", help_text="Of everything that the answer depends on.")
    volunteer_count = serializers.IntegerField(source="volunteers", allow_null=True)
    seat_count = serializers.IntegerField(source="seats", allow_null=True)
    filled_count = serializers.IntegerField(source="filled", allow_null=True)
    stored_count = serializers.IntegerField(
        source="stored", allow_null=True, help_text="Pairs still true when they were stored."
    )
    pair_count = serializers.IntegerField(source="pairs", allow_null=True, help_text="Feasible pairs considered.")
    stopped_early = serializers.BooleanField(
        source="cut", help_text="The time ended the search before the answer was good enough."
    )

    class Meta:
        model = Run
        fields = [
            *["id", "state", "is_limited", "dry_run", "include_unclaimed", "policy", "requested_at", "started_at"],
            *["finished_at", "stage", "stage_seconds", "error", "input_digest", "volunteer_count", "seat_count"],
            *["filled_count", "stored_count", "pair_count"],
            *["value", "bound", "gap", "stopped_early"],
        ]
        read_only_fields = fields


class RunInput(StrictSerializer):
    """What to match: everything, the free seats of some roles, or what is empty for some people."""

    roles = serializers.ListField(child=serializers.UUIDField(), required=False, allow_empty=False, max_length=1000)
    volunteers = serializers.ListField(
        source="people", child=serializers.UUIDField(), required=False, allow_empty=False, max_length=1000
    )
    dry_run = serializers.BooleanField(required=False, help_text="Tells nobody and writes no match.")
    include_unclaimed = serializers.BooleanField(required=False, help_text="In a dry run only.")


class ScarceSkillSerializer(serializers.Serializer[Any]):
    """One more volunteer who claims the skill and is free on that day would have added `points_added`."""

    skill = serializers.CharField()
    name = serializers.CharField(help_text="The skill's.")
    weekday = serializers.IntegerField()
    points_added = serializers.IntegerField(source="worth")
    empty_seats = serializers.IntegerField(
        source="seats", help_text="Empty places that ask for it and can be worked at on that day."
    )
    empty_seats_band = serializers.CharField(source="band", help_text="The same as a band: none, 1-4, 5-9, 10-24, 25+.")
    explanation = serializers.CharField(source="words", help_text="All of it in a sentence.")


class WhyNotInput(StrictSerializer):
    """Whom, and for what."""

    volunteer = serializers.UUIDField()
    role = serializers.UUIDField()


class WhyNotSerializer(serializers.Serializer[Any]):
    """Why not: in words; every rule that the pair breaks, by its code, or points: the pair's, the seat's, the loss."""

    explanation = serializers.CharField()
    failed_rules = serializers.ListField(source="failing", child=serializers.CharField())
    score = serializers.IntegerField(default=None, allow_null=True)
    seat_price = serializers.IntegerField(source="price", default=None, allow_null=True)
    score_loss = serializers.IntegerField(source="lost", default=None, allow_null=True)


@extend_schema_view(
    list=extend_schema(summary="List runs", description="Reviewers only."),
    retrieve=extend_schema(
        summary="Get a run", description="Reviewers only. Watch `state` until it is done or failed."
    ),
)
@extend_schema(tags=["review"])
class RunViewSet(IdempotentAPIView, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Run]):
    """Executions of the matcher."""

    permission_classes = [IsReviewer]
    serializer_class = RunSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = RunFilters
    orderings = ("requested_at",)
    queryset = Run.objects.select_related("policy").annotate(requested_at=F("asked_at"))

    @extend_schema(operation_id="requestRun", summary="Request a run", request=RunInput, responses={202: RunSerializer})
    def create(self, request: Request) -> Response:
        """Queues it; a worker executes it. `Location` is where to watch it."""
        sent = RunInput(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = dict(sent.validated_data)
        roles = _find_by_public_ids(Role.objects.all(), asked.pop("roles", None), "roles")
        people = _find_by_public_ids(Volunteer.objects.all(), asked.pop("people", None), "volunteers")
        run = queue_run(actor=get_current_user(request), at=timezone.now(), roles=roles, people=people, **asked)
        where = {"Location": reverse("run-detail", args=[run.public_id], request=request)}
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED, headers=where)

    @extend_schema(
        operation_id="listScarceSkills",
        summary="List scarce skills",
        responses=ScarceSkillSerializer(many=True),
        filters=False,
        description="The skills and weekdays (0 is Monday, in UTC) of which one more volunteer would have added most.",
    )
    @action(detail=True, methods=["get"], pagination_class=None, url_path="scarce-skills")
    def scarce_skills(self, request: Request, id: str) -> Response:
        """What the run's prices say, the most wanted first, fifty at most."""
        found = list_scarce_skills(self.get_object())
        if found is None:
            raise NotFound(str(explanations.ARRAYS_DELETED_MESSAGE))
        rows = [
            {
                **one._asdict(),
                "skill": skill.code,
                "name": skill.name,
                "band": count_band(one.seats),
                "words": explanations.describe_scarcity(skill.name, one.weekday, one.worth, one.seats),
            }
            for one, skill in found[:MAX_SCARCE_SKILLS]
        ]
        return Response(ScarceSkillSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="explainNotPlaced",
        summary="Explain why a volunteer was not placed in a role",
        parameters=[OpenApiParameter("volunteer", OpenApiTypes.UUID), OpenApiParameter("role", OpenApiTypes.UUID)],
        responses=WhyNotSerializer,
        filters=False,
    )
    @action(detail=True, methods=["get"], pagination_class=None, url_path="why-not")
    def why_not(self, request: Request, id: str) -> Response:
        """The first rule that the pair breaks, or the price that it did not meet and what pinning it would cost."""
        asked = WhyNotInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        volunteer = Volunteer.objects.filter(public_id=asked.validated_data["volunteer"]).first()
        roles = Role.objects.filter(public_id=asked.validated_data["role"])
        role = roles.select_related("request__campaign__candidate").first()
        if volunteer is None or role is None:
            raise NotFound("There is no such volunteer, or no such role.")
        check_may_review(get_current_user(request), role.request)
        found = find_why_not_placed(self.get_object(), volunteer, role)
        told: dict[str, object] = {"explanation": explanations.explain_not_placed(found), "failing": ()}
        if isinstance(found, NotPlaced) and found.failing:
            told["failing"] = found.failing
        elif isinstance(found, NotPlaced):
            told |= {"score": found.score, "price": found.price, "lost": found.lost}
        return Response(WhyNotSerializer(told).data)

    @extend_schema(operation_id="cancelRun", summary="Cancel a run", request=None, responses={200: RunSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, id: str) -> Response:
        """Ends one that waits or goes on; nothing of it is stored."""
        EmptyBody.require_empty(request)
        run = cancel_run(self.get_object(), actor=get_current_user(request), at=timezone.now())
        return Response(RunSerializer(run).data)


def _find_by_public_ids(rows: "QuerySet[RowModel]", ids: Sequence[UUID] | None, field: str) -> list[RowModel] | None:
    """The rows with these public ids; None where none are named. Raises NotFound when there is no such row."""
    if ids is None:
        return None
    found = list(rows.filter(public_id__in=ids))
    if len(found) < len(set(ids)):
        raise NotFound("One of these is not there. Look it up again and name it by its id.", field=field)
    return found
