"""Runs, for reviewers."""

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Role
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.pagination import OnePagePagination, respond_with_list
from core.api.serializers import EmptyBody
from core.api.strict_query import takes_parameters
from core.errors import NotFound
from matching.api.filters import RunFilters
from matching.api.run_change_serializers import RunChangesSerializer
from matching.api.run_inputs import ROLE_RUN_EXAMPLE, TRIAL_EXAMPLE, RunInput, WhyNotInput
from matching.api.run_serializers import RunSerializer, ScarceSkillSerializer, WhyNotSerializer
from matching.engine.explain import NotPlaced
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.named_obstacles import name_outcome
from matching.models import Run
from matching.rules.supply_estimate import count_band
from matching.runs import explanations
from matching.runs.actions.scheduling import cancel_run, queue_run
from matching.runs.actions.verification_requests import request_verification
from matching.runs.queries.changes import compare_runs
from matching.runs.queries.outcomes import find_why_not_placed, list_scarce_skills
from matching.runs.queries.runs import runs_visible_to
from volunteers.models import Volunteer

MAX_SCARCE_SKILLS = 50


@extend_schema_view(
    list=extend_schema(summary="List runs", description="Reviewers only."),
    retrieve=extend_schema(
        summary="Get a run", description="Reviewers only. Watch `state` until it is done or failed."
    ),
)
@extend_schema(tags=["review"])
class RunViewSet(
    IdempotentAPIView, ETagMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Run]
):
    """Runs of the matcher."""

    permission_classes = [IsReviewer]
    serializer_class = RunSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = RunFilters
    orderings = ("requested_at",)
    queryset = Run.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the runs that the caller may see."""
        scope = (
            Prefetch("roles", Role.objects.only("public_id")),
            Prefetch("volunteers", Volunteer.objects.only("public_id")),
        )
        return runs_visible_to(get_current_user(self.request)).select_related("policy", "base").prefetch_related(*scope)

    @extend_schema(
        operation_id="requestRun",
        summary="Request a run",
        request=RunInput,
        responses={202: RunSerializer},
        examples=[TRIAL_EXAMPLE, ROLE_RUN_EXAMPLE],
    )
    def create(self, request: Request) -> Response:
        """Queue a run. A worker executes it; `Location` is the address of the run."""
        sent, user = RunInput(data=request.data), get_current_user(request)
        sent.require_valid(lambda: sent.read(user))
        run = queue_run(actor=user, at=timezone.now(), **sent.read(user))
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        operation_id="listScarceSkills",
        summary="List scarce skills",
        responses=ScarceSkillSerializer(many=True),
        filters=False,
        description="The skills and weekdays (0 is Monday, in UTC) of which one more volunteer would have added "
        "most, the largest first.",
    )
    @action(detail=True, methods=["get"], pagination_class=OnePagePagination, url_path="scarce-skills")
    def scarce_skills(self, request: Request, id: str) -> Response:
        """List what one more volunteer would have added by the run's prices, the largest first, fifty at most."""
        scarce_skills = list_scarce_skills(self.get_object())
        if scarce_skills is None:
            raise NotFound(str(explanations.ARRAYS_DELETED_MESSAGE))
        rows = [
            {
                "skill": skill.code,
                "name": skill.shown_name,
                "weekday": scarce.weekday,
                "points_added": scarce.worth,
                "empty_seats": scarce.seats,
                "empty_seats_band": count_band(scarce.seats),
                "explanation": explanations.describe_scarcity(
                    skill.shown_name, scarce.weekday, scarce.worth, scarce.seats
                ),
            }
            for scarce, skill in scarce_skills[:MAX_SCARCE_SKILLS]
        ]
        return respond_with_list(self, rows, ScarceSkillSerializer)

    @extend_schema(
        operation_id="explainNotPlaced",
        summary="Explain why a volunteer was not placed in a role",
        parameters=[
            OpenApiParameter("volunteer", OpenApiTypes.UUID, required=True, description="The volunteer, by id."),
            OpenApiParameter("role", OpenApiTypes.UUID, required=True, description="The role, by id."),
        ],
        responses=WhyNotSerializer,
        filters=False,
    )
    @action(detail=True, methods=["get"], pagination_class=None, url_path="why-not")
    @takes_parameters("volunteer", "role")
    def why_not(self, request: Request, id: str) -> Response:
        """The rules that the pair breaks, or the price that it did not meet and what pinning it would lose.

        To a caller with a part in any contest, no rule is named that comes from what else the volunteer does. If there
        is no other rule, `failed_rules` is empty, the points are null, and the explanation says that there is no room.
        """
        query, user = WhyNotInput(data=request.query_params), get_current_user(request)
        query.require_valid(lambda: query.find_pair(user))
        volunteer, role = query.find_pair(user)
        check_may_review(user, role.request)
        run = self.get_object()
        found, at = find_why_not_placed(run, volunteer, role), timezone.now()
        outcome = name_outcome(user, found, volunteer, role, policy=run.policy, at=at)
        answer: dict[str, object] = {"explanation": explanations.explain_not_placed(outcome), "failed_rules": ()}
        if isinstance(outcome, NotPlaced) and outcome.failing:
            answer["failed_rules"] = outcome.failing
        elif isinstance(outcome, NotPlaced):
            answer |= {"score": outcome.score, "seat_price": outcome.price, "score_loss": outcome.lost}
        return Response(WhyNotSerializer(answer).data)

    @extend_schema(
        operation_id="getRunChanges",
        summary="Get what a run changed",
        responses=RunChangesSerializer,
        filters=False,
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def changes(self, request: Request, id: str) -> Response:
        """What the run changed against its `base`, else against the last run over everything before it.

        No pair of a contest counts in which the caller has a part, and none of the caller's own. Lists are cut off.
        """
        changes = compare_runs(self.get_object(), reader=get_current_user(request))
        if changes is None:
            raise Http404
        return Response(RunChangesSerializer(changes).data)

    @extend_schema(operation_id="verifyRun", summary="Verify a run", request=None, responses={202: RunSerializer})
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, id: str) -> Response:
        """Ask for a check of the result by a program that shares no code with the matcher. Watch `verified_at`."""
        EmptyBody.require_empty(request)
        run = request_verification(self.get_object(), actor=get_current_user(request), at=timezone.now())
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(operation_id="cancelRun", summary="Cancel a run", request=None, responses={200: RunSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, id: str) -> Response:
        """Cancel a run that is queued or running. Nothing of it is stored."""
        EmptyBody.require_empty(request)
        run = cancel_run(self.get_object(), actor=get_current_user(request), at=timezone.now())
        return Response(RunSerializer(run).data)
