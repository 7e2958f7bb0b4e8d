"""Vetoes and pins in the admin."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from matching.models import Pin, Veto


@admin.register(Veto)
class VetoAdmin(ReadOnlyAdmin):
    """Never these two."""

    detail_contact_paths = ("made_by_id",)
    list_display = ("volunteer", "campaign", "side", "made_at")
    list_filter = ("side",)
    list_select_related = ("volunteer", "campaign")


@admin.register(Pin)
class PinAdmin(ReadOnlyAdmin):
    """These two, said a person."""

    list_contact_paths = detail_contact_paths = ("made_by_id",)
    list_display = ("volunteer", "seat", "made_by", "made_at", "reason")
    list_select_related = ("volunteer", "seat__role", "made_by")
