"""What letters are about, in words: the topics that can be stopped."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core.enums import NoticeTopic
from core.models import User
from matching.lifecycle.queries.policies import get_active_policy

TOPIC_WORDS: dict[NoticeTopic, tuple[str | Promise, str | Promise]] = {
    NoticeTopic.OFFERS: (
        gettext_lazy("Offers, and what waits for your answer"),
        gettext_lazy(
            "An offer, or a person who said yes to you, with the last day for your answer. It comes at once, with one "
            "reminder."
        ),
    ),
    NoticeTopic.MESSAGES: (
        gettext_lazy("Messages"),
        gettext_lazy(
            "That a message waits for you, or that a person waits for yours. At most one letter a day. The words "
            "themselves are only on the site."
        ),
    ),
    NoticeTopic.MEETINGS: (
        gettext_lazy("Meetings of your projects"),
        gettext_lazy(
            "That a meeting is near: when it is, and where to look. It comes at the times that you tick below."
        ),
    ),
    NoticeTopic.PROGRESS: (
        gettext_lazy("What became of your projects"),
        gettext_lazy(
            "A project begins, changes or ends, and what became of a problem that you reported. For campaigns also: "
            "whether yours is checked, and who acts for it. A start, a change or a stop comes at once, the rest at "
            "most once a day."
        ),
    ),
    NoticeTopic.WAITING: (
        gettext_lazy("News while you wait"),
        gettext_lazy(
            "The day by which you hear from us, “not yet” and why, what became of a place that you asked for, and "
            "questions about your hours and your levels. "
            "“Not yet” comes every %(days)s days at most, the rest at most once a day."
        ),
    ),
    NoticeTopic.REVIEW: (
        gettext_lazy("Reviewers’ work"),
        gettext_lazy(
            "What waits for a reviewer, and what is late. Urgent things come at once, the rest at most once a day."
        ),
    ),
}
"""What each topic that can be stopped is called, and what its letters carry.

None of the letters about the account can be stopped: they are warnings, and invitations that go to a bare address.
"""


def describe_topics() -> dict[NoticeTopic, str]:
    """Return what the letters of each topic carry, and how often they come."""
    days = get_active_policy().no_match_notice_days
    return {topic: str(words) % {"days": days} for topic, (_name, words) in TOPIC_WORDS.items()}


def list_topics_of(user: User) -> list[NoticeTopic]:
    """Return the topics of which a user may get letters: those about reviews go to reviewers only."""
    return [topic for topic in TOPIC_WORDS if topic != NoticeTopic.REVIEW or user.is_reviewer]
