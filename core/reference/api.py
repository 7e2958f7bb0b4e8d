"""The taxonomy, for whoever fills in a form."""

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from core.api.filters import MAX_SEARCH_LENGTH, SearchableFilterSet
from core.api.permissions import AllowAny
from core.models import Skill
from core.reference import queries


class SkillSerializer(serializers.ModelSerializer[Skill]):
    """One skill; `parent` is the code of the branch it belongs to."""

    parent = serializers.SlugRelatedField[Any](slug_field="code", read_only=True, allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Skill
        fields = ["code", "name", "parent", "description"]


class SkillFilters(SearchableFilterSet):
    """Skills by words: what is found comes with the branches above it and all that is below."""

    search = CharFilter(method="with_words", max_length=MAX_SEARCH_LENGTH, help_text="Words, in any order.")

    def with_words(self, rows: "QuerySet[Skill]", name: str, text: str) -> "QuerySet[Skill]":
        """Still a tree."""
        return queries.search_skills(text, rows)


@extend_schema(summary="List skills", description="All skills and their branches, in one list.", tags=["skills"])
class SkillListView(ListAPIView[Skill]):
    """Everybody may see it, also before signing up."""

    permission_classes = [AllowAny]
    authentication_classes = []
    serializer_class = SkillSerializer
    pagination_class = None
    filterset_class = SkillFilters
    queryset = queries.list_active_skills()
