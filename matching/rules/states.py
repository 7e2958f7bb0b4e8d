"""What a match may become, who may make it so, and what that means. Pure: no rows, no clock.

`TRANSITIONS` is the single source: the API's verbs, the admin's buttons and the diagram in docs/flow.md come from it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchState(models.TextChoices):
    """Where a match stands."""

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
"""Holds its seat and the volunteer's hours. But a broadcast offer holds nothing until it is accepted."""

STATES_NOT_OVER = (MatchState.PROPOSED, *STATES_HOLDING_SEAT, MatchState.CLOSING)
"""Not over yet."""

STATES_REVIEWED = tuple(state for state in MatchState if state not in (MatchState.PROPOSED, MatchState.SUPERSEDED))
"""A person has decided about it."""

STATES_NOT_PROPOSED_AGAIN = (
    MatchState.REJECTED,
    MatchState.DECLINED,
    MatchState.REFUSED,
    MatchState.EXPIRED,
    MatchState.WITHDRAWN,
    MatchState.RELEASED,
)
"""This volunteer is not proposed for this request again."""

STATES_WORK_DONE = (MatchState.CLOSING, MatchState.COMPLETED)
"""The work was done, so that nobody is needed for the seat any more."""

STATES_ENDED_EARLY = (*STATES_NOT_PROPOSED_AGAIN, MatchState.SUPERSEDED)
"""Over without having been completed."""

STATES_COUNTS_AS_SERVICE = (
    MatchState.ACCEPTED,
    MatchState.ACTIVE,
    MatchState.CLOSING,
    MatchState.COMPLETED,
    MatchState.WITHDRAWN,
    MatchState.RELEASED,
)
"""The volunteer has taken this campaign's side in its contest."""

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
"""The volunteer has been told of it: before an offer they see nothing."""

STATES_BOTH_SIDES_KNOW = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)
"""Both sides know of each other: the campaign sees the person, and either may write."""

STATES_REPORTABLE = (*STATES_BOTH_SIDES_KNOW, MatchState.REFUSED, MatchState.WITHDRAWN, MatchState.RELEASED)
"""Both sides have known of each other, whatever came of it: either may still report a problem."""

STATES_CONTACT_SHARED = (MatchState.ACTIVE, MatchState.CLOSING)
"""Both sides have said yes: they see how to reach each other, and what is confidential."""

STATES_MESSAGING_OPEN = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING)
"""Messages can be exchanged."""
