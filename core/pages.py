"""The home page and the health check."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def mfa_status_context(request: HttpRequest) -> dict[str, bool]:
    """Tell every template whether second factors are optional here, as in a demo."""
    return {"without_factors": settings.SECOND_FACTOR != "required"}


@login_not_required
@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    """Show the home page, with links for the user's roles."""
    return render(request, "home.html")


@login_not_required
@require_safe
def health_check(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when a request can be served: the process is up and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
