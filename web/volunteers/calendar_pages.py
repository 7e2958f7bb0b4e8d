"""The calendar feed, and the page on which a volunteer opens and closes it."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.accounts.authentication import read_session_access
from core.api.current_user import get_current_user
from core.notifications.moments import describe_weekday
from matching.lifecycle.actions.calendar_feed import close_calendar_feed, open_calendar_feed
from matching.lifecycle.queries.calendar import build_calendar, find_feed_opening, find_feed_owner
from web.volunteers.profile_pages import OwnProfilePage

CLOSE_BUTTON = "close"
SECRET_BYTES = 32


@login_not_required
@require_safe
def serve_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Serve a volunteer's calendar feed; a deleted address gives 404, like one that never existed."""
    volunteer = find_feed_owner(secret)
    if volunteer is None:
        raise Http404
    with translation.override(volunteer.user.language if volunteer.user else None):
        body = build_calendar(volunteer, at=timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


class CalendarPage(OwnProfilePage):
    """Open the feed, and show its address once; or close it."""

    template_name = "volunteers/calendar.html"
    form_class = forms.Form
    heading = gettext_lazy("Your calendar")
    button = gettext_lazy("Make a link for my calendar")
    reauthentication_reason = gettext_lazy(
        "Who has this address reads your calendar, so show once more that it is you."
    )

    def build_context(self) -> dict[str, Any]:
        """Return whether the feed is open, and since when."""
        opened_at = find_feed_opening(get_current_user(self.request))
        opened_on = describe_weekday(opened_at, self.volunteer.time_zone) if opened_at else ""
        return super().build_context() | {"opened_on": opened_on}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Open the feed, or close it."""
        actor = get_current_user(self.request)
        if CLOSE_BUTTON in self.request.POST:
            close_calendar_feed(actor=actor)
            messages.success(self.request, _("Closed. Calendar programs that have the address get nothing more."))
            return redirect("my-calendar")
        secret, access = secrets.token_urlsafe(SECRET_BYTES), read_session_access(self.request.session, actor)
        open_calendar_feed(
            actor=actor, secret=secret, has_mfa=access.has_mfa, authenticated_at=access.authenticated_at, at=self.at
        )
        return self.render_page(address=settings.SITE_URL + reverse("calendar", args=[secret]))
