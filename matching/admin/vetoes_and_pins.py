"""The admin pages of vetoes and pins."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from core.conflict_of_interest import has_any_part
from matching.admin.match_base import NotAboutReaderMixin
from matching.models import Pin, Veto
from matching.runs.explanations import explain_waiting_pin


@admin.register(Veto)
class VetoAdmin(NotAboutReaderMixin, ReadOnlyAdmin):
    """The vetoes of volunteers, campaigns and reviewers."""

    contest_path = "campaign__candidate__contest"
    detail_contact_paths = ("created_by_id",)
    list_display = ("volunteer", "campaign", "side", "created_at")
    list_filter = ("side",)
    list_select_related = ("volunteer", "campaign")


@admin.register(Pin)
class PinAdmin(NotAboutReaderMixin, ReadOnlyAdmin):
    """The pins, with the reviewer who made them and their reason."""

    contest_path = "seat__role__request__campaign__candidate__contest"
    list_contact_paths = detail_contact_paths = ("created_by_id",)
    list_display = ("volunteer", "seat", "created_by", "created_at", "reason", "waits")
    list_filter = (("waits_since", admin.EmptyFieldListFilter),)
    list_select_related = ("volunteer", "seat__role", "created_by")
    fields = ("volunteer", "seat", "created_by", "created_at", "reason", "waits", "waits_since")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the pins that the reviewer may see, and whether they are told what else the volunteers do."""
        is_told = Value(not has_any_part(get_current_user(request)))
        pins: QuerySet[Any] = super().get_queryset(request).annotate(names_other_work=is_told)
        return pins

    @admin.display(description=gettext_lazy("waits"), ordering="waits_since")
    def waits(self, pin: Any) -> str:
        """Return why the last run did not keep the pin."""
        return explain_waiting_pin(pin.obstacle, names_other_work=pin.names_other_work) or "–"
