"""What matching's lists can be asked for: by each kind of caller only what they see."""

from django_filters import BooleanFilter, CharFilter, ChoiceFilter, UUIDFilter

from core.api.filters import SearchableFilterSet, UTCDateTimeFilter, search_filter
from matching.models import Policy, Run
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState


class MyMatchFilters(SearchableFilterSet):
    """A volunteer's own. An emergency's campaign is named in none of these columns."""

    search_columns = ("request__title", "seat__role__name")

    state = ChoiceFilter(choices=MatchState.choices)
    search = search_filter()


class PlacementFilters(SearchableFilterSet):
    """A campaign's people; not by who they are, which it learns with their yes only."""

    search_columns = ("request__title", "seat__role__name")

    state = ChoiceFilter(choices=MatchState.choices)
    request = UUIDFilter(field_name="request__public_id")
    campaign = UUIDFilter(field_name="request__campaign__public_id")
    search = search_filter()


class MatchFilters(SearchableFilterSet):
    """A reviewer's."""

    search_columns = (
        *("volunteer__first_name", "volunteer__last_name", "request__title", "request__campaign__name"),
        "seat__role__name",
    )

    state = ChoiceFilter(choices=MatchState.choices)
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
    """A reviewer's."""

    search_columns = ("text",)

    kind = ChoiceFilter(field_name="problem", choices=ProblemKind.choices)
    side = ChoiceFilter(choices=MatchSide.choices)
    match = UUIDFilter(field_name="match__public_id")
    is_handled = BooleanFilter(field_name="handled_at", lookup_expr="isnull", exclude=True)
    due_until = UTCDateTimeFilter(field_name="due_at", lookup_expr="lte")
    search = search_filter()


class RunFilters(SearchableFilterSet):
    """A reviewer's."""

    state = ChoiceFilter(choices=Run.State.choices)
    is_limited = BooleanFilter(field_name="limited")
    dry_run = BooleanFilter()
    requested_from = UTCDateTimeFilter(field_name="asked_at", lookup_expr="gte")
    requested_until = UTCDateTimeFilter(field_name="asked_at", lookup_expr="lte")


class PolicyFilters(SearchableFilterSet):
    """A reviewer's."""

    state = ChoiceFilter(choices=Policy.State.choices)


class CampaignVetoFilters(SearchableFilterSet):
    """A campaign's own."""

    campaign = UUIDFilter(field_name="campaign__public_id")


class VetoFilters(SearchableFilterSet):
    """A reviewer's."""

    search_columns = ("volunteer__first_name", "volunteer__last_name", "campaign__name", "reason")

    side = ChoiceFilter(choices=MatchSide.choices)
    volunteer = UUIDFilter(field_name="volunteer__public_id")
    campaign = UUIDFilter(field_name="campaign__public_id")
    search = search_filter()


class PinFilters(SearchableFilterSet):
    """A reviewer's."""

    search_columns = ("volunteer__first_name", "volunteer__last_name", "seat__role__request__title", "reason")

    volunteer = UUIDFilter(field_name="volunteer__public_id")
    request = UUIDFilter(field_name="seat__role__request__public_id")
    campaign = UUIDFilter(field_name="seat__role__request__campaign__public_id")
    search = search_filter()
