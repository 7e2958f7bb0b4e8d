"""Ask a reviewer to show once more that it is them, before a decision of the admin that cannot be taken back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.mfa import list_authenticators
from core.accounts.reauthentication import has_authenticated_recently
from core.api.current_user import get_current_user

AdminPage = Callable[..., HttpResponse]


def recent_sign_in_required(page: AdminPage) -> AdminPage:
    """Let a page of the admin be read and sent only within minutes of an authentication; lead to a new one otherwise.

    The reviewer comes back to the page. A form that was sent too late is drawn again, as nothing was done.
    """

    @wraps(page)
    def guarded_page(model_admin: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = get_current_user(request)
        if has_authenticated_recently(request.session, user, at=timezone.now()):
            return page(model_admin, request, *args, **kwargs)
        proof = "mfa_reauthenticate" if list_authenticators(user).exists() else "account_reauthenticate"
        messages.info(request, _("This cannot be taken back, so show once more that it is you."))
        return redirect(f"{reverse(proof)}?{urlencode({'next': request.path})}")

    guarded_page.recent_sign_in_required = True  # type: ignore[attr-defined]
    return guarded_page
