"""The volunteer as a campaign sees them, by stage."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.quick_reading import QuickReadMixin
from core.enums import CountBand
from matching.lifecycle.queries.offer_details import find_vetting_end, sort_claims
from matching.lifecycle.queries.teams import count_common_hours
from matching.models import Match
from matching.rules.supply_estimate import count_band


class ClaimedSkillSerializer(serializers.Serializer[Any]):
    """A skill and its claimed level."""

    skill = serializers.CharField()
    level = serializers.IntegerField()


class AnonymousVolunteerSerializer(QuickReadMixin):
    """A volunteer who got an offer: their skills. Hours are not shown: those of one person are that person's week."""

    skills = serializers.SerializerMethodField()

    @extend_schema_field(ClaimedSkillSerializer(many=True))
    def get_skills(self, match: Match) -> Any:
        """The skills that they claim, the highest level first."""
        return [{"skill": claim.skill.code, "level": claim.level} for claim in sort_claims(match)]


class NamedVolunteerSerializer(AnonymousVolunteerSerializer):
    """A volunteer who has accepted: also their hours, their first name, their vetting, and their projects here."""

    hours_in_common = serializers.SerializerMethodField()
    first_name = serializers.CharField(source="volunteer.first_name")
    vetted_until = serializers.SerializerMethodField()
    completed = serializers.SerializerMethodField()

    def get_hours_in_common(self, match: Match) -> float:
        """The hours a week that they are free within the hours in which this project works.

        In the week with the fewest. They are not the hours that they give.
        """
        return count_common_hours(match.request, [match.volunteer], at=timezone.now())

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_vetted_until(self, match: Match) -> str | None:
        """Until when they are vetted for what the role asks for, or None."""
        until = find_vetting_end(match)
        return until.isoformat() if until else None

    @extend_schema_field(serializers.ChoiceField(choices=CountBand.choices))
    def get_completed(self, match: Match) -> str:
        """How many projects they completed here, as a band."""
        completed: int = match.completed  # type: ignore[attr-defined]
        return count_band(completed)
