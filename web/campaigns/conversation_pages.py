"""Messages with a person, a problem report about them, and the lines that the campaign ticks."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications.moments import describe_moment, format_moment
from core.time_zones import name_time_zone
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.messages import mark_messages_read, write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.queries.placements import list_latest_messages
from matching.lifecycle.queries.problem_reports import find_own_open_report
from matching.lifecycle.queries.unread_messages import list_unread_messages
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_CONTACT_SHARED, STATES_MESSAGING_OPEN, STATES_REPORTABLE, MatchState
from web.campaigns.person_form_pages import PersonFormPage
from web.design.components import Link
from web.design.conversation_forms import MessageForm, ReportForm

LATEST_MESSAGES = 40
MAX_MESSAGES_SHOWN = 500


class MessagesPage(PersonFormPage):
    """Show what both sides wrote, and write more. To open it marks what the other side wrote as read."""

    form_class = MessageForm
    template_name = "campaigns/messages.html"
    button = gettext_lazy("Send")
    page_title = gettext_lazy("Messages")

    def load(self, **kwargs: Any) -> None:
        """Find the person, and what is new to the reader."""
        super().load(**kwargs)
        self.heading = _("Messages with %(name)s") % {"name": self.name}

    def build_initial(self) -> dict[str, Any]:
        """Return nothing: a message begins empty."""
        return {}

    def build_context(self) -> dict[str, Any]:
        """Return the messages, the oldest first, and whether more can be written."""
        shows_all = "all" in self.request.GET
        limit = MAX_MESSAGES_SHOWN if shows_all else LATEST_MESSAGES
        found = list_latest_messages(self.match, limit=limit + 1)
        unread, zone = list_unread_messages(self.user, self.match), self.match.request.time_zone
        if unread:
            mark_messages_read(actor=self.user, match=self.match, at=self.at)
        rows = [
            {
                "text": message.text,
                "author": self._name_side(message.side),
                "moment": format_moment(message.written_at, zone),
                "written_at": message.written_at,
                "is_ours": message.side == MatchSide.CAMPAIGN,
                "is_new": str(message.public_id) in unread,
            }
            for message in found[-limit:]
        ]
        is_open = self.match.state in STATES_MESSAGING_OPEN
        is_paused = self.match.paused  # type: ignore[attr-defined]
        more = {"rows": rows, "has_earlier": len(found) > limit and not shows_all, "is_paused": is_paused and is_open}
        return super().build_context() | more | {"can_write": is_open and not is_paused, "zone": name_time_zone(zone)}

    def _name_side(self, side: str) -> str:
        names = {MatchSide.VOLUNTEER: self.name, MatchSide.CAMPAIGN: _("Your campaign")}
        return names.get(MatchSide(side), "Handraiser")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Send the message."""
        write_message(actor=self.user, match=self.match, text=form.cleaned_data["text"], at=self.at)
        messages.success(self.request, _("Sent. %(name)s gets a letter that says so.") % {"name": self.name})
        return redirect(f"{self.request.path}#newest")


class ReportPage(PersonFormPage):
    """Report a problem with a person, also after the end. Who is gone is not named."""

    form_class = ReportForm
    template_name = "campaigns/report.html"
    heading = gettext_lazy("Report a problem")
    button = gettext_lazy("Report it")
    page_title = gettext_lazy("Report a problem")
    open_states: ClassVar[tuple[MatchState, ...]] = STATES_REPORTABLE

    def build_initial(self) -> dict[str, Any]:
        """Return nothing: a report begins empty."""
        return {}

    def build_back(self) -> Link:
        """Return the way back, which does not name a person who is gone."""
        is_gone = self.match.state not in (*STATES_MESSAGING_OPEN, MatchState.COMPLETED)
        return Link(self.address_of("campaign-person"), _("Back") if is_gone else self.name)

    def build_context(self) -> dict[str, Any]:
        """Return what the reader has reported already, and whether contact can pause."""
        report = find_own_open_report(self.user, self.match)
        until = describe_moment(report.answer_due_at, self.match.request.time_zone) if report else ""
        is_open = self.match.state in STATES_MESSAGING_OPEN
        name = self.name if is_open else ""
        return super().build_context() | {"report": report, "until": until, "is_open": is_open, "name": name}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Report it."""
        report = report_problem(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)
        until = describe_moment(report.answer_due_at, self.match.request.time_zone)
        messages.success(self.request, _("Thank you for saying it. You hear from us by %(until)s.") % {"until": until})
        return redirect(self.request.path)


class TickForm(forms.Form):
    """One line of a list, and whether it is done."""

    stage = forms.ChoiceField(label=gettext_lazy("The list"), choices=ChecklistStage.choices)
    item_code = forms.ChoiceField(
        label=gettext_lazy("The line"),
        choices=[(item.code, item.text) for items in CHECKLISTS.values() for item in items],
    )
    is_done = forms.BooleanField(label=gettext_lazy("It is done"), required=False)


class ChecklistPage(PersonFormPage):
    """Tick a line of the kick-off or hand-over list. The lists are on the person's page."""

    form_class = TickForm
    open_states: ClassVar[tuple[MatchState, ...]] = STATES_CONTACT_SHARED

    def build_initial(self) -> dict[str, Any]:
        """Return nothing: each line sends its own form."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the lists."""
        return redirect(self.address_of("campaign-person"))

    def act(self, form: forms.Form) -> None:
        """Tick the line, or take the tick back."""
        tick_checklist_item(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Tick the line, and return to the list."""
        response = super().perform(form)
        response.headers["Location"] += "#list"
        return response
