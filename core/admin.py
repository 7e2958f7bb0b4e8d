"""The reviewer's view of core's rows, and what every page of the admin has in common.

Only reference data is edited as forms here; everything else is read, and moved by buttons that call actions.
"""

from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin, TabularInline

from core.actions.notices import try_again
from core.errors import HandraiserError
from core.models import IdempotencyKey, Jurisdiction, Mute, Notice, Party, Skill, User

Row = TypeVar("Row", bound=Model)


class SeenByReviewers:
    """Reviewers see it; nothing is added, changed or deleted by form."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether its section is listed."""
        return isinstance(request.user, User) and request.user.is_reviewer

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether it is shown."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by form."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by form."""
        return False


class ShownWhole(SeenByReviewers):
    """Shows every column, also those that no form could change, unless `fields` says which."""

    fields: Any = None
    model: Any

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Those that are shown."""
        return list(self.fields or (field.name for field in self.model._meta.fields if field.name != "id"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All of them."""
        return self.get_fields(request, obj)


class ReadOnlyAdmin(ShownWhole, ModelAdmin):  # type: ignore[misc]
    """Rows that actions write."""

    list_per_page = 50
    show_full_result_count = False


class ReadOnlyInline(ShownWhole, TabularInline):  # type: ignore[misc]
    """Rows of a row."""

    extra = 0
    show_change_link = False


def found(rows: QuerySet[Row], object_id: str) -> Row:
    """The row that an address names; a 404 for one that names none."""
    try:
        return rows.get(pk=object_id)
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error


class ReferenceAdmin(SeenByReviewers, ModelAdmin):  # type: ignore[misc]
    """Reference data: reviewers edit it, and nothing that others point to is ever deleted."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers."""
        return self.has_module_permission(request)


for not_ours in (Group, EmailAddress):
    admin.site.unregister(not_ours)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Accounts."""

    list_display = ("email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email",)
    fields = ("email", "language", "is_active", "is_staff", "joined_at")


@admin.register(Skill)
class SkillAdmin(ReferenceAdmin):
    """The taxonomy."""

    list_display = ("name", "code", "parent", "vetted_for", "retired")
    list_filter = ("retired", "vetted_for")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Jurisdiction)
class JurisdictionAdmin(ReferenceAdmin):
    """Places."""

    list_display = ("name", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Party)
class PartyAdmin(ReferenceAdmin):
    """Parties."""

    list_display = ("name", "code")
    search_fields = ("name", "code")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Messages that we owe, and what became of them. Those that were set aside wait for a reviewer."""

    list_display = ("kind", "owed_at", "due_at", "sent_at", "attempts", "set_aside_at", "last_error")
    list_filter = (("set_aside_at", admin.EmptyFieldListFilter), "kind")
    actions = ("try_selected_again",)

    @admin.action(description=gettext_lazy("Try again"))
    def try_selected_again(self, request: HttpRequest, notices: "QuerySet[Notice]") -> None:
        """Each by itself: one that was sent meanwhile holds up no other."""
        assert isinstance(request.user, User)
        done = 0
        for notice in notices:
            try:
                try_again(actor=request.user, notice=notice, at=timezone.now())
                done += 1
            except HandraiserError as error:
                messages.error(request, error.message)
        if done:
            words = ngettext("%(count)d notice is tried again.", "%(count)d notices are tried again.", done)
            messages.success(request, words % {"count": done})


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin):
    """Who wants no mail about what."""

    list_display = ("user", "topic")
    list_filter = ("topic",)
    list_select_related = ("user",)


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin):
    """Requests that were made safe to repeat; not what was answered."""

    list_display = ("user", "status", "made_at")
    list_select_related = ("user",)
    fields = ("user", "status", "made_at")
