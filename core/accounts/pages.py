"""Pages of an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def conduct_page(request: HttpRequest) -> HttpResponse:
    """The code of conduct, to which both sides of every match agree."""
    return render(request, "core/conduct.html")
