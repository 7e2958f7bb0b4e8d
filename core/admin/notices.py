"""The admin pages of notices, and of the topics that users have muted."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from core.conflict_of_interest import has_any_part
from core.errors import HandraiserError
from core.models import Mute, Notice, User
from core.notifications.outbox import retry_notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Notices and their delivery. Those that failed too often are set aside, and wait for a reviewer."""

    detail_contact_paths = ("contact_subject",)
    # Subjects and cause are left out: they name matches and campaigns of contests in which the reader may have a part.
    fields = (
        *("recipient", "address", "kind", "is_immediate", "created_at", "due_at", "sent_at", "read_at", "muted_at"),
        *("obsolete_at", "failed_at", "attempts", "last_error"),
    )
    list_display = ("kind", "created_at", "due_at", "sent_at", "attempts", "failed_at", "last_error")
    list_filter = (("failed_at", admin.EmptyFieldListFilter), "kind")
    actions = ("retry_selected_notices",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the notices; to a reviewer with a part in a contest only those that are set aside.

        Kinds and times of the others tell what goes on in a contest, and a notice does not say in which.
        """
        notices = super().get_queryset(request)
        return notices.exclude(failed_at=None) if has_any_part(get_current_user(request)) else notices

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the fields, without the person for a reviewer with a part in a contest: most kinds tell of a match."""
        names = super().get_fields(request, obj)
        is_partial = has_any_part(get_current_user(request))
        return [name for name in names if name not in ("recipient", "address")] if is_partial else names

    @admin.action(description=gettext_lazy("Try again"))
    def retry_selected_notices(self, request: HttpRequest, notices: "QuerySet[Notice]") -> None:
        """Retry each notice alone, so that one that was sent in the meantime does not stop the others."""
        assert isinstance(request.user, User)
        retried = 0
        for notice in notices:
            try:
                retry_notice(actor=request.user, notice=notice, at=timezone.now())
                retried += 1
            except HandraiserError as error:
                messages.error(request, error.message)
        if retried:
            text = ngettext("%(count)d notice is tried again.", "%(count)d notices are tried again.", retried)
            messages.success(request, text % {"count": retried})


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin):
    """The topics that users have muted."""

    list_contact_paths = detail_contact_paths = ("user_id",)
    list_display = ("user", "topic")
    list_filter = ("topic",)
    list_select_related = ("user",)
