"""The unsubscribe page, which a link in each letter opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.enums import NoticeTopic
from core.notifications.mail import read_unsubscribe_token
from core.notifications.moments import join_phrases
from core.notifications.muted_topics import set_topic_muted
from matching.lifecycle.queries.policies import get_active_policy
from web.visitors.letter_topics import TOPIC_WORDS

UNDO_BUTTON = "undo"


@login_not_required
@csrf_exempt  # the signed address is the proof, and a mail program's one tap has no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Mute the topics of the letter, or take that back. It takes a POST, by a button or by a mail program (RFC 8058).

    A GET changes nothing, as mail scanners open every link.
    """
    subscription = read_unsubscribe_token(token)
    if subscription is None:
        raise Http404
    user, topics = subscription
    is_undone = UNDO_BUTTON in request.POST
    if request.method == "POST":
        for topic in topics:
            set_topic_muted(user=user, topic=topic, muted=not is_undone)
    context = {
        "topic": join_phrases(_name_topic(topic) for topic in topics),
        "done": request.method == "POST" and not is_undone,
        "undone": is_undone,
        "undo": UNDO_BUTTON,
        "answer_words": _describe_answer_time() if NoticeTopic.OFFERS in topics else "",
    }
    return render(request, "visitors/mail_stop.html", context)


def _name_topic(topic: NoticeTopic) -> str:
    return str(TOPIC_WORDS[topic][0] if topic in TOPIC_WORDS else topic.label)


def _describe_answer_time() -> str:
    """Say what becomes of offers without letters."""
    hours = get_active_policy().offer_hours
    return ngettext(
        "Offers still come, but only on your page here. You have up to %(count)d hour to answer one, and less near an "
        "election.",
        "Offers still come, but only on your page here. You have up to %(count)d hours to answer one, and less near an "
        "election.",
        hours,
    ) % {"count": hours}
