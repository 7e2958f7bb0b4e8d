"""Topics about which a user wants no mail."""

from core.enums import NoticeTopic
from core.models import Mute, User


def set_topic_muted(*, user: User, topic: NoticeTopic, muted: bool = True) -> None:
    """Mute mail about a topic for a user, or unmute it; muted notices still stand in their inbox."""
    if muted:
        Mute.objects.get_or_create(user=user, topic=topic)
    else:
        Mute.objects.filter(user=user, topic=topic).delete()


def list_muted_topics(user: User) -> set[str]:
    """Return the topics about which the user wants no mail."""
    return set(Mute.objects.filter(user=user).values_list("topic", flat=True))
