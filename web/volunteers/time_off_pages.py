"""The page of a volunteer's times off."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.notifications.moments import describe_moment, find_day
from matching.lifecycle.queries.commitments import list_commitments
from matching.lifecycle.queries.meetings_on_days_off import list_missed_meetings
from volunteers.actions.weeks import add_time_off, remove_time_off
from web.design.day_fields import DayField
from web.volunteers.desk_cards import describe_days_off
from web.volunteers.lost_interests import LostInterestsPage
from web.volunteers.own_volunteer_pages import OwnVolunteerPage

REMOVE_BUTTON = "remove"


class TimeOffForm(forms.Form):
    """The first and the last day off."""

    starts_on = DayField(label=gettext_lazy("First day off"), missing=gettext_lazy("Give the first day off."))
    ends_on = DayField(label=gettext_lazy("Last day off"), help_text=gettext_lazy("Empty for a single day."))


class TimeOffPage(LostInterestsPage, OwnVolunteerPage):
    """List the times off, add one, and take one away."""

    template_name = "volunteers/availability_time_off.html"
    form_class: type[forms.Form] = TimeOffForm
    heading = gettext_lazy("Time off")
    button = gettext_lazy("Add these days")

    def build_context(self) -> dict[str, Any]:
        """Return the times off that are not over, the next first."""
        today = find_day(self.at, self.volunteer.time_zone)
        times = self.volunteer.time_off.filter(ends_on__gte=today).order_by("starts_on")
        return {
            "back": self.build_back(),
            "times": [(time, describe_days_off(time, on=today)) for time in times],
            "projects": list_commitments(self.volunteer),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take days away, or add some."""
        if REMOVE_BUTTON not in request.POST:
            return super().post(request, **kwargs)
        self.form_class = forms.Form
        return super().post(request, **kwargs)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the change."""
        actor = get_current_user(self.request)
        if REMOVE_BUTTON in self.request.POST:
            starts_on = _read_day(self.request.POST[REMOVE_BUTTON])
            if starts_on is not None:
                remove_time_off(actor=actor, starts_on=starts_on, at=self.at)
                messages.success(self.request, _("These days count again."))
        else:
            starts_on = form.cleaned_data["starts_on"]
            ends_on = form.cleaned_data["ends_on"] or starts_on
            with self.telling_loss():
                add_time_off(actor=actor, starts_on=starts_on, ends_on=ends_on, at=self.at)
                messages.success(self.request, _("Saved. We offer you no work that needs you on these days."))
            self._tell_missed_meetings(starts_on, ends_on)
        return redirect("my-time-off")

    def _tell_missed_meetings(self, first: date, last: date) -> None:
        """Say which meetings of agreed work fall on the days, with the way to write to the people there."""
        for missed in list_missed_meetings(self.volunteer, first=first, last=last, at=self.at):
            moment = describe_moment(missed.starts_at, self.volunteer.time_zone)
            words = {"title": missed.match.request.shown_title, "moment": moment}
            sentence = (
                _("“%(title)s” meets on these days: %(moment)s. The campaign does not see your days off.") % words
            )
            href = reverse("volunteer-messages", args=[missed.match.public_id])
            messages.warning(self.request, format_html('{} <a href="{}">{}</a>', sentence, href, _("Write to them")))


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
