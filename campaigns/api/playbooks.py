"""API of playbooks, for campaigns that have never scoped a project."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from campaigns.models import Playbook, PlaybookRole
from core.api.etags import ReferenceDataMixin
from core.api.pagination import OnePagePagination
from core.api.permissions import OwnDataOnly
from core.api.serializers import OptionalChoiceField
from core.enums import VettingArea


class PlaybookRoleSerializer(serializers.ModelSerializer[PlaybookRole]):
    """A role of a playbook."""

    skill = serializers.SlugRelatedField[PlaybookRole](slug_field="code", read_only=True)
    hours_per_week = serializers.IntegerField()
    seat_count = serializers.IntegerField()
    is_lead = serializers.BooleanField()
    makes_decisions = serializers.BooleanField(help_text="Takes part in the campaign's decisions.")
    vetted_for = OptionalChoiceField(choices=VettingArea.choices)

    class Meta:
        model = PlaybookRole
        fields = [
            *["name", "skill", "level", "hours_per_week", "tasks", "seat_count"],
            *["is_lead", "makes_decisions", "vetted_for"],
        ]


class PlaybookSerializer(serializers.ModelSerializer[Playbook]):
    """One typical project."""

    roles = PlaybookRoleSerializer(many=True, read_only=True)

    class Meta:
        model = Playbook
        fields = ["code", "name", "summary", "deliverables", "weeks", "staffing", "roles"]


@extend_schema(summary="List playbooks", description="Typical projects, ready to be asked for.", tags=["requests"])
class PlaybookListView(ReferenceDataMixin, ListAPIView[Playbook]):
    """Playbooks, for any signed-in user."""

    permission_classes = [OwnDataOnly]
    serializer_class = PlaybookSerializer
    pagination_class = OnePagePagination
    queryset = Playbook.objects.filter(retired=False).prefetch_related("roles__skill")
