"""Count the messages that a user has not read. The notice of a message, which only its reader gets, holds the mark."""

from collections import Counter

from django.db.models import QuerySet

from core.models import Notice, User
from core.notifications.inbox import list_inbox_notices
from matching.models import Match
from matching.rules.notice_types import MatchingNotice


def unread_message_notices(user: User) -> "QuerySet[Notice]":
    """Return the notices of messages to a user that they have not read, the newest first."""
    return list_inbox_notices(user).filter(kind=MatchingNotice.MESSAGE, read_at=None)


def count_unread_messages(user: User) -> Counter[str]:
    """Return how many unread messages a user has in each match, by the public id of the match."""
    return Counter(unread_message_notices(user).values_list("subjects__match", flat=True))


def list_unread_messages(user: User, match: Match) -> set[str]:
    """Return the public ids of the messages in a match that a user has not read."""
    unread = unread_message_notices(user).filter(subjects__match=str(match.public_id))
    return set(unread.values_list("subjects__message", flat=True))
