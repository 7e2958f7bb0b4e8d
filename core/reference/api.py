"""The API of the skills taxonomy."""

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
    """Search skills by words; each result comes with the branches above it and all skills below it."""

    search = CharFilter(method="filter_by_search", max_length=MAX_SEARCH_LENGTH, help_text="Words, in any order.")

    def filter_by_search(self, rows: "QuerySet[Skill]", name: str, text: str) -> "QuerySet[Skill]":
        """Return the skills that match, as a tree."""
        return queries.search_skills(text, rows)


@extend_schema(summary="List skills", description="All skills and their branches, in one list.", tags=["skills"])
class SkillListView(ListAPIView[Skill]):
    """All skills; the list is public, as sign-up forms show it."""

    permission_classes = [AllowAny]
    authentication_classes = []
    serializer_class = SkillSerializer
    pagination_class = None
    filterset_class = SkillFilters
    queryset = queries.list_active_skills()
