"""The reader's profile as a whole, being on call, and leaving."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.accounts.mfa import mfa_not_required
from core.api.current_user import get_current_user
from core.notifications.moments import find_day, format_day_with_year
from core.privacy.retention import retention_days
from matching.lifecycle.actions.departure import leave_service
from matching.lifecycle.queries.own_matches import has_begun_work
from volunteers.actions.availability import set_on_call
from volunteers.models import Volunteer
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.volunteers.desk_cards import describe_free_days
from web.volunteers.own_volunteer_pages import OwnVolunteerPage


@mfa_not_required
@require_safe
def profile_page(request: HttpRequest) -> HttpResponse:
    """List what the reader told us, and where each part is changed."""
    volunteer = Volunteer.objects.filter(user=get_current_user(request)).first()
    if volunteer is None:
        return redirect("start")
    context = {
        "back": Link(reverse("volunteer-desk"), _("My page")),
        "volunteer": volunteer,
        "free_days": describe_free_days(volunteer),
        "is_paused": volunteer.state == Volunteer.State.PAUSED,
        "has_left": volunteer.state == Volunteer.State.LEFT,
    }
    return render(request, "volunteers/profile.html", context)


class OwnProfilePage(OwnVolunteerPage):
    """A page below that of the profile."""

    def build_back(self) -> Link:
        """Return the way to the profile."""
        return Link(reverse("my-profile-page"), _("My profile"))


def describe_last_day_kept(volunteer: Volunteer, *, at: datetime) -> str:
    """Return the day until which the profile of a volunteer who has left, or leaves at `at`, is kept."""
    last = (volunteer.left_at or at) + timedelta(days=retention_days("left"))
    return format_day_with_year(find_day(last, volunteer.time_zone))


class OnCallPage(OwnProfilePage):
    """Say what being on call means, and begin or end it."""

    template_name = "volunteers/on_call.html"
    form_class = forms.Form
    heading = gettext_lazy("On call for emergencies")

    def build_context(self) -> dict[str, Any]:
        """Return whether the reader is on call, and the words of the button."""
        is_on_call = self.volunteer.on_call
        button = _("Take me off call") if is_on_call else _("Yes, ask me at any hour")
        return super().build_context() | {"is_on_call": is_on_call, "button": button}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Begin it, or end it: what the button said."""
        on_call = "end" not in self.request.POST
        set_on_call(actor=get_current_user(self.request), on_call=on_call, at=self.at)
        on, off = _("You are on call. Thank you."), _("You are off call. We ask you at usual hours only.")
        messages.success(self.request, on if on_call else off)
        return redirect("my-on-call")


class LeavePage(OwnProfilePage, ConfirmPage):
    """Say what leaving means, and leave."""

    template_name = "design/confirm_page.html"
    heading = gettext_lazy("Leave Handraiser?")
    button = gettext_lazy("Leave now")
    keep_label = gettext_lazy("No, I stay")
    undo = gettext_lazy("You can come back with the same profile. The projects of today are not given back.")

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show what leaving means, with the day until which the profile is kept."""
        day = describe_last_day_kept(self.volunteer, at=self.at)
        what_happens = [
            _("You are asked for nothing more. Offers end, and your projects hear today that you can’t go on."),
            _("Your profile is kept until %(day)s, in case you come back. “My data” erases it now.") % {"day": day},
        ]
        return super().render_page(status=status, **({"what_happens": what_happens} | more))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Leave. Who did something here is thanked."""
        user = get_current_user(self.request)
        has_worked = has_begun_work(user)
        leave_service(actor=user, at=self.at)
        thanks = _("You have left. Thank you for what you did.")
        messages.success(self.request, thanks if has_worked else _("You have left."))
        return redirect("volunteer-desk")
