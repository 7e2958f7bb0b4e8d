"""The admin pages of vetoes and pins."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from matching.models import Pin, Veto


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
    list_display = ("volunteer", "seat", "created_by", "created_at", "reason")
    list_select_related = ("volunteer", "seat__role", "created_by")
