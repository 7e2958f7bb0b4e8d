"""API of contests on imported ballots: public facts, so that two campaigns name one contest alike."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from campaigns import contest_queries
from campaigns.api.filters import ContestFilters
from campaigns.models import Contest
from core.api.permissions import OwnDataOnly


class ContestSerializer(serializers.ModelSerializer[Contest]):
    """One office in one election, as the ballot has it.

    To register a campaign for it, send the same values, without `id` and `cycle`.
    """

    id = serializers.UUIDField(source="public_id", read_only=True)
    jurisdiction = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Contest
        fields = ["id", "jurisdiction", "level", "office", "district", "cycle", "special", "primary_on", "election_on"]


@extend_schema(
    summary="List contests",
    description="The contests of imported ballots. A contest that a campaign has registered by itself is not listed: "
    "the list does not tell who is here.",
    tags=["campaigns"],
)
class ContestListView(ListAPIView[Contest]):
    """Contests on imported ballots, for any signed-in user."""

    permission_classes = [OwnDataOnly]
    serializer_class = ContestSerializer
    filterset_class = ContestFilters
    orderings = ("election_on", "office")
    queryset = Contest.objects.none()

    def get_queryset(self) -> QuerySet[Contest]:
        """Return the contests that the list may show."""
        return contest_queries.list_ballot_contests()
