"""The admin pages of emergencies: who is on duty, and the button “I have it” of an incident."""

from collections.abc import Callable
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
from core.notifications.moments import describe_moment
from core.reviewers import list_reviewers
from matching.lifecycle.actions.duty_shifts import add_duty_shift, end_duty_shift
from matching.lifecycle.actions.incident_calls import record_incident_call
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.queries.duty import duty_shifts_visible_to
from matching.lifecycle.queries.incidents import was_called_off
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
    fields = ("reviewer", "taken_at", "all_told_due_at", "all_told_at", "call_by", "called_at", "called_by")

    @admin.display(description=gettext_lazy("call by"))
    def call_by(self, watch: IncidentWatch) -> str:
        """Return until when a call is promised after a false alarm, as the campaign reads it."""
        return describe_moment(watch.call_due_at, watch.incident.time_zone) if watch.call_due_at else ""


class CallFilter(admin.SimpleListFilter):
    """The false alarms whose campaign waits for a call."""

    title = gettext_lazy("call after a false alarm")
    parameter_name = "call"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the one choice."""
        return [("due", _("To be made"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those that wait."""
        if self.value() != "due":
            return queryset
        return queryset.filter(watch__call_due_at__isnull=False, watch__called_at=None)


# Campaigns know no matching, so the page of their requests gets its button from here.
admin.site.unregister(Request)


@admin.register(Request)
class WatchedRequestAdmin(RequestAdmin):
    """Requests, read-only; that of an open incident has the button “I have it”, of a false alarm “I called”."""

    detail_contact_paths = (*RequestAdmin.detail_contact_paths, "watch.reviewer_id", "watch.called_by_id")
    list_filter = (*RequestAdmin.list_filter, CallFilter)
    inlines = (*RequestAdmin.inlines, IncidentWatchInline)
    actions_detail = ("take", "record_call")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the columns, with why an incident was cancelled in words."""
        return ["why_cancelled" if field == "cancel_reason" else field for field in super().get_fields(request, obj)]

    @admin.display(description=gettext_lazy("cancel reason"))
    def why_cancelled(self, incident: Request) -> str:
        """Return why it was cancelled. An incident has no reason to choose: it is a false alarm, or was ended."""
        if incident.state != Request.State.CANCELLED:
            return ""
        if not incident.emergency:
            return str(incident.get_cancel_reason_display()) if incident.cancel_reason else _("The campaign gave none")
        if was_called_off(incident):
            return _("Called off by the campaign")
        return _("The candidate stopped the campaign, or it has ended")

    def get_actions_detail(self, request: HttpRequest, object_id: int) -> list[Any]:
        """Return “I have it” for an incident that is open, “I called” for a false alarm whose campaign waits for it."""
        incidents = Request.objects.filter(pk=object_id, emergency=True)
        shown = {
            "campaigns_request_take": incidents.filter(state=Request.State.PUBLISHED).exists(),
            "campaigns_request_record_call": incidents.filter(
                watch__call_due_at__isnull=False, watch__called_at=None
            ).exists(),
        }
        return [button for button in super().get_actions_detail(request, object_id) if shown[button.action_name]]

    @action(description=gettext_lazy("I have it…"), url_path="take", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def take(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what follows, then give the incident to the reviewer."""
        summary = _(
            "You call the campaign now, and look after this until it is over. Letters about it go to you alone. "
            "The campaign reads that one of us has its report. If another reviewer has it, they hear that you do now."
        )
        done = _("You have it. Call the phone that the campaign gave: “channel” below.")
        return self._confirm(request, object_id, take_incident, title=_("I have it"), summary=summary, done=done)

    @action(description=gettext_lazy("I called…"), url_path="called", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def record_call(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what follows, then record that the reviewer called."""
        summary = _(
            "You have called the number in the public filing, and the campaign says that it was a false alarm. The "
            "campaign reads when we called. If it was not the campaign, ask it to report the incident again, now."
        )
        done = _("The call is recorded, and the campaign reads when it was.")
        return self._confirm(request, object_id, record_incident_call, title=_("I called"), summary=summary, done=done)

    def _confirm(
        self,
        request: HttpRequest,
        object_id: str,
        act: Callable[..., object],
        *,
        title: str,
        summary: str,
        done: str,
    ) -> HttpResponse:
        """Show a confirmation, then do one thing to the incident."""
        back = reverse("admin:campaigns_request_change", args=[object_id])
        incident = get_row_or_404(self.get_queryset(request), object_id)
        if request.method == "POST":
            try:
                act(actor=get_current_user(request), incident=incident, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, done)
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": forms.Form(), "opts": self.opts, "back": back}
        return render(request, "admin/action_form.html", context | {"title": title, "summary": summary})
