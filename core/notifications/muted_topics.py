"""Topics about which a user wants no mail."""

from core.enums import NoticeTopic
from core.models import Mute, User


def set_topic_muted(*, user: User, topic: NoticeTopic, muted: bool = True) -> None:
    """Whether the person wants no mail about a topic; they still see its notices when they sign in."""
    if muted:
        Mute.objects.get_or_create(user=user, topic=topic)
    else:
        Mute.objects.filter(user=user, topic=topic).delete()


def list_muted_topics(user: User) -> set[str]:
    """The topics about which somebody wants no mail."""
    return set(Mute.objects.filter(user=user).values_list("topic", flat=True))
