"""Decide whether a volunteer may learn which campaign a match is for. Every entry point asks here.

In an emergency the campaign, its candidate, its party and its contest stay hidden until both sides have said yes. So
does everything that would lead to them: the parts of the score, the rule that an acceptance breaks, and the time zone
of the request, which may name a state.
"""

from django.db.models import Q, QuerySet

from matching.models import Match, Message
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SAID_YES, STATES_ENDED_EARLY

CAMPAIGN_NAMED = Q(request__emergency=False) | Q(state__in=STATES_BOTH_SAID_YES)
"""The matches whose volunteer may learn which campaign they are for, once the match is visible to them."""


def is_campaign_named(match: Match) -> bool:
    """Return whether the volunteer of a match that they can see may learn which campaign it is for."""
    return not match.request.emergency or match.state in STATES_BOTH_SAID_YES


THREAD_SHOWN = CAMPAIGN_NAMED | ~Q(state__in=STATES_ENDED_EARLY)
"""The matches whose messages the volunteer may read. After an early end an emergency hides its campaign again."""


def is_thread_shown(match: Match) -> bool:
    """Return whether the volunteer of a match that they can see may read its messages."""
    return is_campaign_named(match) or match.state not in STATES_ENDED_EARLY


def list_messages_to_volunteer(match: Match) -> "QuerySet[Message]":
    """Return the messages of a match that its volunteer may read: while the campaign is hidden, none of its own."""
    messages = match.messages.all()
    if not is_thread_shown(match):
        return messages.none()
    return messages if is_campaign_named(match) else messages.exclude(side=MatchSide.CAMPAIGN)


def choose_shown_time_zone(match: Match) -> str:
    """Return the zone in which the volunteer of a match sees its times: their own while the campaign is hidden.

    An emergency has no windows on a wall clock of its own, so no time of it is told wrongly.
    """
    return match.request.time_zone if is_campaign_named(match) else match.volunteer.time_zone
