"""The API of the skills taxonomy."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.etags import ReferenceDataMixin
from core.api.filters import MAX_SEARCH_LENGTH, SearchableFilterSet
from core.api.pagination import OnePagePagination
from core.api.permissions import AllowAny
from core.api.serializers import StrictSerializer
from core.api.throttles import AnonWriteThrottle
from core.models import Skill
from core.models.skill import MAX_ALIAS_LENGTH
from core.reference import queries
from core.reference.throttles import SkillWordThrottle
from core.reference.unknown_words import report_unknown_word


class SkillSerializer(serializers.ModelSerializer[Skill]):
    """One skill; `parent` is the code of the branch it belongs to."""

    name = serializers.CharField(source="shown_name", help_text="The name, in the reader's language.")
    description = serializers.CharField(source="shown_description")
    parent = serializers.SlugRelatedField[Any](slug_field="code", read_only=True, allow_null=True)  # type: ignore[assignment]
    examples = serializers.ListField(
        child=serializers.CharField(),
        source="example_texts",
        help_text="A few of the aliases, to be shown beside the skill.",
    )
    aliases = serializers.ListField(
        child=serializers.CharField(),
        source="alias_texts",
        help_text="Words by which people look for it, in any language.",
    )

    class Meta:
        model = Skill
        fields = ["code", "name", "parent", "description", "examples", "aliases"]


class SkillFilters(SearchableFilterSet):
    """Search skills by words; each result comes with the branches above it and all skills below it."""

    search = CharFilter(
        method="filter_by_search",
        max_length=MAX_SEARCH_LENGTH,
        help_text="Words, in any order, of names, aliases and descriptions. The best match comes first.",
    )

    def filter_by_search(self, rows: "QuerySet[Skill]", name: str, text: str) -> "QuerySet[Skill]":
        """Return the skills that match, as a tree."""
        return queries.search_skills(text, rows)


@extend_schema(
    summary="List skills",
    description="All skills and their branches, in one list, in the order of their English names. A search has the "
    "best match first.",
    tags=["skills"],
)
class SkillListView(ReferenceDataMixin, ListAPIView[Skill]):
    """All skills; the list is public, as sign-up forms show it."""

    permission_classes = [AllowAny]
    authentication_classes = []
    reads_no_session = True
    serializer_class = SkillSerializer
    pagination_class = OnePagePagination
    filterset_class = SkillFilters
    queryset = queries.list_active_skills()


class UnknownSkillWordInput(StrictSerializer):
    """A word that a search for skills did not find."""

    word = serializers.CharField(max_length=MAX_ALIAS_LENGTH, help_text="As the person typed it, such as “beekeeping”.")


class UnknownSkillWordView(APIView):
    """Words that lead to no skill. The view does not look who is signed in."""

    permission_classes = [AllowAny]
    authentication_classes = []
    reads_no_session = True
    throttle_classes = [AnonWriteThrottle, SkillWordThrottle]

    @extend_schema(
        operation_id="reportUnknownSkillWord",
        summary="Report a word that leads to no skill",
        description="Send it when a person ends a search that found nothing, not at each key. Reviewers see the word "
        "and the days on which it came, and may make it an alias. Nothing is stored about who sent it. A word that "
        "leads to a skill is not stored, and the answer is the same.",
        tags=["skills"],
        request=UnknownSkillWordInput,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Store the word for reviewers."""
        payload = UnknownSkillWordInput(data=request.data)
        payload.require_valid()
        report_unknown_word(at=timezone.now(), **payload.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)
