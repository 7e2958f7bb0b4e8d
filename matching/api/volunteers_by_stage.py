"""What a campaign sees of a volunteer, by stage."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from matching.lifecycle.queries.teams import compute_common_hours
from matching.models import Match
from matching.rules.supply_estimate import count_band


class ClaimedSkillSerializer(serializers.Serializer[Any]):
    """A skill and its claimed level."""

    skill = serializers.CharField()
    level = serializers.IntegerField()


class AnonymousVolunteerSerializer(serializers.Serializer[Match]):
    """Somebody who was asked: what they can do, and how many hours are in common."""

    skills = serializers.SerializerMethodField()
    hours_in_common = serializers.SerializerMethodField()

    @extend_schema_field(ClaimedSkillSerializer(many=True))
    def get_skills(self, match: Match) -> Any:
        """What they say they can do."""
        claims = sorted(match.volunteer.claims.all(), key=lambda claim: (-claim.level, claim.skill.code))
        return [{"skill": claim.skill.code, "level": claim.level} for claim in claims]

    def get_hours_in_common(self, match: Match) -> float:
        """Hours a week that they are free when the work is done, in the week with the fewest."""
        return compute_common_hours(match.request, [match.volunteer], at=timezone.now()).hours


class NamedVolunteerSerializer(AnonymousVolunteerSerializer):
    """Somebody who said yes: who it is, too, how far they are vetted, and what they did here."""

    first_name = serializers.CharField(source="volunteer.first_name")
    vetted_until = serializers.SerializerMethodField()
    completed = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_vetted_until(self, match: Match) -> str | None:
        """Until when they are vetted for what the role asks for; nothing where it asks for nothing."""
        area = match.seat.role.vetted_for
        until = [mark.until for mark in match.volunteer.vettings.all() if area and mark.area == area]
        return max(until).isoformat() if until else None

    def get_completed(self, match: Match) -> str:
        """How many projects they completed here, as a band."""
        completed: int = match.completed  # type: ignore[attr-defined]
        return count_band(completed)
