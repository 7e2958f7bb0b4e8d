"""What else is mine: my calendar's address, and word about my campaign's emergencies."""

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries as campaigns
from campaigns.models import Request as CampaignRequest
from core.accounts.api.conduct import ConductField
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody, StrictSerializer, WindowSerializer
from core.enums import AccessPoint, ViewerKind
from core.errors import NotFound
from core.models import User
from core.privacy.contact_logging import ContactAccessLogMixin
from matching.actions.emergency import STEPS, Incident, report_incident
from matching.actions.feed import close_feed, open_feed
from matching.queries.matches import sees_names, team_visible_to
from matching.queries.teams import members, missing, seen_together


class CalendarSerializer(serializers.Serializer[Any]):
    """The private address of my calendar. It is shown this once; asking again makes a new one and ends the old."""

    address = serializers.URLField()


@extend_schema_view(
    post=extend_schema(summary="Open my calendar", tags=["me"], request=None, responses={201: CalendarSerializer}),
    delete=extend_schema(summary="Close my calendar", tags=["me"], responses={204: None}),
)
class MyCalendar(generics.GenericAPIView[Any]):
    """Meetings and deadlines for a calendar program."""

    permission_classes = [OwnDataOnly]
    serializer_class = CalendarSerializer

    def post(self, request: Request) -> Response:
        """Makes a new address."""
        EmptyBody.expect(request)
        secret = secrets.token_urlsafe(32)
        open_feed(actor=get_current_user(request), secret=secret, at=timezone.now())
        address = settings.SITE_URL + reverse("calendar", args=[secret])
        return Response(CalendarSerializer({"address": address}).data, status=status.HTTP_201_CREATED)

    def delete(self, request: Request) -> Response:
        """Takes every address back."""
        close_feed(actor=get_current_user(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class IncidentInput(StrictSerializer):
    """Three questions."""

    what = serializers.CharField(max_length=2000, help_text="What happened, or what looks wrong?")
    since = serializers.CharField(max_length=200, help_text="Since when?")
    reach = serializers.CharField(max_length=200, help_text="Where can you be reached that nobody else reads?")
    time_zone = serializers.CharField(max_length=64, required=False)
    conduct = ConductField()


class IncidentSerializer(serializers.Serializer[Any]):
    """The request that came of it, and what to do meanwhile."""

    request = serializers.UUIDField()
    meanwhile = serializers.ListField(child=serializers.CharField())


class Incidents(IdempotentAPIView, generics.GenericAPIView[Any]):
    """Where a campaign says that it may have been hacked."""

    serializer_class = IncidentInput

    @extend_schema(summary="We think we have been hacked", tags=["campaigns"], responses={201: IncidentSerializer})
    def post(self, request: Request, id: UUID) -> Response:
        """Pages reviewers and vetted people on call; several are asked at once, and the first yes starts."""
        campaign = campaigns.visible_to(get_current_user(request)).filter(public_id=id).first()
        if campaign is None:
            raise NotFound("There is no such campaign.")
        sent = IncidentInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        made = report_incident(
            actor=get_current_user(request),
            campaign=campaign,
            time_zone=said.pop("time_zone", "America/New_York"),
            conduct=said.pop("conduct", False),
            incident=Incident(**said),
            at=timezone.now(),
        )
        told = {"request": made.public_id, "meanwhile": STEPS}
        return Response(IncidentSerializer(told).data, status=status.HTTP_201_CREATED)


class TeamMateSerializer(serializers.Serializer[Any]):
    """A place of the team: role and level; name and contact between those who work in it."""

    role = serializers.CharField()
    level = serializers.IntegerField()
    state = serializers.CharField()
    first_name = serializers.CharField()
    contact = serializers.CharField()


class LackingSerializer(serializers.Serializer[Any]):
    """A role that keeps the team from beginning."""

    role = serializers.CharField()
    have = serializers.IntegerField()
    minimum = serializers.IntegerField()


class TeamSerializer(serializers.Serializer[Any]):
    """The people of a request together, and when all of them have time, on the wall clock of the request."""

    members = TeamMateSerializer(many=True)
    missing = LackingSerializer(many=True)
    hours = serializers.FloatField(help_text="A week, in the week with the fewest.")
    windows = WindowSerializer(many=True)


class Team(ContactAccessLogMixin, generics.GenericAPIView[Any]):
    """One team."""

    shown_at = AccessPoint.TEAM
    serializer_class = TeamSerializer

    @extend_schema(summary="The team of a request", tags=["requests"])
    def get(self, request: Request, id: UUID) -> Response:
        """For its members, its campaign and reviewers."""
        visible = team_visible_to(get_current_user(request)).select_related("campaign")
        asked: CampaignRequest | None = visible.filter(public_id=id).first()
        if asked is None:
            raise NotFound("There is no such request.")
        common = seen_together(get_current_user(request), asked, at=timezone.now())
        people = members(asked, named=sees_names(get_current_user(request), asked))
        self.shown.update(one.account for one in people if one.account is not None)
        told = {
            "members": people,
            "missing": missing(asked),
            "hours": common.hours,
            "windows": common.windows,
        }
        return Response(TeamSerializer(told).data)

    def shown_as(self, user: User) -> ViewerKind:
        """As a reviewer, somebody of the campaign, or somebody of the team."""
        if user.is_reviewer:
            return ViewerKind.REVIEWER
        acts = campaigns.requests_visible_to(user).filter(public_id=self.kwargs["id"]).exists()
        return ViewerKind.CAMPAIGN if acts else ViewerKind.VOLUNTEER
