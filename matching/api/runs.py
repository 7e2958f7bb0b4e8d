"""Runs, for reviewers."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Role
from campaigns.queries import roles_visible_to
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.pagination import OnePagePagination, respond_with_list
from core.api.references import find_all_named, find_named
from core.api.serializers import EmptyBody, OptionalChoiceField, StrictSerializer
from core.api.strict_query import takes_parameters
from core.enums import CountBand, Weekday
from core.errors import NotFound
from core.field_errors import FieldErrors
from core.models import User
from matching.api.filters import RunFilters
from matching.engine.explain import NotPlaced
from matching.engine.feasibility import REASONS
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.named_obstacles import name_outcome
from matching.models import Run
from matching.rules.run_stages import RunStage
from matching.rules.supply_estimate import count_band
from matching.runs import explanations
from matching.runs.actions.scheduling import cancel_run, check_run_scope, queue_run
from matching.runs.queries.outcomes import find_why_not_placed, list_scarce_skills
from matching.runs.queries.runs import runs_visible_to
from volunteers.models import Volunteer
from volunteers.queries import has_profile

MAX_SCARCE_SKILLS = 50
MAX_RUN_SCOPE = 500  # roles, or volunteers, that one run is limited to

FAILED_RULES = [reason.value for reason in REASONS]


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            stage: {"type": "number", "description": f"Seconds spent on this: {label}."}
            for stage, label in RunStage.choices
        },
        "additionalProperties": {"type": "number"},
    }
)
class StageSecondsField(serializers.DictField):
    """The seconds of each stage that a run has been through."""

    child = serializers.FloatField()


class LeftOutRowSerializer(serializers.Serializer[Any]):
    """A request or a volunteer that a run left out."""

    kind = serializers.ChoiceField(choices=["request", "volunteer"])
    id = serializers.UUIDField()


class RunSerializer(serializers.ModelSerializer[Run]):
    """A run. `gap` is the largest possible distance of its value from the optimum, as a share of `bound`."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    policy_id = serializers.UUIDField(source="policy.public_id")
    policy = serializers.IntegerField(source="policy.number", help_text="Version of the policy it used.")
    gap = serializers.FloatField(allow_null=True)
    stage = OptionalChoiceField(choices=RunStage.choices, help_text="What it is doing; null when it does nothing.")
    stage_seconds = StageSecondsField()
    is_limited = serializers.BooleanField(help_text="Only some roles, or some volunteers, are in scope.")
    requested_at = serializers.DateTimeField()
    input_digest = serializers.CharField(help_text="Digest of everything that the result depends on.")
    volunteer_count = serializers.IntegerField(allow_null=True)
    seat_count = serializers.IntegerField(allow_null=True)
    filled_count = serializers.IntegerField(allow_null=True)
    stored_count = serializers.IntegerField(allow_null=True, help_text="Pairs that still fitted when they were stored.")
    pair_count = serializers.IntegerField(allow_null=True, help_text="Feasible pairs that were considered.")
    stopped_early = serializers.BooleanField(
        help_text="The time limit ended the search before the gap was small enough."
    )

    roles = serializers.SlugRelatedField[Any](
        slug_field="public_id", many=True, read_only=True, help_text="The roles that it is limited to."
    )
    volunteers = serializers.SlugRelatedField[Any](
        slug_field="public_id", many=True, read_only=True, help_text="The volunteers that it is limited to."
    )
    left_out = LeftOutRowSerializer(many=True, help_text="Rows that cannot be computed with, a hundred at most.")

    class Meta:
        model = Run
        fields = [
            *["id", "state", "is_limited", "roles", "volunteers", "dry_run", "include_unclaimed"],
            *["policy_id", "policy"],
            *[
                "requested_at",
                "started_at",
                "finished_at",
                "stage",
                "stage_seconds",
                "error",
                "input_digest",
                "volunteer_count",
                "seat_count",
            ],
            *["filled_count", "stored_count", "unkept_pin_count", "pair_count"],
            *["value", "bound", "gap", "stopped_early", "left_out"],
        ]
        read_only_fields = fields


