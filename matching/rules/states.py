"""The states of a match, and the sets of states that have a meaning. Pure: no rows, no clock.

`transitions.TRANSITIONS` says how a match moves between them.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MatchState(models.TextChoices):
    """The states of a match, from the proposal to its end."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    ACTIVE = "active", _("Active")
    CLOSING = "closing", _("Closing")
    COMPLETED = "completed", _("Completed")
    REJECTED = "rejected", _("Not this time")
    DECLINED = "declined", _("Declined")
    REFUSED = "refused", _("Refused by the campaign")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RELEASED = "released", _("Released")
    SUPERSEDED = "superseded", _("Plans changed")


STATES_HOLDING_SEAT = (MatchState.APPROVED, MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE)
"""The match holds its seat and the volunteer's hours. Only a broadcast offer holds nothing until it is accepted."""

STATES_NOT_OVER = (MatchState.PROPOSED, *STATES_HOLDING_SEAT, MatchState.CLOSING)
"""The match is not over yet."""

STATES_REVIEWED = tuple(state for state in MatchState if state not in (MatchState.PROPOSED, MatchState.SUPERSEDED))
"""A person has decided about the match."""

STATES_NOT_PROPOSED_AGAIN = (
    MatchState.REJECTED,
    MatchState.DECLINED,
    MatchState.REFUSED,
    MatchState.EXPIRED,
    MatchState.WITHDRAWN,
    MatchState.RELEASED,
)
"""The volunteer is not proposed for this request again."""

STATES_WORK_DONE = (MatchState.CLOSING, MatchState.COMPLETED)
"""The work is done, so that the seat needs no other volunteer."""

STATES_ENDED_EARLY = (*STATES_NOT_PROPOSED_AGAIN, MatchState.SUPERSEDED)
"""The match is over without having been completed."""

STATES_COUNTS_AS_SERVICE = (
    MatchState.ACCEPTED,
    MatchState.ACTIVE,
    MatchState.CLOSING,
    MatchState.COMPLETED,
    MatchState.WITHDRAWN,
    MatchState.RELEASED,
)
"""The volunteer has taken this campaign's side in its contest, and may not serve another one there.

It is no record of work: only a completed match is told as work done.
"""

STATES_VISIBLE_TO_VOLUNTEER = (
    MatchState.OFFERED,
    MatchState.ACCEPTED,
    MatchState.ACTIVE,
    MatchState.CLOSING,
    MatchState.COMPLETED,
    MatchState.DECLINED,
    MatchState.REFUSED,
    MatchState.EXPIRED,
    MatchState.WITHDRAWN,
    MatchState.RELEASED,
)
"""The volunteer has had an offer; before it they see nothing."""

STATES_OF_VOLUNTEERS_MATCH = (*STATES_VISIBLE_TO_VOLUNTEER, MatchState.SUPERSEDED)
"""The states that a volunteer can read of their own matches: an offer that was superseded stays visible."""

STATES_OF_PLACEMENT = (
    MatchState.OFFERED,
    MatchState.ACCEPTED,
    MatchState.ACTIVE,
    MatchState.CLOSING,
    MatchState.COMPLETED,
)
"""The states that a campaign can read of the people who were asked for it."""

STATES_BOTH_SIDES_KNOW = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)
"""Both sides know of each other: the campaign sees the volunteer, and either may write."""

STATES_BOTH_SAID_YES = (MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)
"""Both sides have said yes, and the match has not ended early. An emergency names its campaign only now."""

STATES_REPORTABLE = (*STATES_BOTH_SIDES_KNOW, MatchState.REFUSED, MatchState.WITHDRAWN, MatchState.RELEASED)
"""Both sides have known of each other, even if the match has ended: either may still report a problem."""

STATES_CONTACT_SHARED = (MatchState.ACTIVE, MatchState.CLOSING)
"""Both sides have agreed: they see each other's contact, and what is confidential."""

STATES_IN_MEETINGS = (MatchState.ACCEPTED, MatchState.ACTIVE)
"""The meetings of the request are in the volunteer's calendar, and the volunteer is reminded of them."""

STATES_MESSAGING_OPEN = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING)
"""The two sides can write messages to each other."""


def list_state_choices(states: Iterable[MatchState]) -> list[tuple[str, str | Promise]]:
    """Return some of the states with their labels, as a field takes them."""
    return [(state.value, state.label) for state in states]


VOLUNTEERS_MATCH_CHOICES = list_state_choices(STATES_OF_VOLUNTEERS_MATCH)
PLACEMENT_CHOICES = list_state_choices(STATES_OF_PLACEMENT)
