"""Filters of the campaigns' lists."""

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter, NumberFilter, UUIDFilter

from campaigns.contest_queries import CONTEST_SEARCH_COLUMNS
from campaigns.models import Campaign, CandidateStop, Member, Request, Role
from core.api.filters import BooleanFilter, ChoicesFilter, DayFilter, SearchableFilterSet, search_filter
from core.enums import OfficeLevel


class ContestFilters(SearchableFilterSet):
    """Filters of contests. All of these are public facts of the ballot."""

    search_columns = CONTEST_SEARCH_COLUMNS

    level = ChoicesFilter(choices=OfficeLevel.choices)
    jurisdiction = CharFilter(field_name="jurisdiction__code", max_length=20)
    special = BooleanFilter()
    election_from = DayFilter(field_name="election_on", lookup_expr="gte")
    election_until = DayFilter(field_name="election_on", lookup_expr="lte")
    search = search_filter()


class CampaignFilters(SearchableFilterSet):
    """Filters of campaigns. They read public facts of the ballot, or the campaign's own."""

    search_columns = ("name", "candidate__name", "candidate__contest__office", "candidate__contest__district")

    state = ChoicesFilter(choices=Campaign.State.choices)
    level = ChoicesFilter(field_name="candidate__contest__level", choices=OfficeLevel.choices)
    jurisdiction = CharFilter(field_name="candidate__contest__jurisdiction__code", max_length=20)
    party = CharFilter(field_name="candidate__party__code", max_length=80)
    election_from = DayFilter(field_name="candidate__contest__election_on", lookup_expr="gte")
    election_until = DayFilter(field_name="candidate__contest__election_on", lookup_expr="lte")
    is_paused = BooleanFilter(field_name="paused_at", lookup_expr="isnull", exclude=True)
    search = search_filter()


class RequestFilters(SearchableFilterSet):
    """Filters of requests. The caller sees all of a listed request, so any field may be searched."""

    search_columns = ("title", "summary", "campaign__name")

    state = ChoicesFilter(choices=Request.State.choices)
    campaign = UUIDFilter(field_name="campaign__public_id")
    priority = NumberFilter(min_value=1, max_value=5)
    urgent = BooleanFilter()
    skill = CharFilter(method="with_skill", max_length=50, help_text="A role asks for the skill with this code.")
    starts_from = DayFilter(field_name="starts_on", lookup_expr="gte")
    starts_until = DayFilter(field_name="starts_on", lookup_expr="lte")
    ends_from = DayFilter(field_name="ends_on", lookup_expr="gte")
    ends_until = DayFilter(field_name="ends_on", lookup_expr="lte")
    search = search_filter()

    def with_skill(self, rows: "QuerySet[Request]", name: str, code: str) -> Any:
        """Keep the requests with a role that asks for the skill, each once."""
        return rows.filter(pk__in=Role.objects.filter(skill__code=code).values("request"))


class MemberFilters(SearchableFilterSet):
    """Filters of members, by position only: their addresses are not visible to every caller."""

    position = ChoicesFilter(choices=Member.Position.choices)


class CandidateStopFilters(SearchableFilterSet):
    """Filters of candidates' stops, for reviewers."""

    campaign = UUIDFilter(field_name="campaign__public_id")
    outcome = ChoicesFilter(choices=CandidateStop.Outcome.choices)
    is_handled = BooleanFilter(field_name="handled_at", lookup_expr="isnull", exclude=True)
