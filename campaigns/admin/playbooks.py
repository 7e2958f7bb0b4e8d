"""Admin page of playbooks, which reviewers edit."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline

from campaigns.draft_rules import MAX_ROLES_PER_REQUEST
from campaigns.models import (
    Playbook,
    PlaybookRole,
)
from core.admin_base import ReferenceAdmin
from core.admin_input import OneLineTextMixin
from core.api.current_user import get_current_user


class PlaybookRoleInline(OneLineTextMixin, TabularInline):  # type: ignore[misc]
    """Roles of a playbook, edited with it."""

    model = PlaybookRole
    extra = 0
    max_num = MAX_ROLES_PER_REQUEST
    autocomplete_fields = ("skill", "nice_to_have_skills")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return the form of the rows; it reads no more of them than a request may have roles."""
        bounds = {"absolute_max": MAX_ROLES_PER_REQUEST, "validate_max": True}
        return super().get_formset(request, obj, **bounds, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow reviewers."""
        return get_current_user(request).is_reviewer

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Playbook)
class PlaybookAdmin(ReferenceAdmin):
    """Playbooks, which reviewers edit."""

    list_display = ("name", "weeks", "staffing", "retired")
    inlines = (PlaybookRoleInline,)
