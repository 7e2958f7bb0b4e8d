"""Admin pages of what belongs to a match: reports, messages, checklists, calendar feeds."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextareaWidget

from core.admin_base import ReadOnlyAdmin, get_row_or_404
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from matching.admin.match_base import NotAboutReaderMixin
from matching.lifecycle.actions.problem_reports import handle_report
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH
from matching.models import CalendarFeed, ChecklistTick, Message, ProblemReport
from matching.rules.text_lengths import MAX_REPORT_LENGTH


class ReportOutcomeForm(forms.Form):
    """The form that asks for the outcome of a report."""

    outcome = forms.CharField(
        max_length=MAX_REPORT_LENGTH,
        label=gettext_lazy("What was found, and what was done"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=gettext_lazy("Seen by reviewers only. Contact goes on, unless you end the match first."),
    )


@admin.register(ProblemReport)
class ProblemReportAdmin(NotAboutReaderMixin, ReadOnlyAdmin):
    """Problem reports, the most urgent first, with a button that closes one."""

    contest_path = f"match__{CONTEST_OF_MATCH}"
    volunteer_path = "match__volunteer"
    list_contact_paths = ("handled_by_id",)
    detail_contact_paths = ("reported_by_id", "handled_by_id")
    list_display = ("match", "side", "kind", "reported_at", "answer_due_at", "handled_at", "handled_by")
    list_filter = (("handled_at", admin.EmptyFieldListFilter), "kind")
    list_select_related = ("match", "handled_by")
    ordering = ("answer_due_at",)
    actions_detail = ("close_report",)

    @action(description=gettext_lazy("Close the report"), url_path="close", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def close_report(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the outcome, then close the report."""
        back = reverse("admin:matching_problemreport_change", args=[object_id])
        report = get_row_or_404(self.get_queryset(request), object_id)
        form = ReportOutcomeForm(request.POST or None)
        if form.is_valid():
            try:
                handle_report(actor=get_current_user(request), report=report, at=timezone.now(), **form.cleaned_data)
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("The report is closed."))
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": back}
        texts = {"title": _("Close the report"), "summary": report.text}
        return render(request, "admin/action_form.html", context | texts)


@admin.register(Message)
class MessageAdmin(NotAboutReaderMixin, ReadOnlyAdmin):
    """The messages between the sides of matches."""

    contest_path = f"match__{CONTEST_OF_MATCH}"
    volunteer_path = "match__volunteer"
    detail_contact_paths = ("author_id",)
    list_display = ("match", "side", "written_at")
    list_filter = ("side",)
    list_select_related = ("match",)


@admin.register(ChecklistTick)
class ChecklistTickAdmin(NotAboutReaderMixin, ReadOnlyAdmin):
    """The ticked lines of checklists."""

    contest_path = f"match__{CONTEST_OF_MATCH}"
    volunteer_path = "match__volunteer"
    detail_contact_paths = ("ticked_by_id",)
    list_display = ("match", "stage", "item_code", "ticked_at")
    list_filter = ("stage",)
    list_select_related = ("match",)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    """The volunteers with a calendar feed; its address is not stored."""

    list_display = ("volunteer", "created_at")
    list_select_related = ("volunteer",)
    fields = ("volunteer", "created_at")
