"""The report of a problem by a volunteer."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications.moments import describe_moment
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.queries.problem_reports import find_own_open_report
from web.design.conversation_forms import ReportForm
from web.volunteers.own_match_pages import OwnMatchPage


class ReportPage(OwnMatchPage):
    """Take the report of a problem, after saying what it does."""

    form_class = ReportForm
    heading = gettext_lazy("Report a problem")
    button = gettext_lazy("Report it")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or what becomes of a report that is open already."""
        report = find_own_open_report(self.user, self.match)
        if report is not None:
            messages.info(request, self.describe_promise(report.answer_due_at))
            return redirect(self.build_back().href)
        return super().get(request, **kwargs)

    def list_sentences(self) -> list[str]:
        """Return what a report does."""
        return [
            _("Contact pauses at once: no messages, and neither of you sees how to reach the other."),
            _("A reviewer from outside this race looks at it within 24 hours and writes to you."),
            _("Are you in danger? Call the emergency number of your country first."),
        ]

    def perform(self, form: forms.Form) -> HttpResponse:
        """Report it."""
        report = report_problem(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)
        messages.success(self.request, self.describe_promise(report.answer_due_at))
        return redirect(self.build_back().href)

    def describe_promise(self, answer_due_at: datetime) -> str:
        """Return until when the report is looked at."""
        words = {"moment": describe_moment(answer_due_at, self.match.volunteer.time_zone)}
        return _("Thank you for saying it. Contact is paused, and we look at it by %(moment)s.") % words
