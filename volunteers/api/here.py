"""Small things that a volunteer says with one tap."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody, StrictSerializer
from volunteers.actions import profile
from volunteers.actions.questions import answer_level
from volunteers.models import LevelQuestion, Volunteer


class HereSerializer(serializers.ModelSerializer[Volunteer]):
    """Whether and when I can be proposed."""

    class Meta:
        model = Volunteer
        fields = ["state", "rest_until", "availability_confirmed_at", "on_call", "raised_at"]
        read_only_fields = fields


class OnCallInput(StrictSerializer):
    """Whether I may be asked at any hour when a campaign was hacked."""

    on_call = serializers.BooleanField()


class PauseInput(StrictSerializer):
    """Whether I want to be left out for a while."""

    paused = serializers.BooleanField()


@extend_schema(tags=["me"], request=None, responses=HereSerializer)
class HereViewSet(viewsets.GenericViewSet[Volunteer]):
    """One tap each."""

    permission_classes = [OwnDataOnly]
    serializer_class = HereSerializer
    queryset = Volunteer.objects.none()

    @extend_schema(summary="My hours are still right")
    @action(detail=False, methods=["post"])
    def confirm(self, request: Request) -> Response:
        """They count for another while."""
        EmptyBody.expect(request)
        return self._answer(profile.confirm_availability(actor=get_current_user(request), at=timezone.now()))

    @extend_schema(summary="I need no rest")
    @action(detail=False, methods=["post"], url_path="no-rest")
    def no_rest(self, request: Request) -> Response:
        """I can be proposed at once."""
        EmptyBody.expect(request)
        return self._answer(profile.waive_rest(actor=get_current_user(request), at=timezone.now()))

    @extend_schema(summary="On call", request=OnCallInput)
    @action(detail=False, methods=["post"], url_path="on-call")
    def on_call(self, request: Request) -> Response:
        """For emergencies, at any hour."""
        sent = OnCallInput(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._answer(
            profile.set_on_call(actor=get_current_user(request), at=timezone.now(), **sent.validated_data)
        )

    @extend_schema(summary="Pause", request=PauseInput)
    @action(detail=False, methods=["post"])
    def pause(self, request: Request) -> Response:
        """Out of the supply for a while, or back."""
        sent = PauseInput(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._answer(profile.pause(actor=get_current_user(request), at=timezone.now(), **sent.validated_data))

    def _answer(self, volunteer: Volunteer) -> Response:
        return Response(HereSerializer(volunteer).data)


class QuestionSerializer(serializers.ModelSerializer[LevelQuestion]):
    """A level of mine that somebody was not sure about."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    skill = serializers.CharField(source="skill.code")
    name = serializers.CharField(source="skill.name")

    class Meta:
        model = LevelQuestion
        fields = ["id", "skill", "name", "asked_at", "answered_at"]
        read_only_fields = fields


class LevelInput(StrictSerializer):
    """The right level; 0 gives the skill up."""

    level = serializers.IntegerField(min_value=0, max_value=5)


@extend_schema_view(list=extend_schema(summary="Which of my levels are in question"))
@extend_schema(tags=["me"])
class QuestionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[LevelQuestion]):
    """Questions about my levels."""

    permission_classes = [OwnDataOnly]
    serializer_class = QuestionSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = LevelQuestion.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that are open."""
        mine = LevelQuestion.objects.filter(volunteer__user=get_current_user(self.request), answered_at=None)
        return mine.select_related("skill").order_by("asked_at", "pk")

    @extend_schema(summary="Say which level is right", request=LevelInput)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, id: UUID) -> Response:
        """Changes my profile."""
        sent = LevelInput(data=request.data)
        sent.is_valid(raise_exception=True)
        done = answer_level(
            actor=get_current_user(request), question=self.get_object(), at=timezone.now(), **sent.validated_data
        )
        return Response(QuestionSerializer(done).data)
