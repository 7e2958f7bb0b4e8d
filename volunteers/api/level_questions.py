"""API of questions to a volunteer about the level of a skill."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from volunteers.actions.level_questions import answer_skill_level
from volunteers.models import LevelQuestion
from volunteers.queries import open_level_questions


class LevelQuestionSerializer(serializers.ModelSerializer[LevelQuestion]):
    """A question about one of the caller's levels."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    skill = serializers.CharField(source="skill.code")
    name = serializers.CharField(source="skill.shown_name")

    class Meta:
        model = LevelQuestion
        fields = ["id", "skill", "name", "asked_at", "answered_at"]
        read_only_fields = fields


class AnsweredLevelQuestionSerializer(LevelQuestionSerializer):
    """A question that the caller has answered, with the version of their profile, which the answer has raised."""

    profile_version = serializers.IntegerField(
        source="volunteer.version", help_text="The version of the profile after the answer."
    )

    class Meta(LevelQuestionSerializer.Meta):
        fields = [*LevelQuestionSerializer.Meta.fields, "profile_version"]
        read_only_fields = fields


class LevelAnswerInput(StrictSerializer):
    """The right level; 0 removes the skill."""

    level = serializers.IntegerField(min_value=0, max_value=5)


@extend_schema_view(list=extend_schema(summary="List questions about my levels"))
@extend_schema(tags=["me"])
class LevelQuestionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[LevelQuestion]):
    """Questions about the caller's levels."""

    permission_classes = [OwnDataOnly]
    serializer_class = LevelQuestionSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = LevelQuestion.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the caller's open questions."""
        return open_level_questions(get_current_user(self.request))

    @extend_schema(
        operation_id="answerLevelQuestion",
        summary="Answer a question about a level",
        request=LevelAnswerInput,
        responses=AnsweredLevelQuestionSerializer,
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, id: UUID) -> Response:
        """Answer the question, which changes the caller's profile."""
        payload = LevelAnswerInput(data=request.data)
        payload.require_valid()
        question = answer_skill_level(
            actor=get_current_user(request), question=self.get_object(), at=timezone.now(), **payload.validated_data
        )
        return Response(AnsweredLevelQuestionSerializer(question).data)
