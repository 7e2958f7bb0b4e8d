"""Filters of the board. They read what it shows: a hidden fact is found by none of them."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import CharFilter

from campaigns.draft_rules import MAX_HOURS_PER_WEEK
from campaigns.models import Role
from core.api.filters import ChoicesFilter, SearchableFilterSet, WholeNumberFilter
from core.api.serializers import MAX_CODE_LENGTH, MAX_TIME_ZONE_LENGTH
from core.enums import OfficeLevel
from core.time_zones import is_time_zone
from matching.open_roles.queries.board_filters import BoardFilter, filter_board_roles
from matching.rules.regions import Region


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
