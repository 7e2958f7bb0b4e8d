"""The pages that belong to nobody in particular."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def mfa_status_context(request: HttpRequest) -> dict[str, bool]:
    """What every page says about this place: whether it goes without second factors, as a demo may."""
    return {"without_factors": settings.SECOND_FACTOR != "required"}


@login_not_required
@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    """What this is, and where to go."""
    return render(request, "home.html")


@login_not_required
@require_safe
def health_check(request: HttpRequest) -> HttpResponse:
    """Says "ok" when a request can be served: the process is up and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
