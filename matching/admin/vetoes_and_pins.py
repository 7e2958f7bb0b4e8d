"""The admin pages of vetoes and pins."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from core.admin_base import ReadOnlyAdmin
from matching.models import Pin, Veto
from matching.runs.explanations import explain_waiting_pin


@admin.register(Veto)
class VetoAdmin(ReadOnlyAdmin):
    """The vetoes of volunteers, campaigns and reviewers."""

    contest_path = "campaign__candidate__contest"
    detail_contact_paths = ("created_by_id",)
    list_display = ("volunteer", "campaign", "side", "created_at")
    list_filter = ("side",)
    list_select_related = ("volunteer", "campaign")


@admin.register(Pin)
class PinAdmin(ReadOnlyAdmin):
    """The pins, with the reviewer who made them and their reason."""

    contest_path = "seat__role__request__campaign__candidate__contest"
    list_contact_paths = detail_contact_paths = ("created_by_id",)
    list_display = ("volunteer", "seat", "created_by", "created_at", "reason", "waits")
    list_filter = (("waits_since", admin.EmptyFieldListFilter),)
    list_select_related = ("volunteer", "seat__role", "created_by")
    fields = ("volunteer", "seat", "created_by", "created_at", "reason", "waits", "waits_since")

    @admin.display(description=gettext_lazy("waits"), ordering="waits_since")
    def waits(self, pin: Pin) -> str:
        """Return why the last run did not keep the pin."""
        return explain_waiting_pin(pin.obstacle) or "–"
