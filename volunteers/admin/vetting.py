"""Vetting marks in the admin: the list, the inline, and the form of a new one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from core.admin_base import ReadOnlyAdmin, ReadOnlyInline
from core.api.current_user import get_current_user
from core.enums import VettingArea
from volunteers.models import Vetting, Volunteer
from volunteers.queries import is_profile_of


class OthersOnlyMixin:
    """Show rows about other people only: a reviewer does not read what was noted about them."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of other profiles than the reviewer's own."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        own_profiles = Volunteer.objects.filter(is_profile_of(get_current_user(request))).order_by()
        return rows.exclude(volunteer__in=own_profiles.values("pk"))


class VettingInline(OthersOnlyMixin, ReadOnlyInline):
    """Vetting marks of a volunteer."""

    model = Vetting
    fields = ("area", "method", "reviewer", "valid_until")


class VettingForm(forms.Form):
    """Area, method and last day of a vetting mark."""

    area = forms.ChoiceField(choices=VettingArea.choices, label=_("What it covers"), widget=UnfoldAdminSelectWidget)
    method = forms.ChoiceField(
        choices=Vetting.Method.choices, label=_("How you know who they are"), widget=UnfoldAdminSelectWidget
    )
    valid_until = forms.DateField(label=_("Counts through"), widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}))


@admin.register(Vetting)
class VettingAdmin(OthersOnlyMixin, ReadOnlyAdmin):
    """Vetting marks, read-only."""

    list_contact_paths = detail_contact_paths = ("reviewer_id",)
    list_display = ("volunteer", "area", "method", "reviewer", "valid_until")
    list_filter = ("area",)
    list_select_related = ("volunteer", "reviewer")
