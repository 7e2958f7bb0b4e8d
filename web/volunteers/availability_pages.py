"""The volunteer's own week, hours and days, and a pause."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.api.current_user import get_current_user
from core.notifications.moments import describe_weekday, find_day
from core.week_mask import Window
from matching.lifecycle.queries.commitments import count_commitments
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.fits import find_fits_of_volunteer
from volunteers.actions.availability import set_paused
from volunteers.actions.weeks import replace_week
from volunteers.models import Volunteer
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.design.form_pages import VERSION_FIELD
from web.volunteers.availability_forms import WeekForm, build_week_initial
from web.volunteers.availability_week import WeekFormMixin
from web.volunteers.availability_words import describe_clock_change, describe_commitments
from web.volunteers.lost_interests import LostInterestsPage
from web.volunteers.own_volunteer_pages import OwnVolunteerPage
from web.volunteers.start_pages import find_my_page


class OwnWeekForm(WeekForm):
    """The week, with the version that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class WeekPage(LostInterestsPage, WeekFormMixin, OwnVolunteerPage):
    """Show the week, and take a new one. What was agreed before goes on as it is."""

    template_name = "volunteers/availability_week.html"
    form_class = OwnWeekForm
    heading = gettext_lazy("Your week")
    button = gettext_lazy("Save my hours")
    button_after_warning = gettext_lazy("Save it anyway")

    def build_initial(self) -> dict[str, Any]:
        """Show the stored week."""
        return _build_stored_week(self.volunteer) | {VERSION_FIELD: self.volunteer.version}

    def build_back(self) -> Link:
        """Return the way to the reader's page."""
        return Link(find_my_page(), _("My page"))

    def build_context(self) -> dict[str, Any]:
        """Return the state of the profile, and what a change means for what runs."""
        volunteer, today = self.volunteer, find_day(self.at, self.volunteer.time_zone)
        confirmed_at = volunteer.availability_confirmed_at
        commitments = count_commitments(volunteer)
        return super().build_context() | {
            "volunteer": volunteer,
            "confirmed_on": describe_weekday(confirmed_at, volunteer.time_zone) if confirmed_at else "",
            "rest_until": volunteer.rest_until if volunteer.rest_until and volunteer.rest_until > today else None,
            "commitment_words": describe_commitments(commitments),
            "clock_words": describe_clock_change(volunteer.time_zone, today=today),
        }

    def find_page_warning(self, form: WeekForm) -> str:
        """Warn of fewer hours than the running projects take."""
        agreed = count_commitments(self.volunteer).hours_per_week
        if form.cleaned_data["hours"] >= agreed:
            return ""
        words = {"agreed": agreed, "hours": form.cleaned_data["hours"]}
        return (
            _(
                "Not saved yet. You said yes to %(agreed)d hours a week, and now offer %(hours)d. What you agreed "
                "stays: to change it, write to the campaign, or choose “I need out” on your page."
            )
            % words
        )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the week."""
        cleaned = form.cleaned_data
        with self.asking_before_loss():
            replace_week(
                actor=get_current_user(self.request),
                max_hours_per_week=cleaned["hours"],
                time_zone=cleaned["time_zone"],
                windows=cleaned["windows"],
                version=cleaned.get(VERSION_FIELD),
                at=self.at,
            )
        saved = ngettext(
            "Saved: %(count)d hour a week, at these times. From now on we ask you for these times only.",
            "Saved: %(count)d hours a week, at these times. From now on we ask you for these times only.",
            cleaned["hours"],
        )
        messages.success(self.request, saved % {"count": cleaned["hours"]})
        self._tell_fits()
        return redirect("my-week")

    def _tell_fits(self) -> None:
        """Say how many open places fit now, unless the reader is away or has looked too often."""
        user = get_current_user(self.request)
        volunteer = Volunteer.objects.get(pk=self.volunteer.pk)
        if volunteer.state != Volunteer.State.ACTIVE or not count_fits_answer(user.pk, at=self.at).is_allowed:
            return
        count = int(find_fits_of_volunteer(volunteer, at=self.at).fitting.sum())
        words = ngettext("%(count)d open place fits you now.", "%(count)d open places fit you now.", count)
        told = words % {"count": count} if count else _("No open place fits you now.")
        messages.info(
            self.request, format_html('{} <a href="{}">{}</a>', told, reverse("open-roles"), _("Look at open places"))
        )


class PausePage(OwnVolunteerPage, ConfirmPage):
    """Say what a pause means, and begin it."""

    heading = gettext_lazy("Pause for a while?")
    button = gettext_lazy("Pause now")
    what_happens = (
        gettext_lazy("Nobody asks you for anything new until you say that you are back."),
        gettext_lazy("What you agreed to goes on. An answer that we promised you waits until you are back."),
        gettext_lazy("Places that you asked for wait with you. If others do one meanwhile, we tell you."),
    )
    undo = gettext_lazy("You end the pause on the page of your week, whenever you like.")
    keep_label = gettext_lazy("No, go on as before")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Begin the pause."""
        set_paused(actor=get_current_user(self.request), is_paused=True, at=self.at)
        messages.success(self.request, _("You are on a pause. When you are back, press “I am back”."))
        return redirect("my-week")


def _build_stored_week(volunteer: Volunteer) -> dict[str, Any]:
    windows = [Window(window.weekday, window.starts, window.ends) for window in volunteer.windows.all()]
    return build_week_initial(hours=volunteer.max_hours_per_week, time_zone=volunteer.time_zone, windows=windows)
