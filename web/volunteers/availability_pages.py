"""The volunteer's own week: hours and days, a pause, and times off."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.api.current_user import get_current_user
from core.notifications.moments import describe_weekday, find_day, format_weekday
from core.week_mask import Window
from core.week_regimes import split_into_regimes
from matching.lifecycle.queries.commitments import Commitments, count_commitments, list_commitments
from volunteers.actions.availability import set_paused
from volunteers.actions.weeks import add_time_off, remove_time_off, replace_week
from volunteers.models import Volunteer
from web.design.components import Link
from web.design.day_fields import DayField
from web.design.form_pages import VERSION_FIELD, ConfirmPage, FormPage
from web.volunteers.availability_forms import WeekForm, build_week_initial
from web.volunteers.availability_week import WeekFormMixin
from web.volunteers.desk_cards import describe_days_off
from web.volunteers.interest_words import telling_lost_interests
from web.volunteers.start_pages import find_my_page

DAYS_OF_CLOCK_CHANGES_SHOWN = 56
REMOVE_BUTTON = "remove"


class OwnVolunteerPage(FormPage):
    """A page about the reader's own profile; who has none is led to the first step."""

    mfa_required: ClassVar[bool] = False
    volunteer: Volunteer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or lead to raising a hand."""
        volunteer = Volunteer.objects.filter(user=get_current_user(request)).first()
        if volunteer is None:
            return redirect("start")
        self.volunteer = volunteer
        return super().dispatch(request, *args, **kwargs)

    def build_back(self) -> Link:
        """Return the way to the first page."""
        return Link(reverse("volunteer-desk"), _("My page"))

    def build_context(self) -> dict[str, Any]:
        """Return the way back, and whether the reader is away."""
        return {
            "back": self.build_back(),
            "is_paused": self.volunteer.state == Volunteer.State.PAUSED,
            "has_left": self.volunteer.state == Volunteer.State.LEFT,
        }


class OwnWeekForm(WeekForm):
    """The week, with the version that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class WeekPage(WeekFormMixin, OwnVolunteerPage):
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
        with telling_lost_interests(self.request, at=self.at):
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
        return redirect("my-week")


class PausePage(OwnVolunteerPage, ConfirmPage):
    """Say what a pause means, and begin it."""

    heading = gettext_lazy("Pause for a while?")
    button = gettext_lazy("Pause now")
    what_happens = (
        gettext_lazy("Nobody asks you for anything new until you say that you are back."),
        gettext_lazy("What you agreed to goes on. An answer that we promised you waits until you are back."),
    )
    undo = gettext_lazy("You end the pause on the page of your week, whenever you like.")
    keep_label = gettext_lazy("No, go on as before")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Begin the pause."""
        set_paused(actor=get_current_user(self.request), is_paused=True, at=self.at)
        messages.success(self.request, _("You are on a pause. Say when you are back."))
        return redirect("my-week")


class TimeOffForm(forms.Form):
    """The first and the last day off."""

    starts_on = DayField(label=gettext_lazy("First day off"), missing=gettext_lazy("Give the first day off."))
    ends_on = DayField(label=gettext_lazy("Last day off"), help_text=gettext_lazy("Empty for a single day."))


class TimeOffPage(OwnVolunteerPage):
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
            with telling_lost_interests(self.request, at=self.at):
                add_time_off(actor=actor, starts_on=starts_on, ends_on=ends_on, at=self.at)
            messages.success(self.request, _("Saved. We offer you no work that needs you on these days."))
        return redirect("my-time-off")


def describe_commitments(commitments: Commitments) -> str:
    """Say what a new week does not change, and who sees it; empty for a person in no project."""
    sentences = []
    if commitments.agreed:
        agreed = ngettext(
            "You work on one project. Its hours and meetings stay as agreed.",
            "You work on %(count)d projects. Their hours and meetings stay as agreed.",
            commitments.agreed,
        )
        sentences.append(agreed % {"count": commitments.agreed})
    if commitments.pending:
        pending = ngettext(
            "You said yes to one project, and they have not answered yet.",
            "You said yes to %(count)d projects that have not answered yet.",
            commitments.pending,
        )
        sentences.append(pending % {"count": commitments.pending})
    if sentences:
        sentences.append(
            _("The people there see the hours and times that you save here. We go by them, too, when we ask you next.")
        )
    return " ".join(sentences)


def describe_clock_change(time_zone: str, *, today: date) -> str:
    """Say what happens when the clocks of a zone change within some weeks; empty without a change."""
    last = today + timedelta(days=DAYS_OF_CLOCK_CHANGES_SHOWN)
    try:
        regimes = split_into_regimes([time_zone], today, last)
    except ValueError:
        return ""
    if len(regimes) < 2:
        return ""
    day = format_weekday(regimes[1].first)
    return _(
        "Your clock changes on %(day)s. Your week stays on your clock; a meeting elsewhere may move by an hour."
    ) % {"day": day}


def _build_stored_week(volunteer: Volunteer) -> dict[str, Any]:
    windows = [Window(window.weekday, window.starts, window.ends) for window in volunteer.windows.all()]
    return build_week_initial(hours=volunteer.max_hours_per_week, time_zone=volunteer.time_zone, windows=windows)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
