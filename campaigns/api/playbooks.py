"""API of playbooks, for campaigns that have never scoped a project."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from campaigns.models import Playbook, PlaybookRole
from campaigns.playbook_queries import list_offered_playbooks
from core.api.etags import ReferenceDataMixin
from core.api.pagination import OnePagePagination
from core.api.permissions import OwnDataOnly
from core.api.serializers import OptionalChoiceField
from core.enums import CountBand, VettingArea


class PlaybookRoleSerializer(serializers.ModelSerializer[PlaybookRole]):
    """A role of a playbook."""

    skill = serializers.SlugRelatedField[PlaybookRole](slug_field="code", read_only=True)
    name = serializers.CharField(source="shown_name")
    tasks = serializers.CharField(source="shown_tasks")
    hours_per_week = serializers.IntegerField()
    seat_count = serializers.IntegerField()
    is_lead = serializers.BooleanField()
    makes_decisions = serializers.BooleanField(help_text="Takes part in the campaign's decisions.")
    vetted_for = OptionalChoiceField(choices=VettingArea.choices)
    people_fitting = serializers.ChoiceField(
        source="supply.people_fitting",
        choices=CountBand.choices,
        default=None,
        allow_null=True,
        help_text="How many people could take it, over the whole country and at any time; null until it is counted.",
    )

    class Meta:
        model = PlaybookRole
        fields = [
            *["name", "skill", "level", "hours_per_week", "tasks", "seat_count"],
            *["is_lead", "makes_decisions", "vetted_for", "people_fitting"],
        ]


class PlaybookSerializer(serializers.ModelSerializer[Playbook]):
    """One typical project."""

    name = serializers.CharField(source="shown_name")
    summary = serializers.CharField(source="shown_summary")
    deliverables = serializers.ListField(child=serializers.CharField(), source="shown_deliverables")
    roles = PlaybookRoleSerializer(many=True, read_only=True)

    class Meta:
        model = Playbook
        fields = ["code", "name", "summary", "deliverables", "weeks", "staffing", "roles"]


@extend_schema(
    summary="List playbooks",
    description="Typical projects, ready to be asked for, in the order of their English names.",
    tags=["requests"],
)
class PlaybookListView(ReferenceDataMixin, ListAPIView[Playbook]):
    """Playbooks, for any signed-in user."""

    permission_classes = [OwnDataOnly]
    serializer_class = PlaybookSerializer
    pagination_class = OnePagePagination
    queryset = list_offered_playbooks()
