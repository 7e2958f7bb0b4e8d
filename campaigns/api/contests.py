"""API of contests on imported ballots: public facts, so that two campaigns name one contest alike."""

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from campaigns import contest_queries
from campaigns.models import Contest
from core.api.filters import BooleanFilter, ChoicesFilter, DayFilter, SearchableFilterSet, search_filter
from core.api.permissions import OwnDataOnly
from core.enums import OfficeLevel


class ContestSerializer(serializers.ModelSerializer[Contest]):
    """One office in one election, as the ballot has it.

    To register a campaign for it, send the same values, without `id` and `cycle`.
    """

    id = serializers.UUIDField(source="public_id", read_only=True)
    jurisdiction = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Contest
        fields = ["id", "jurisdiction", "level", "office", "district", "cycle", "special", "primary_on", "election_on"]


class ContestFilters(SearchableFilterSet):
    """Filters of contests. All of these are public facts of the ballot."""

    search_columns = contest_queries.CONTEST_SEARCH_COLUMNS

    level = ChoicesFilter(choices=OfficeLevel.choices)
    jurisdiction = CharFilter(field_name="jurisdiction__code", max_length=20)
    special = BooleanFilter()
    election_from = DayFilter(field_name="election_on", lookup_expr="gte")
    election_until = DayFilter(field_name="election_on", lookup_expr="lte")
    search = search_filter()


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
