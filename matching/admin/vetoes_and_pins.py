"""The admin pages of vetoes and pins."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from core.admin import ReadOnlyAdmin
from matching.models import Pin, Veto
from matching.runs.explanations import explain_waiting_pin


@admin.register(Veto)
class VetoAdmin(ReadOnlyAdmin):
    """The vetoes of volunteers, campaigns and reviewers."""

    detail_contact_paths = ("made_by_id",)
    list_display = ("volunteer", "campaign", "side", "made_at")
    list_filter = ("side",)
    list_select_related = ("volunteer", "campaign")


@admin.register(Pin)
class PinAdmin(ReadOnlyAdmin):
    """The pins, with the reviewer who made them and their reason."""

    list_contact_paths = detail_contact_paths = ("made_by_id",)
    list_display = ("volunteer", "seat", "made_by", "made_at", "reason", "waits")
    list_filter = (("waits_since", admin.EmptyFieldListFilter),)
    list_select_related = ("volunteer", "seat__role", "made_by")
    fields = ("volunteer", "seat", "made_by", "made_at", "reason", "waits", "waits_since")

    @admin.display(description=gettext_lazy("waits"), ordering="waits_since")
    def waits(self, pin: Pin) -> str:
        """Return why the last run did not keep the pin."""
        return explain_waiting_pin(pin.obstacle) or "–"
