"""Topics about which a user wants no mail."""

from collections.abc import Collection

from django.db import transaction

from core.enums import NoticeTopic
from core.models import Mute, User


def set_topic_muted(*, user: User, topic: NoticeTopic, muted: bool = True) -> None:
    """Mute mail about a topic for a user, or unmute it; muted notices still stand in their inbox."""
    if muted:
        Mute.objects.get_or_create(user=user, topic=topic)
    else:
        Mute.objects.filter(user=user, topic=topic).delete()


@transaction.atomic
def replace_muted_topics(*, user: User, topics: Collection[NoticeTopic], among: Collection[NoticeTopic]) -> None:
    """Mute these topics for a user, and unmute the others of `among`; what is not in it stays as it is."""
    for topic in among:
        set_topic_muted(user=user, topic=topic, muted=topic in topics)


def list_muted_topics(user: User) -> set[str]:
    """Return the topics about which the user wants no mail."""
    return set(Mute.objects.filter(user=user).values_list("topic", flat=True))
