"""What else is mine: my calendar's address, and word about my campaign's emergencies."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries as campaigns
from campaigns.models import Request as CampaignRequest
from core.api.current_user import get_current_user
from core.api.serializers import WindowSerializer
from core.enums import AccessPoint, ViewerKind
from core.errors import NotFound
from core.models import User
from core.privacy.contact_logging import ContactAccessLogMixin
from matching.lifecycle.queries.matches import may_see_team_names, requests_with_visible_team
from matching.lifecycle.queries.teams import compute_visible_team_hours, find_missing_roles, list_team_members


class TeamMemberSerializer(serializers.Serializer[Any]):
    """A place of the team: role and level; name and contact between those who work in it."""

    role = serializers.CharField()
    level = serializers.IntegerField()
    state = serializers.CharField()
    first_name = serializers.CharField()
    contact = serializers.CharField()


class MissingRoleSerializer(serializers.Serializer[Any]):
    """A role that keeps the team from beginning."""

    role = serializers.CharField()
    have = serializers.IntegerField()
    min_to_start = serializers.IntegerField(source="minimum")


class TeamSerializer(serializers.Serializer[Any]):
    """The people of a request together, and when all of them have time, on the wall clock of the request."""

    members = TeamMemberSerializer(many=True)
    missing = MissingRoleSerializer(many=True)
    hours_in_common = serializers.FloatField(source="hours", help_text="A week, in the week with the fewest.")
    windows = WindowSerializer(many=True)


class TeamView(ContactAccessLogMixin, generics.GenericAPIView[Any]):
    """One team."""

    access_point = AccessPoint.TEAM
    serializer_class = TeamSerializer

    @extend_schema(operation_id="getTeam", summary="Get the team of a request", tags=["requests"])
    def get(self, request: Request, id: UUID) -> Response:
        """For its members, its campaign and reviewers."""
        visible = requests_with_visible_team(get_current_user(request)).select_related("campaign")
        asked: CampaignRequest | None = visible.filter(public_id=id).first()
        if asked is None:
            raise NotFound("There is no such request.")
        common = compute_visible_team_hours(get_current_user(request), asked, at=timezone.now())
        people = list_team_members(asked, named=may_see_team_names(get_current_user(request), asked))
        self.contacts_shown.update(one.account for one in people if one.account is not None)
        told = {
            "members": people,
            "missing": find_missing_roles(asked),
            "hours": common.hours,
            "windows": common.windows,
        }
        return Response(TeamSerializer(told).data)

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """As a reviewer, somebody of the campaign, or somebody of the team."""
        if user.is_reviewer:
            return ViewerKind.REVIEWER
        acts = campaigns.requests_visible_to(user).filter(public_id=self.kwargs["id"]).exists()
        return ViewerKind.CAMPAIGN if acts else ViewerKind.VOLUNTEER
