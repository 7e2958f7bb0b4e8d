"""Filters of matching's lists. Each kind of caller filters only by what they may see."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import CharFilter, UUIDFilter

from campaigns.draft_rules import MAX_HOURS_PER_WEEK
from campaigns.models import Role
from core.api.filters import (
    BooleanFilter,
    ChoicesFilter,
    SearchableFilterSet,
    UTCDateTimeFilter,
    WholeNumberFilter,
    search_filter,
)
from core.api.serializers import MAX_CODE_LENGTH, MAX_TIME_ZONE_LENGTH
from core.enums import OfficeLevel
from core.time_zones import is_time_zone
from matching.models import Policy, Run
from matching.open_roles.queries.board_filters import BoardFilter, filter_board_roles
from matching.rules.problem_kinds import ProblemKind
from matching.rules.regions import Region
from matching.rules.sides import MatchSide
from matching.rules.states import PLACEMENT_CHOICES, VOLUNTEERS_MATCH_CHOICES, MatchState


def check_time_zone(zone: str) -> None:
    """Raise ValidationError for a zone that is unknown."""
    if not is_time_zone(zone):
        raise ValidationError(_("This time zone is unknown. Give one of the vocabulary."), code="invalid")


class OpenRoleFilters(SearchableFilterSet):
    """Filters for the board. They read what it shows: a hidden fact is found by none of them."""

    skill = CharFilter(
        max_length=MAX_CODE_LENGTH,
        help_text="A skill, by its code, or a branch of skills. An unknown code finds no role.",
    )
    max_level = WholeNumberFilter(min_value=1, max_value=5, help_text="The level asked for is this or lower.")
    max_hours_per_week = WholeNumberFilter(
        min_value=1, max_value=MAX_HOURS_PER_WEEK, help_text="The hours a week are so many or fewer."
    )
    state = CharFilter(
        max_length=20, help_text="The state, by its code, where it is shown. An unknown code finds no role."
    )
    region = ChoicesFilter(choices=Region.choices)
    party = CharFilter(
        max_length=80,
        help_text="The party, by its code, where it is shown; “none” for no party. An unknown code finds no role.",
    )
    office_level = ChoicesFilter(choices=OfficeLevel.choices)
    time_zone = CharFilter(
        method="keep_all",
        max_length=MAX_TIME_ZONE_LENGTH,
        validators=[check_time_zone],
        help_text="The zone in which meetings are given. Left out: that of the caller's profile, or UTC.",
    )

    def keep_all(self, rows: "QuerySet[Role]", name: str, zone: str) -> "QuerySet[Role]":
        """Return all rows; the view gives the meetings in this zone."""
        return rows

    def filter_queryset(self, rows: "QuerySet[Role]") -> "QuerySet[Role]":
        """Return those of the board's roles that the caller looks for."""
        values = self.form.cleaned_data
        wanted = BoardFilter(
            skill=values["skill"],
            max_level=values["max_level"],
            max_hours_per_week=values["max_hours_per_week"],
            state=values["state"],
            regions=values["region"],
            party=values["party"],
            office_levels=values["office_level"],
        )
        return filter_board_roles(rows, self.request.parser_context["view"].board, wanted)


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
