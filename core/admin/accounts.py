"""The admin pages of accounts, and of the recovery of lost second factors."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.accounts.queries import recoveries_visible_to
from core.accounts.recovery_admin import RecoveryDecisionMixin, RequestRecoveryMixin
from core.accounts.roles_admin import RolesMixin
from core.admin_base import ReadOnlyAdmin
from core.admin_erasure import ErasureAdminMixin
from core.models import FactorRecovery, User
from core.privacy.erasure import data_subject_of
from core.privacy.erasure_handlers import DataSubject


@admin.register(User)
class UserAdmin(RolesMixin, RequestRecoveryMixin, ErasureAdminMixin, ReadOnlyAdmin):
    """Accounts, with buttons for roles, for a lost second factor, and for a person who asked to be erased."""

    list_contact_paths = detail_contact_paths = ("pk",)
    list_display = ("email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_policy_editor", "is_superuser", "is_active")
    search_fields = ("email",)
    fields = (
        *("email", "first_name", "language", "is_reminded_a_day_before", "is_reminded_an_hour_before"),
        *("is_active", "is_staff", "is_policy_editor", "is_superuser", "joined_at"),
    )
    actions_detail = ("change_roles", "recover_factor", "erase")

    def get_data_subject(self, row: User, at: datetime) -> DataSubject:
        """Return the person of the account."""
        return data_subject_of(row, at=at)

    def get_erasable_rows(self) -> "QuerySet[User]":
        """Return all accounts."""
        return User.objects.all()


@admin.register(FactorRecovery)
class FactorRecoveryAdmin(RecoveryDecisionMixin, ReadOnlyAdmin):
    """Recoveries of lost second factors, with buttons that approve and stop them."""

    list_contact_paths = ("person_id",)
    detail_contact_paths = ("person_id", "requested_by_id", "approved_by_id", "stopped_by_id")
    list_display = ("person", "state", "requested_at", "due_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("person",)
    actions_detail = ("approve", "stop")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the recoveries of other people, as the API does."""
        assert isinstance(request.user, User)
        others = recoveries_visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=others.order_by().values("pk"))
