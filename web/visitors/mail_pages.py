"""The unsubscribe page, which a link in each letter opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.notifications.mail import read_unsubscribe_token
from core.notifications.muted_topics import set_topic_muted


@login_not_required
@csrf_exempt  # the signed address is the proof, and a mail program's one tap has no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Mute the topics of the letter. It takes a POST, by the button or by a mail program (RFC 8058).

    A GET changes nothing, as mail scanners open every link.
    """
    subscription = read_unsubscribe_token(token)
    if subscription is None:
        raise Http404
    user, topics = subscription
    if request.method == "POST":
        for topic in topics:
            set_topic_muted(user=user, topic=topic)
    labels = get_text_list([str(topic.label) for topic in topics], _("and"))
    context = {"topic": labels, "done": request.method == "POST"}
    return render(request, "visitors/mail_stop.html", context)
