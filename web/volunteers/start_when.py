"""The second step: hours, days and the time zone."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.design.components import Link
from web.volunteers.availability_forms import WeekForm, build_week_initial
from web.volunteers.availability_week import WeekFormMixin
from web.volunteers.start_drafts import DraftWeek, store_draft
from web.volunteers.start_pages import StartPage


class WhenPage(WeekFormMixin, StartPage):
    """Ask when the person could help."""

    template_name = "volunteers/start_when.html"
    form_class = WeekForm
    heading = gettext_lazy("When could you help?")
    button = gettext_lazy("See what fits")
    step: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("skills",)

    def build_initial(self) -> dict[str, Any]:
        """Show the week of the draft; nothing is ticked at first."""
        week = self.draft.week
        if week is None:
            return {}
        return build_week_initial(hours=week.max_hours_per_week, time_zone=week.time_zone, windows=week.windows)

    def build_back(self) -> Link:
        """Return the way to the skills."""
        return Link(self.draft.build_address("start-skills"), _("What you can do"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the week, and go on; also where the skills were lost with their session."""
        cleaned = form.cleaned_data
        week = DraftWeek(cleaned["hours"], cleaned["time_zone"], cleaned["windows"])
        if not self.draft.has_skills:
            self.warn_of_lost_draft()
        store_draft(self.request, replace(self.draft, week=week), at=self.at)
        return self.go_to("start-fits")