class RunInput(StrictSerializer):
    """The scope of a run: everything, the free seats of some roles, or all empty seats with some volunteers."""

    roles = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=MAX_RUN_SCOPE
    )
    volunteers = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=MAX_RUN_SCOPE
    )
    dry_run = serializers.BooleanField(required=False, help_text="Sends no notice and writes no match.")
    include_unclaimed = serializers.BooleanField(required=False, help_text="In a dry run only.")

    def read(self, user: User) -> dict[str, Any]:
        """Return the arguments of `queue_run`. Raises Invalid and NotFound with everything that is wrong with them."""
        options, errors = dict(self.validated_data), FieldErrors()
        role_ids, volunteer_ids = options.pop("roles", None), options.pop("volunteers", None)
        roles: list[Role] | None = None
        volunteers: list[Volunteer] | None = None
        with errors.collect():
            check_run_scope(roles=role_ids, volunteers=volunteer_ids, **options)
        with errors.collect():
            roles = find_all_named(roles_visible_to(user), role_ids, field="roles")
        with errors.collect():
            volunteers = find_all_named(Volunteer.objects.all(), volunteer_ids, field="volunteers")
        errors.raise_if_any()
        return {"roles": roles, "volunteers": volunteers, **options}


class ScarceSkillSerializer(serializers.Serializer[Any]):
    """One more volunteer who claims the skill and is free on that day would have added `points_added` points."""

    skill = serializers.CharField()
    name = serializers.CharField(help_text="Of the skill.")
    weekday = serializers.ChoiceField(choices=Weekday.choices, help_text="In UTC; 0 is Monday.")
    points_added = serializers.IntegerField()
    empty_seats = serializers.IntegerField(help_text="Empty seats that ask for it and can be worked at on that day.")
    empty_seats_band = serializers.ChoiceField(choices=CountBand.choices, help_text="The same as a band.")
    explanation = serializers.CharField(help_text="All of it in a sentence.")


class WhyNotInput(StrictSerializer):
    """The volunteer and the role."""

    volunteer = serializers.UUIDField()
    role = serializers.UUIDField()

    def find_pair(self, user: User) -> tuple[Volunteer, Role]:
        """Return the volunteer, who is not the user, and the role if the user may see it.

        Raises NotFound, naming each that is missing.
        """
        errors, named = FieldErrors(), self.validated_data
        roles = roles_visible_to(user).prefetch_related(None).select_related("request__campaign__candidate")
        message = _("There is no such volunteer. Look them up again and give their id.")
        with errors.collect():
            volunteer = find_named(Volunteer.objects.all(), named["volunteer"], field="volunteer", message=message)
            if has_profile(user, volunteer):
                raise NotFound(message, field="volunteer")
        with errors.collect():
            message = _("There is no such role. Look it up again and give its id.")
            role = find_named(roles, named["role"], field="role", message=message)
        errors.raise_if_any()
        return volunteer, role


class WhyNotSerializer(serializers.Serializer[Any]):
    """Why not, in words, and either the codes of all rules that the pair breaks, or points.

    The points are the score of the pair, the price of the seat, and what pinning the pair would lose.
    """

    explanation = serializers.CharField()
    failed_rules = serializers.ListField(child=serializers.ChoiceField(choices=FAILED_RULES))
    score = serializers.IntegerField(default=None, allow_null=True)
    seat_price = serializers.IntegerField(default=None, allow_null=True)
    score_loss = serializers.IntegerField(default=None, allow_null=True)


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
        return runs_visible_to(get_current_user(self.request)).select_related("policy").prefetch_related(*scope)

    @extend_schema(operation_id="requestRun", summary="Request a run", request=RunInput, responses={202: RunSerializer})
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
        description="The skills and weekdays (0 is Monday, in UTC) of which one more volunteer would have added most.",
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
        """Return the rules that the pair breaks, or the price that it did not meet and what pinning it would lose.

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

    @extend_schema(operation_id="cancelRun", summary="Cancel a run", request=None, responses={200: RunSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, id: str) -> Response:
        """Cancel a run that is queued or running. Nothing of it is stored."""
        EmptyBody.require_empty(request)
        run = cancel_run(self.get_object(), actor=get_current_user(request), at=timezone.now())
        return Response(RunSerializer(run).data)
