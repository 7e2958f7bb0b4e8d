"""Filters of matching's lists. Each kind of caller filters only by what they may see."""

from django_filters import CharFilter, UUIDFilter

from core.api.filters import BooleanFilter, ChoicesFilter, SearchableFilterSet, UTCDateTimeFilter, search_filter
from matching.models import Policy, Run
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide
from matching.rules.states import PLACEMENT_CHOICES, VOLUNTEERS_MATCH_CHOICES, MatchState


class MyMatchFilters(SearchableFilterSet):
    """Filters for a volunteer's own matches. They do not search campaigns: in an emergency the name is hidden."""

    search_columns = ("request__title", "seat__role__name")

    state = ChoicesFilter(choices=VOLUNTEERS_MATCH_CHOICES)
    search = search_filter()


class PlacementFilters(SearchableFilterSet):
    """Filters for a campaign's placements. They do not search names: the campaign learns them with the acceptance."""

    search_columns = ("request__title", "seat__role__name")

    state = ChoicesFilter(choices=PLACEMENT_CHOICES)
    request = UUIDFilter(field_name="request__public_id")
    campaign = UUIDFilter(field_name="request__campaign__public_id")
    search = search_filter()


class MatchFilters(SearchableFilterSet):
    """Filters for matches, for reviewers."""

    search_columns = (
        *("volunteer__first_name", "volunteer__last_name", "request__title", "request__campaign__name"),
        "seat__role__name",
    )

    state = ChoicesFilter(choices=MatchState.choices)
    run = UUIDFilter(field_name="run__public_id")
    request = UUIDFilter(field_name="request__public_id")
    campaign = UUIDFilter(field_name="request__campaign__public_id")
    volunteer = UUIDFilter(field_name="volunteer__public_id")
    skill = CharFilter(field_name="seat__role__skill__code", max_length=50)
    is_broadcast = BooleanFilter()
    is_escalated = BooleanFilter(field_name="escalated_at", lookup_expr="isnull", exclude=True)
    proposed_from = UTCDateTimeFilter(field_name="proposed_at", lookup_expr="gte")
    proposed_until = UTCDateTimeFilter(field_name="proposed_at", lookup_expr="lte")
    due_until = UTCDateTimeFilter(field_name="due_at", lookup_expr="lte")
    search = search_filter()


class ProblemReportFilters(SearchableFilterSet):
    """Filters for problem reports, for reviewers."""

    search_columns = ("text",)

    kind = ChoicesFilter(choices=ProblemKind.choices)
    side = ChoicesFilter(choices=MatchSide.choices)
    match = UUIDFilter(field_name="match__public_id")
    is_handled = BooleanFilter(field_name="handled_at", lookup_expr="isnull", exclude=True)
    due_until = UTCDateTimeFilter(field_name="answer_due_at", lookup_expr="lte")
    search = search_filter()


class RunFilters(SearchableFilterSet):
    """Filters for runs, for reviewers."""

    state = ChoicesFilter(choices=Run.State.choices)
    is_limited = BooleanFilter()
    dry_run = BooleanFilter()
    requested_from = UTCDateTimeFilter(field_name="requested_at", lookup_expr="gte")
    requested_until = UTCDateTimeFilter(field_name="requested_at", lookup_expr="lte")


class PolicyFilters(SearchableFilterSet):
    """Filters for policies, for reviewers."""

    state = ChoicesFilter(choices=Policy.State.choices)


class CampaignVetoFilters(SearchableFilterSet):
    """Filters for the vetoes of the caller's campaigns."""

    campaign = UUIDFilter(field_name="campaign__public_id")


class VetoFilters(SearchableFilterSet):
    """Filters for all vetoes, for reviewers."""

    search_columns = ("volunteer__first_name", "volunteer__last_name", "campaign__name", "reason")

    side = ChoicesFilter(choices=MatchSide.choices)
    volunteer = UUIDFilter(field_name="volunteer__public_id")
    campaign = UUIDFilter(field_name="campaign__public_id")
    search = search_filter()


class PinFilters(SearchableFilterSet):
    """Filters for pins, for reviewers."""

    search_columns = ("volunteer__first_name", "volunteer__last_name", "seat__role__request__title", "reason")

    waits = BooleanFilter(field_name="waits_since", lookup_expr="isnull", exclude=True)
    unkept_by = UUIDFilter(field_name="unkept_by__run__public_id", label="The run that did not keep it.")
    volunteer = UUIDFilter(field_name="volunteer__public_id")
    request = UUIDFilter(field_name="seat__role__request__public_id")
    campaign = UUIDFilter(field_name="seat__role__request__campaign__public_id")
    search = search_filter()
