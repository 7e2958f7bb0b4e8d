"""The admin pages of emergencies: who is on duty, and the button “I have it” of an incident."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from campaigns.admin.requests import RequestAdmin
from campaigns.models import Request
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, get_row_or_404
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.models import User
from core.reviewers import list_reviewers
from matching.lifecycle.actions.duty_shifts import add_duty_shift, end_duty_shift
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.queries.duty import duty_shifts_visible_to
from matching.models import DutyShift, IncidentWatch


def _list_plannable(user: User) -> "QuerySet[User]":
    """Return the reviewers that a user may put on duty: an administrator all, a reviewer themselves."""
    return list_reviewers() if user.is_superuser else list_reviewers().filter(pk=user.pk)


class DutyShiftForm(forms.Form):
    """Who is on duty, and from when to when."""

    reviewer = forms.ModelChoiceField(
        queryset=User.objects.none(), label=gettext_lazy("Reviewer"), widget=UnfoldAdminSelectWidget()
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("From (UTC)"), widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Until (UTC)"), widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.initial = _list_plannable(user), user.pk


@admin.register(DutyShift)
class DutyShiftAdmin(ReadOnlyAdmin):
    """The shifts that are not over, the next first, with buttons that add and end one."""

    list_contact_paths = detail_contact_paths = ("reviewer_id",)
    list_display = ("starts_at", "ends_at", "reviewer")
    list_select_related = ("reviewer",)
    fields = ("reviewer", "starts_at", "ends_at")
    ordering = ("starts_at", "pk")
    actions_list = ("add_shift",)
    actions_detail = ("end_shift",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the shifts that are not over."""
        shifts = duty_shifts_visible_to(get_current_user(request), at=timezone.now())
        return super().get_queryset(request).filter(pk__in=shifts.order_by().values("pk"))

    @action(description=gettext_lazy("Add a shift…"), url_path="add-shift", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def add_shift(self, request: HttpRequest) -> HttpResponse:
        """Ask who is on duty and when, then add the shift."""
        back, user = reverse("admin:matching_dutyshift_changelist"), get_current_user(request)
        form = DutyShiftForm(request.POST or None, user=user)
        if form.is_valid():
            try:
                add_duty_shift(actor=user, at=timezone.now(), **form.cleaned_data)
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("The shift is planned. An emergency in it goes to this reviewer first."))
                return HttpResponseRedirect(back)
        self._record_contacts_shown(request, list(_list_plannable(user)), ("pk",))
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": back}
        summary = _(
            "A reviewer on duty hears of an emergency first. If none has it after ten minutes, all the others do."
        )
        return render(request, "admin/action_form.html", context | {"title": _("Add a shift"), "summary": summary})

    @action(description=gettext_lazy("End the shift…"), url_path="end-shift", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    def end_shift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a confirmation, then end the shift."""
        back = reverse("admin:matching_dutyshift_changelist")
        shift = get_row_or_404(self.get_queryset(request), object_id)
        if request.method == "POST":
            try:
                end_duty_shift(actor=get_current_user(request), shift=shift, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("The shift is ended."))
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": forms.Form(), "opts": self.opts, "back": back}
        summary = _("A shift that runs ends now. One that has not begun is taken from the list.")
        texts = {"title": _("End the shift"), "summary": summary, "danger": True}
        return render(request, "admin/action_form.html", context | texts)


class IncidentWatchInline(ReadOnlyInline):
    """Who has an incident, and when all reviewers were told."""

    model = IncidentWatch
    contest_path = "incident__campaign__candidate__contest"
    fields = ("reviewer", "taken_at", "all_told_due_at", "all_told_at")


# Campaigns know no matching, so the page of their requests gets its button from here.
admin.site.unregister(Request)


@admin.register(Request)
class WatchedRequestAdmin(RequestAdmin):
    """Requests, read-only; that of an open incident has the button “I have it”."""

    detail_contact_paths = (*RequestAdmin.detail_contact_paths, "watch.reviewer_id")
    inlines = (*RequestAdmin.inlines, IncidentWatchInline)
    actions_detail = ("take",)

    def get_actions_detail(self, request: HttpRequest, object_id: int) -> list[Any]:
        """Return the button for an incident that is open."""
        is_open = Request.objects.filter(pk=object_id, emergency=True, state=Request.State.PUBLISHED).exists()
        return super().get_actions_detail(request, object_id) if is_open else []

    @action(description=gettext_lazy("I have it…"), url_path="take", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def take(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what follows, then give the incident to the reviewer."""
        back = reverse("admin:campaigns_request_change", args=[object_id])
        incident = get_row_or_404(self.get_queryset(request), object_id)
        if request.method == "POST":
            try:
                take_incident(actor=get_current_user(request), incident=incident, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("You have it. Call the phone that the campaign gave: “channel” below."))
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": forms.Form(), "opts": self.opts, "back": back}
        summary = _(
            "You call the campaign now, and look after this until it is over. Letters about it go to you alone. "
            "The campaign reads that one of us has its report. If another reviewer has it, they hear that you do now."
        )
        texts = {"title": _("I have it"), "summary": summary}
        return render(request, "admin/action_form.html", context | texts)
