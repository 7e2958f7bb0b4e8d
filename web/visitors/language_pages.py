"""The switch of languages at the foot of each page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.accounts.language import check_interface_language, set_language
from core.errors import Invalid
from core.models import User
from web.design.languages import NEXT_FIELD

MAX_ADDRESS_LENGTH = 2_000


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language on this device, and write letters in it to who is signed in; lead back to the page."""
    response, language = HttpResponseRedirect(find_way_back(request)), request.POST.get("language", "")
    try:
        if isinstance(request.user, User):
            set_language(actor=request.user, language=language)
        else:
            check_interface_language(language)
    except Invalid:
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def find_way_back(request: HttpRequest) -> str:
    """Return the page of ours from which the form came; the first page for any other address."""
    address = request.POST.get(NEXT_FIELD, "")
    is_ours = len(address) <= MAX_ADDRESS_LENGTH and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith("/") else reverse("home")
