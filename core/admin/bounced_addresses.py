"""The admin page of addresses from which letters come back."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from core.models import BouncedAddress, User
from core.notifications.bounces import clear_bounces_as_reviewer


@admin.register(BouncedAddress)
class BouncedAddressAdmin(ReadOnlyAdmin):
    """Addresses from which letters come back. A reviewer who knows better has letters leave again."""

    list_contact_paths = detail_contact_paths = search_contact_paths = ("contact_subject",)
    list_display = ("address", "kind", "code", "bounced_at")
    list_filter = ("kind",)
    search_fields = ("=address",)
    fields = ("address", "kind", "code", "bounced_at")
    actions = ("clear_selected_bounces",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the addresses, each with the account that has it."""
        account = User.objects.filter(email=OuterRef("address")).values("pk")
        bounces: QuerySet[Any] = super().get_queryset(request).annotate(account_id=Subquery(account))
        return bounces

    @admin.action(description=gettext_lazy("It works again"))
    def clear_selected_bounces(self, request: HttpRequest, bounces: "QuerySet[BouncedAddress]") -> None:
        """Have letters leave for these addresses again."""
        count = clear_bounces_as_reviewer(actor=get_current_user(request), bounces=bounces, at=timezone.now())
        text = ngettext(
            "Letters leave for %(count)d address again.", "Letters leave for %(count)d addresses again.", count
        )
        messages.success(request, text % {"count": count})
