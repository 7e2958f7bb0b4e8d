"""Pages for volunteers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.mfa import mfa_not_required
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from volunteers.actions.profile_claims import claim_profile, claim_profile_with_code
from volunteers.models import Volunteer


@mfa_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what claiming the profile means. Only the button does it, so a mail scanner changes nothing.

    An account without the address of the invitation is asked for the code that was sent there.
    """
    error_text, asks_code = "", request.POST.get("code") is not None
    if request.method == "POST":
        try:
            volunteer = _claim_profile(request, token)
        except HandraiserError as refusal:
            error_text = refusal.message
        else:
            if volunteer is not None:
                messages.success(request, _("Welcome back. Your profile is yours now."))
                return redirect("home")
            asks_code = True
    context = {"error": error_text, "asks_code": asks_code}
    return render(request, "volunteers/invitation.html", context, status=400 if error_text else 200)


def _claim_profile(request: HttpRequest, token: str) -> Volunteer | None:
    actor, adult, at = get_current_user(request), request.POST.get("adult") == "on", timezone.now()
    code = request.POST.get("code")
    if code is None:
        return claim_profile(actor=actor, token=token, adult=adult, at=at)
    return claim_profile_with_code(actor=actor, token=token, code=code, adult=adult, at=at)
