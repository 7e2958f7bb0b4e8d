"""The pages that belong to nobody in particular."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.actions.notices import mute
from core.mail import read_stop


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and where to go."""
    return render(request, "home.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says "ok" when a request can be served: the process is up and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """The code of conduct, to which both sides of every match agree."""
    return render(request, "core/conduct.html")


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
