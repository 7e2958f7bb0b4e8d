"""Admin pages of what candidates have stopped: the list of those to call, and the button that closes one."""

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from campaigns.actions.candidate_stops import close_candidate_stop
from campaigns.models import CandidateStop
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from campaigns.request_queries import describe_promise, find_first_time_zone, find_latest_zone_of
from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, get_row_or_404
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.notifications.moments import describe_moment


class CandidateStopInline(ReadOnlyInline):
    """What the candidate has stopped, on the page of their campaign."""

    model = CandidateStop
    contest_path = "campaign__candidate__contest"
    fields = ("stopped_at", "reason", "call_by", "handled_at", "outcome")

    @admin.display(description=_("call by"))
    def call_by(self, stop: CandidateStop) -> str:
        """Return until when a call is promised, as the candidate reads it."""
        return describe_promise(stop.answer_due_at, stop.campaign)


class CloseStopForm(forms.Form):
    """What follows from the call."""

    outcome = forms.ChoiceField(
        label=_("What follows"),
        choices=[("", _("Choose")), *CandidateStop.Outcome.choices],
        widget=UnfoldAdminSelectWidget(),
        help_text=_("If it goes on, the campaign may publish again. If it is over, it is ended for good."),
    )
    note = forms.CharField(
        max_length=MAX_STOP_TEXT_LENGTH,
        label=_("Whom you called, and what was said"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_("Seen by reviewers only. Take the number from the public filing, and not from here."),
    )


@admin.register(CandidateStop)
class CandidateStopAdmin(ReadOnlyAdmin):
    """Stops of candidates, the most urgent first, with a button that closes one."""

    contest_path = "campaign__candidate__contest"
    list_contact_paths = ("handled_by_id",)
    detail_contact_paths = ("handled_by_id",)
    list_display = ("campaign", "stopped_at", "call_by", "handled_at", "outcome", "handled_by")
    fields = (
        *("public_id", "campaign", "stopped_at", "reason", "call_by", "escalated_at"),
        *("handled_by", "handled_at", "outcome", "note"),
    )
    list_filter = (("handled_at", admin.EmptyFieldListFilter), "outcome")
    list_select_related = ("campaign", "handled_by")
    search_fields = ("campaign__name", "campaign__candidate__name")
    ordering = ("answer_due_at", "pk")
    actions_detail = ("close_stop",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CandidateStop]:
        """Return the stops that the reviewer may see, with the zone in which a call was promised."""
        stops: QuerySet[CandidateStop] = super().get_queryset(request)
        return stops.annotate(zone=find_latest_zone_of("campaign"))

    @admin.display(description=_("call by"), ordering="answer_due_at")
    def call_by(self, stop: CandidateStop) -> str:
        """Return until when a call is promised, as the candidate reads it."""
        return describe_moment(stop.answer_due_at, getattr(stop, "zone", None) or find_first_time_zone())

    @action(description=_("Close after the call…"), url_path="close", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def close_stop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask what follows from the call, then close the stop."""
        back = reverse("admin:campaigns_candidatestop_change", args=[object_id])
        stop = get_row_or_404(self.get_queryset(request), object_id)
        form = CloseStopForm(request.POST or None)
        if form.is_valid():
            try:
                close_candidate_stop(actor=get_current_user(request), stop=stop, at=timezone.now(), **form.cleaned_data)
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("The stop is closed, and the campaign’s managers hear what follows."))
                return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": back}
        summary = _(
            "Look up the number in the public filing, and call it. A number that the campaign gave may be its own. "
            "What the candidate wrote: %(reason)s"
        )
        reason = stop.reason or _("nothing")
        texts = {"title": _("Close the stop"), "summary": summary % {"reason": reason}, "danger": True}
        return render(request, "admin/action_form.html", context | texts)
