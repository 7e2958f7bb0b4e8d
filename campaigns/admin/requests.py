"""Admin pages of requests, their roles and seats, for reviewers."""

from typing import Any

from django.contrib import admin

from campaigns.models import (
    Request,
    RequestWindow,
    Role,
    Seat,
)
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline


class RoleInline(ReadOnlyInline):
    """Roles of a request."""

    model = Role
    contest_path = "request__campaign__candidate__contest"
    fields = (
        *("name", "skill", "level", "hours_per_week", "tasks", "min_to_start"),
        *("is_lead", "makes_decisions", "vetted_for"),
    )


class RequestWindowInline(ReadOnlyInline):
    """Work and meeting windows of a request."""

    model = RequestWindow
    contest_path = "request__campaign__candidate__contest"


@admin.register(Request)
class RequestAdmin(ReadOnlyAdmin):
    """Requests, read-only."""

    contest_path = "campaign__candidate__contest"
    detail_contact_paths: tuple[str, ...] = ("contact.user_id",)
    list_display = ("title", "campaign", "state", "priority", "starts_on", "ends_on", "staffing")
    list_filter: tuple[Any, ...] = ("state", "cancel_reason", "priority", "staffing", "urgent", "emergency")
    list_select_related = ("campaign",)
    search_fields = ("title", "campaign__name")
    inlines: tuple[type[ReadOnlyInline], ...] = (RoleInline, RequestWindowInline)


class SeatInline(ReadOnlyInline):
    """Seats of a role."""

    model = Seat
    contest_path = "role__request__campaign__candidate__contest"
    fields = ("number", "closed_at")


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    """Roles of requests, read-only."""

    contest_path = "request__campaign__candidate__contest"
    list_display = ("name", "request", "skill", "level", "hours_per_week")
    list_filter = ("is_lead", "makes_decisions", "vetted_for")
    list_select_related = ("request", "skill")
    search_fields = ("name", "request__title")
    inlines = (SeatInline,)


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin):
    """Seats of roles, read-only."""

    contest_path = "role__request__campaign__candidate__contest"
    list_display = ("role", "number", "closed_at")
    list_select_related = ("role",)
