"""The team of a request."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries as campaigns
from campaigns.models import Request as CampaignRequest
from campaigns.models.playbook import Staffing
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.serializers import WindowSerializer
from core.enums import AccessPoint, ViewerKind
from core.errors import NotFound
from core.models import User
from core.privacy.contact_fields import ContactField
from core.privacy.contact_logging import ContactAccessLogMixin
from matching.lifecycle.queries.teams import (
    compute_visible_team_hours,
    find_missing_roles,
    list_team_members,
    may_see_team_names,
    requests_with_visible_team,
)
from matching.rules.states import PLACEMENT_CHOICES


class TeamMemberSerializer(serializers.Serializer[Any]):
    """A seat of the team: role and level. Name and contact are shown to those who work in it."""

    role_id = serializers.UUIDField()
    role = serializers.CharField()
    level = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(choices=PLACEMENT_CHOICES)
    first_name = serializers.CharField(help_text="The first name; empty until they work in the team.")
    contact = ContactField(
        subject="account",
        help_text="How to reach them. Empty until they work in the team, and while a report about them is looked at.",
    )
    is_me = serializers.BooleanField(help_text="Whether this is the caller.")


class MissingRoleSerializer(serializers.Serializer[Any]):
    """A role that still keeps the team from starting."""

    role_id = serializers.UUIDField()
    role = serializers.CharField()
    accepted_count = serializers.IntegerField()
    min_to_start = serializers.IntegerField()


class TeamSerializer(serializers.Serializer[Any]):
    """The members of a request's team, and when they have time together, on the wall clock of the request."""

    members = TeamMemberSerializer(many=True)
    missing = MissingRoleSerializer(many=True)
    hours_in_common = serializers.FloatField(
        help_text="Hours a week that the people of `windows` have in common, in the week with the fewest.",
    )
    windows = WindowSerializer(
        many=True,
        help_text="When they have time together, on the wall clock of the request's `time_zone`. For a volunteer: the "
        "members who work, the caller among them. For a campaign: those who have said yes. For a reviewer: all from "
        "the offer on. Empty where no hour is common to them, or every hour is.",
    )


class TeamView(ContactAccessLogMixin, ETagMixin, generics.GenericAPIView[Any]):
    """The team of one request."""

    access_point = AccessPoint.TEAM
    serializer_class = TeamSerializer

    @extend_schema(
        operation_id="getTeam",
        summary="Get the team of a request",
        description="The team, for its campaign, for reviewers, and for those who work in it: a volunteer gets a 404 "
        "until their match is active, and once it has ended.",
        tags=["requests"],
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Return the team, for those who work in it, its campaign and reviewers."""
        visible = requests_with_visible_team(get_current_user(request)).select_related("campaign")
        team_request: CampaignRequest | None = visible.filter(public_id=id).first()
        if team_request is None:
            raise NotFound(_("There is no such request."))
        user = get_current_user(request)
        common = compute_visible_team_hours(user, team_request, at=timezone.now())
        members = list_team_members(team_request, named=may_see_team_names(user, team_request), reader=user)
        team = {
            "members": members,
            "missing": find_missing_roles(team_request) if team_request.staffing == Staffing.WHOLE else [],
            "hours_in_common": common.hours,
            "windows": common.windows,
        }
        return Response(self.get_serializer(team).data)

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """Return whether the caller reads as a reviewer, for the campaign, or as a member of the team."""
        team_request = CampaignRequest.objects.select_related("campaign__candidate").get(public_id=self.kwargs["id"])
        if campaigns.may_review(user, team_request.campaign):
            return ViewerKind.REVIEWER
        acts_for_campaign = campaigns.requests_visible_to(user).filter(public_id=self.kwargs["id"]).exists()
        return ViewerKind.CAMPAIGN if acts_for_campaign else ViewerKind.VOLUNTEER
