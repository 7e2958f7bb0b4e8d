"""The pages that belong to nobody in particular."""

from collections.abc import Callable
from typing import TypeVar

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.actions.erasure import account_of, erase_me, what_it_means
from core.actions.notices import mute
from core.errors import HandraiserError, Invalid
from core.mail import read_stop
from core.models import User
from core.second_factor import factors_of, shown_again

Page = TypeVar("Page", bound=Callable[..., HttpResponse])


def own(page: Page) -> Page:
    """Marks a page that shows nothing but the reader's own, so that nobody needs a second factor for it."""
    page.only_own = True  # type: ignore[attr-defined]
    return page


def notes(request: HttpRequest) -> dict[str, bool]:
    """What every page says about this place: whether it goes without second factors, as a demo may."""
    return {"without_factors": settings.SECOND_FACTOR != "required"}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and where to go."""
    return render(request, "home.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says "ok" when a request can be served: the process is up and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """The code of conduct, to which both sides of every match agree."""
    return render(request, "core/conduct.html")


@login_not_required
@csrf_exempt  # the signed address is the proof, and a mail program's one tap has no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail of one kind. Only the button, or a mail program's own, says so: a scanner's GET changes nothing."""
    found = read_stop(token)
    if found is None:
        raise Http404
    user, topics = found
    if request.method == "POST":
        for topic in topics:
            mute(user=user, topic=topic)
    labels = get_text_list([str(topic.label) for topic in topics], _("and"))
    context = {"topic": labels, "done": request.method == "POST"}
    return render(request, "core/mail_stop.html", context)


@own
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """All of the reader's own data as a file, and what having it erased means; the button does it."""
    user, at, error = request.user, timezone.now(), ""
    assert isinstance(user, User)
    proven = shown_again(request, user)
    if request.method == "POST":
        try:
            if not proven and not ratelimit.consume(request, action="reauthenticate", user=user):
                raise Invalid(_("That were too many attempts. Try again in a few minutes."))
            understood, password = request.POST.get("understood") == "on", request.POST.get("password", "")
            erase_me(actor=user, understood=understood, password=password, proven=proven, at=at)
        except HandraiserError as problem:
            error = problem.message
        else:
            logout(request)
            messages.success(request, _("Everything of yours is erased."))
            return redirect("home")
    means, factor = what_it_means(account_of(user, at=at)), factors_of(user).exists()
    context = {"means": means, "proven": proven, "factor": factor, "error": error}
    return render(request, "core/my_data.html", context, status=400 if error else 200)
