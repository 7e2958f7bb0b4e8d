"""The public board of open roles."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Role
from core.api.permissions import AllowAny
from core.api.serializers import WindowSerializer, render_windows
from core.enums import OfficeLevel
from core.models import User
from core.time_zones import is_time_zone
from matching.api.open_role_filters import OpenRoleFilters
from matching.open_roles.queries.board import Board, read_board
from matching.open_roles.queries.board_filters import find_board_roles
from matching.open_roles.queries.interests import find_open_interests
from matching.open_roles.queries.open_role_rows import OpenRole, build_open_roles, with_shown_columns
from matching.rules.regions import Region
from volunteers.models import Volunteer


class OpenRoleSerializer(serializers.Serializer[OpenRole]):
    """An open role on the board. It names no campaign, and nothing in it leads to one."""

    id = serializers.UUIDField(help_text="Of the role on the board; it stands nowhere else.")
    name = serializers.CharField(help_text="As a playbook names the role; else the name of the skill.")
    skill = serializers.CharField(help_text="The skill, by its code.")
    skill_name = serializers.CharField(help_text="The name of the skill.")
    level = serializers.IntegerField(
        min_value=1, help_text="The level asked for, from 1 to 5; `skill_level` of the vocabulary has the labels."
    )
    hours_per_week = serializers.IntegerField()
    tasks = serializers.CharField(help_text="What the person does, as a playbook has it; else empty.")
    languages = serializers.ListField(
        child=serializers.CharField(),
        help_text="Languages, by their codes; the person speaks one of them. Empty: any will do, or it is not shown.",
    )
    weeks = serializers.IntegerField(help_text="How many weeks the work takes from its first day to its last.")
    ends_in = serializers.DateField(
        allow_null=True, help_text="The month in which it ends, by its first day; null where it is not shown."
    )
    state = serializers.CharField(
        allow_null=True,
        help_text="The state, by its code of `jurisdictions`, such as `US-CA`; null where it is not shown.",
    )
    region = serializers.ChoiceField(
        choices=Region.choices, allow_null=True, help_text="The part of the country; null where it is not shown."
    )
    party = serializers.CharField(
        allow_null=True,
        help_text="The party, by its code; empty for none (the filter’s `none`), null where it is not shown.",
    )
    office_level = serializers.ChoiceField(
        choices=OfficeLevel.choices, allow_null=True, help_text="The level of office; null where it is not shown."
    )
    meetings = serializers.SerializerMethodField()
    has_interest = serializers.BooleanField(
        allow_null=True, help_text="Whether I said that I would like it, and wait; null without a sign-in."
    )

    @extend_schema_field(WindowSerializer(many=True, allow_null=True))
    def get_meetings(self, role: OpenRole) -> Any:
        """The weekly meetings on the reader's clock; null where they are not shown."""
        return None if role.meetings is None else render_windows(role.meetings)


def find_reader_zone(request: Request, given: str = "") -> str | None:
    """Return the zone in which a reader is given meeting times; None for a reader who is not signed in."""
    if not isinstance(request.user, User):
        return None
    own = Volunteer.objects.filter(user=request.user).values_list("time_zone", flat=True).first()
    return given or (own if own and is_time_zone(own) else "UTC")


def find_reader_interests(request: Request) -> set[UUID] | None:
    """Return the roles that a reader waits for, by their ids on the board; None for a reader who is not signed in."""
    return find_open_interests(request.user) if isinstance(request.user, User) else None


class OpenRoleListView(ListAPIView[Role]):
    """The board, for everyone."""

    permission_classes = [AllowAny]
    serializer_class = OpenRoleSerializer  # type: ignore[assignment]
    filterset_class = OpenRoleFilters
    pages_by = ("board_id",)
    queryset = Role.objects.none()
    board: Board

    def get_queryset(self) -> "QuerySet[Role]":
        """Return the roles on the board as it is now."""
        self.board = read_board(at=timezone.now())
        return with_shown_columns(find_board_roles(self.board))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of the board."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        zone = find_reader_zone(request, request.query_params.get("time_zone", ""))
        rows = build_open_roles(page or [], self.board, time_zone=zone, interests=find_reader_interests(request))
        shown = OpenRoleSerializer(rows, many=True)  # type: ignore[arg-type]
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="listOpenRoles",
        summary="List the open roles on the board",
        description="Open roles of verified campaigns, without the campaign. State, party and level of office are "
        "shown only where at least three campaigns share them; else the region stands for the state, then the party is "
        "left out, then the rest. The month of the end is shown only where it leaves three of them. Filters read what "
        "is shown. Meeting times are for signed-in callers, and only where the region is shown. No field says "
        "whether a role fits me: `GET /me/fits` lists those that do, and only these can be "
        "asked for with `POST /me/interests`.",
        tags=["open-roles"],
        responses=OpenRoleSerializer(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of the board."""
        return super().get(request, *args, **kwargs)
