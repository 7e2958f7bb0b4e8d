"""Decide whether a volunteer may learn which campaign a match is for. Every entry point asks here.

In an emergency the campaign, its candidate, its party and its contest stay hidden until both sides have said yes. So
does everything that would lead to them: the parts of the score, the rule that an acceptance breaks, and the time zone
of the request, which may name a state.
"""

from django.db.models import Q

from matching.models import Match
from matching.rules.states import STATES_BOTH_SAID_YES

CAMPAIGN_NAMED = Q(request__emergency=False) | Q(state__in=STATES_BOTH_SAID_YES)
"""The matches whose volunteer may learn which campaign they are for, once the match is visible to them."""


def is_campaign_named(match: Match) -> bool:
    """Return whether the volunteer of a match that they can see may learn which campaign it is for."""
    return not match.request.emergency or match.state in STATES_BOTH_SAID_YES


def choose_shown_time_zone(match: Match) -> str:
    """Return the zone in which the volunteer of a match sees its times: their own while the campaign is hidden.

    An emergency has no windows on a wall clock of its own, so no time of it is told wrongly.
    """
    return match.request.time_zone if is_campaign_named(match) else match.volunteer.time_zone
