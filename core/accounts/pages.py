"""Pages of an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.factor_recovery import OPEN_STATES, find_recovery_by_link, stop_recovery_by_link
from core.errors import HandraiserError


@login_not_required
@require_safe
def conduct_page(request: HttpRequest) -> HttpResponse:
    """The code of conduct, to which both sides of every match agree."""
    return render(request, "core/conduct.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """Offer to stop the recovery of a second factor; its link is in the person's letters, who cannot sign in.

    Only the button stops it, as mail scanners open every link.
    """
    recovery = find_recovery_by_link(token)
    if recovery is None:
        raise Http404
    error, is_stopped = "", False
    if request.method == "POST":
        try:
            stop_recovery_by_link(token=token, at=timezone.now())
            is_stopped = True
        except HandraiserError as refusal:
            error = refusal.message
    context = {"open": recovery.state in OPEN_STATES, "stopped": is_stopped, "error": error}
    return render(request, "core/recovery_stop.html", context, status=400 if error else 200)
