"""Pages for volunteers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.mfa import mfa_not_required
from core.errors import HandraiserError
from core.models import User
from volunteers.actions.invitations import claim_profile


@mfa_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what claiming the profile means. Only the button does it, so a mail scanner changes nothing."""
    assert isinstance(request.user, User)
    error_text = ""
    if request.method == "POST":
        try:
            claim_profile(actor=request.user, token=token, adult=request.POST.get("adult") == "on", at=timezone.now())
        except HandraiserError as refusal:
            error_text = refusal.message
        else:
            messages.success(request, _("Welcome back. Your profile is yours now."))
            return redirect("home")
    return render(request, "volunteers/invitation.html", {"error": error_text}, status=400 if error_text else 200)
