"""What a match may become, who may make it so, and what that means. Pure: no rows, no clock.

`MOVES` is the single source: the API's verbs, the admin's buttons and the diagram in docs/flow.md come from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
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


HOLDING = (State.APPROVED, State.OFFERED, State.ACCEPTED, State.ACTIVE)
"""Holds its seat and the volunteer's hours."""

REVIEWED = tuple(state for state in State if state not in (State.PROPOSED, State.SUPERSEDED))
"""A person has decided about it."""

TURNED_DOWN = (State.REJECTED, State.DECLINED, State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.RELEASED)
"""This volunteer is not proposed for this request again."""

SERVED = (State.ACCEPTED, State.ACTIVE, State.CLOSING, State.COMPLETED, State.WITHDRAWN, State.RELEASED)
"""The volunteer has taken this campaign's side in its contest."""


SHOWN = (
    State.OFFERED,
    State.ACCEPTED,
    State.ACTIVE,
    State.CLOSING,
    State.COMPLETED,
    State.DECLINED,
    State.REFUSED,
    State.EXPIRED,
    State.WITHDRAWN,
    State.RELEASED,
)
"""The volunteer has been told of it: before an offer they see nothing."""


class Who(StrEnum):
    """Who makes a move."""

    RUN = "run"
    REVIEWER = "reviewer"
    TEAM = "team"  # follows by itself from what the others of the team, or the request, are set to
    VOLUNTEER = "volunteer"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Move:
    """From `state`, `who` may do `verb`, and then it is `next`."""

    state: State
    verb: str
    who: Who
    next: State


MOVES = (
    Move(State.PROPOSED, "supersede", Who.RUN, State.SUPERSEDED),
    Move(State.PROPOSED, "approve", Who.REVIEWER, State.APPROVED),
    Move(State.PROPOSED, "reject", Who.REVIEWER, State.REJECTED),
    Move(State.APPROVED, "reject", Who.REVIEWER, State.REJECTED),
    Move(State.APPROVED, "offer", Who.TEAM, State.OFFERED),
    Move(State.OFFERED, "accept", Who.VOLUNTEER, State.ACCEPTED),
    Move(State.ACCEPTED, "confirm", Who.TEAM, State.ACTIVE),
    Move(State.OFFERED, "decline", Who.VOLUNTEER, State.DECLINED),
    Move(State.OFFERED, "expire", Who.CLOCK, State.EXPIRED),
)


def move(state: str, verb: str, who: Who) -> Move | None:
    """The move that `who` makes by `verb` from `state`, or None: there is none."""
    return next((each for each in MOVES if (each.state, each.verb, each.who) == (state, verb, who)), None)


def too_late(state: str) -> str:
    """The sentence for somebody who comes too late: the match is in `state` by now."""
    return _("This is no longer possible: by now it says “%(state)s”. Load the page again to see where it stands.") % {
        "state": State(state).label
    }


def verbs(state: str, who: Who) -> list[str]:
    """What `who` may do from `state`, in the table's order."""
    return [each.verb for each in MOVES if each.state == state and each.who == who]


class RejectReason(models.TextChoices):
    """Why a reviewer says no."""

    FIT = "fit", _("Not the right fit")
    CONFLICT = "conflict", _("Conflict of interest")
    TRUST = "trust", _("Needs vetting first")
    TIMING = "timing", _("Wrong time")
    OTHER = "other", _("Something else")


class DeclineReason(models.TextChoices):
    """Why a volunteer says no. Nobody has to say."""

    UNSAID = "", _("Rather not say")
    TIME = "time", _("No time")
    TASK = "task", _("Not the kind of work I want")
    CAMPAIGN = "campaign", _("Not this campaign")
    LEVEL = "level", _("I do not know this well enough")
    OTHER = "other", _("Something else")
