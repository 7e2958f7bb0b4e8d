"""The figures of the start page of reviewers."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.enums import Weekday
from matching.runs.queries.figures import read_desk_figures

FEW = "Null where it would tell of fewer than five people."


class PeopleFiguresSerializer(serializers.Serializer[Any]):
    """How people are served. The hours are those of a week."""

    reachable_count = serializers.IntegerField(
        allow_null=True, help_text=f"People who can be asked: active, with hours that they have confirmed. {FEW}"
    )
    reached_count = serializers.IntegerField(
        allow_null=True, help_text=f"Those of them with a proposal, an offer or a project. {FEW}"
    )
    offered_hours = serializers.IntegerField(allow_null=True, help_text=f"Hours that they offer. {FEW}")
    used_hours = serializers.IntegerField(allow_null=True, help_text=f"Hours that are used or proposed. {FEW}")
    idle_share = serializers.FloatField(
        allow_null=True, help_text=f"The share of the offered hours that is not used, from 0 to 1. {FEW}"
    )
    answered_count = serializers.IntegerField(
        allow_null=True, help_text=f"People who joined in the last 90 days and have had an answer. {FEW}"
    )
    median_answer_days = serializers.FloatField(
        allow_null=True, help_text=f"Half of them had their first answer in so many days. {FEW}"
    )


class SkillSeatsSerializer(serializers.Serializer[Any]):
    """The seats of a skill."""

    skill = serializers.CharField(help_text="The code of the skill.")
    name = serializers.CharField(help_text="The name of the skill.")
    asked_count = serializers.IntegerField(help_text="Seats that are asked for.")
    empty_count = serializers.IntegerField(help_text="Those that no one holds.")


class ElectionSeatsSerializer(serializers.Serializer[Any]):
    """The seats of all contests of one election day."""

    election_on = serializers.DateField(
        allow_null=True, help_text="The day of the election; null for all days after those that are listed."
    )
    asked_count = serializers.IntegerField(help_text="Seats that are asked for.")
    empty_count = serializers.IntegerField(help_text="Those that no one holds.")


class SeatFiguresSerializer(serializers.Serializer[Any]):
    """Seats of published requests that are not over, without emergencies."""

    asked_count = serializers.IntegerField(help_text="Seats that are asked for.")
    filled_count = serializers.IntegerField(help_text="Those that a person holds, or has done the work of.")
    proposed_count = serializers.IntegerField(help_text="Empty seats for which a person is proposed.")
    by_skill = SkillSeatsSerializer(many=True, help_text="Skills with empty seats, the emptiest first, twelve at most.")
    by_election = ElectionSeatsSerializer(many=True, help_text="By the day of the election, the next first.")


class RecruitedSkillSerializer(serializers.Serializer[Any]):
    """A skill of which one more volunteer would have added most to the last run over everything."""

    skill = serializers.CharField(help_text="The code of the skill.")
    name = serializers.CharField(help_text="The name of the skill.")
    weekday = serializers.ChoiceField(
        choices=Weekday.choices, help_text="The weekday on which that person would be free, in UTC; 0 is Monday."
    )
    points_added = serializers.IntegerField(help_text="Points that this person would have added.")
    empty_count = serializers.IntegerField(help_text="Seats of the skill that were empty on that day.")


class DeskFiguresSerializer(serializers.Serializer[Any]):
    """How matching is doing."""

    people = PeopleFiguresSerializer(
        allow_null=True, help_text="About people; null for a reviewer with a part in any contest."
    )
    seats = SeatFiguresSerializer(help_text="About seats, but those of contests in which the caller has a part.")
    recruited_skills = RecruitedSkillSerializer(many=True, help_text="Whom to recruit, the most wanted first.")


class DeskFiguresView(ETagMixin, generics.GenericAPIView[Any]):
    """How matching is doing."""

    permission_classes = [IsReviewer]
    serializer_class = DeskFiguresSerializer

    @extend_schema(
        operation_id="getDeskFigures",
        summary="Get the figures of matching",
        description="Reviewers only. The figures of the start page: people, seats, and whom to recruit. What waits "
        "for the caller is in `GET /me`, and the last runs are in `GET /runs`.",
        tags=["review"],
    )
    def get(self, request: Request) -> Response:
        """Return the figures at this moment, as far as the caller may know them."""
        figures = read_desk_figures(get_current_user(request), at=timezone.now())
        return Response(self.get_serializer(figures).data)
