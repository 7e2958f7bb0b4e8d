"""The admin page of interests."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from matching.lifecycle.queries.matches import is_not_about
from matching.models import Interest


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    """The open roles that volunteers would like, with the date of the answer and how it ended."""

    contest_path = "role__request__campaign__candidate__contest"
    list_display = ("volunteer", "role", "since", "answer_due_at", "ended_at", "end_reason")
    list_filter = ("end_reason",)
    list_select_related = ("volunteer", "role")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the interests of other people: one's own would say which campaign the board does not name."""
        rows: QuerySet[Any] = super().get_queryset(request).filter(is_not_about(get_current_user(request)))
        return rows
