"""The taxonomy, for whoever fills in a form."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny

from core import queries
from core.models import Skill


class SkillSerializer(serializers.ModelSerializer[Skill]):
    """One skill; `parent` is the code of the branch it belongs to."""

    parent = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)  # type: ignore[assignment]

    class Meta:
        model = Skill
        fields = ["code", "name", "parent", "description"]


@extend_schema(summary="Skills", description="All skills and their branches, in one list.", tags=["skills"])
class SkillList(ListAPIView[Skill]):
    """Everybody may see it, also before signing up."""

    permission_classes = [AllowAny]
    authentication_classes = []
    serializer_class = SkillSerializer
    pagination_class = None
    queryset = queries.offered_skills()
