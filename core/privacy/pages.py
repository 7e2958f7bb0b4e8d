"""The page "Your data"."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.mfa import list_authenticators, mfa_not_required
from core.accounts.reauthentication import has_confirmed_recently
from core.errors import HandraiserError, Invalid
from core.models import User
from core.privacy.erasure import data_subject_of, erase_own_account, preview_erasure


@mfa_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personal_data_page(request: HttpRequest) -> HttpResponse:
    """Offer the user's own data as a file, and show what erasing it means; its button erases the account."""
    user, at, error = request.user, timezone.now(), ""
    assert isinstance(user, User)
    is_reauthenticated = has_confirmed_recently(request.session, user, at=at)
    if request.method == "POST":
        try:
            if not is_reauthenticated and not ratelimit.consume(request, action="reauthenticate", user=user):
                raise Invalid(_("Too many attempts. Try again in a few minutes."))
            understands_consequences, password = (
                request.POST.get("understands_consequences") == "on",
                request.POST.get("password", ""),
            )
            erase_own_account(
                actor=user,
                understands_consequences=understands_consequences,
                password=password,
                is_reauthenticated=is_reauthenticated,
                at=at,
            )
        except HandraiserError as refusal:
            error = refusal.message
        else:
            logout(request)
            messages.success(request, _("Everything of yours is erased."))
            return redirect("home")
    means, factor = preview_erasure(data_subject_of(user, at=at)), list_authenticators(user).exists()
    context = {"means": means, "proven": is_reauthenticated, "factor": factor, "error": error}
    return render(request, "core/my_data.html", context, status=400 if error else 200)
