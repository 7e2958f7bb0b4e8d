"""Admin pages of what belongs to a volunteer: claims, availability, level questions and invitations."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from core.conflict_of_interest import has_any_part
from volunteers.models import AvailabilityWindow, Invitation, LevelQuestion, SkillClaim, TimeOff


@admin.register(SkillClaim)
class SkillClaimAdmin(ReadOnlyAdmin):
    """Skill claims, read-only."""

    list_display = ("volunteer", "skill", "level", "wants_to_use")
    list_filter = ("level",)
    list_select_related = ("volunteer", "skill")
    search_fields = ("skill__name",)


@admin.register(AvailabilityWindow, TimeOff)
class AvailabilityAdmin(ReadOnlyAdmin):
    """Weekly windows and days off, read-only."""

    list_display = ("volunteer", "__str__")
    list_select_related = ("volunteer",)


@admin.register(LevelQuestion)
class LevelQuestionAdmin(ReadOnlyAdmin):
    """Questions about doubted levels, read-only."""

    list_display = ("volunteer", "skill", "asked_at", "answered_at")
    list_select_related = ("volunteer", "skill")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the questions; none for a reviewer with a part in a contest: a match caused each, in any contest."""
        questions = super().get_queryset(request)
        return questions.none() if has_any_part(get_current_user(request)) else questions


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Invitations of imported people, read-only."""

    detail_contact_paths = ("invited_by_id", "code_account_id")
    list_display = ("volunteer", "invited_at", "expires_at", "used_at")
    list_select_related = ("volunteer",)
