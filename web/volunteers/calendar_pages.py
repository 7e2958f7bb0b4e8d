"""The pages of matching: the calendar feed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from matching.lifecycle.queries.calendar import build_calendar, find_feed_owner


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
