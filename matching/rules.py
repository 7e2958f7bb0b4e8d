"""What a match may become, who may make it so, and what that means. Pure: no rows, no clock.

`MOVES` is the single source: the API's verbs, the admin's buttons and the diagram in docs/flow.md come from it.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
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
"""Holds its seat and the volunteer's hours. But a raced offer holds nothing until it is accepted."""

LIVE = (State.PROPOSED, *HOLDING, State.CLOSING)
"""Not over yet."""

REVIEWED = tuple(state for state in State if state not in (State.PROPOSED, State.SUPERSEDED))
"""A person has decided about it."""

TURNED_DOWN = (State.REJECTED, State.DECLINED, State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.RELEASED)
"""This volunteer is not proposed for this request again."""

DONE = (State.CLOSING, State.COMPLETED)
"""The work was done, so that nobody is needed for the seat any more."""

ENDED = (*TURNED_DOWN, State.SUPERSEDED)
"""Over without having been completed."""

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

MET = (State.ACCEPTED, State.ACTIVE, State.CLOSING, State.COMPLETED)
"""Both sides know of each other: the campaign sees the person, and either may write."""

KNEW = (*MET, State.REFUSED, State.WITHDRAWN, State.RELEASED)
"""Both sides have known of each other, whatever came of it: either may still report a problem."""

WORKING = (State.ACTIVE, State.CLOSING)
"""Both sides have said yes: they see how to reach each other, and what is confidential."""

TALKING = (State.ACCEPTED, State.ACTIVE, State.CLOSING)
"""Messages can be exchanged."""


class Who(StrEnum):
    """Who makes a move."""

    RUN = "run"
    REVIEWER = "reviewer"
    TEAM = "team"  # follows by itself from what the others of the team, or the request, are set to
    VOLUNTEER = "volunteer"
    CAMPAIGN = "campaign"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Move:
    """From `state`, `who` may do `verb`, and then it is `next`."""

    state: State
    verb: str
    who: Who
    next: State

    @property
    def frees(self) -> bool:
        """Whether somebody else is to be found for the seat: not when a run, or the request itself, ended it."""
        return self.state in (State.PROPOSED, *HOLDING) and self.next in ENDED and self.who not in (Who.RUN, Who.TEAM)


MOVES = (
    Move(State.PROPOSED, "supersede", Who.RUN, State.SUPERSEDED),
    Move(State.PROPOSED, "approve", Who.REVIEWER, State.APPROVED),
    Move(State.PROPOSED, "reject", Who.REVIEWER, State.REJECTED),
    Move(State.PROPOSED, "race", Who.REVIEWER, State.OFFERED),
    Move(State.PROPOSED, "race", Who.TEAM, State.OFFERED),
    Move(State.PROPOSED, "cancel", Who.TEAM, State.SUPERSEDED),
    Move(State.APPROVED, "reject", Who.REVIEWER, State.REJECTED),
    Move(State.APPROVED, "offer", Who.TEAM, State.OFFERED),
    Move(State.APPROVED, "lapse", Who.CLOCK, State.SUPERSEDED),
    Move(State.APPROVED, "cancel", Who.TEAM, State.SUPERSEDED),
    Move(State.OFFERED, "accept", Who.VOLUNTEER, State.ACCEPTED),
    Move(State.OFFERED, "accept", Who.REVIEWER, State.ACCEPTED),
    Move(State.OFFERED, "decline", Who.VOLUNTEER, State.DECLINED),
    Move(State.OFFERED, "expire", Who.CLOCK, State.EXPIRED),
    Move(State.OFFERED, "cancel", Who.REVIEWER, State.SUPERSEDED),
    Move(State.OFFERED, "cancel", Who.TEAM, State.SUPERSEDED),
    Move(State.OFFERED, "ask", Who.TEAM, State.OFFERED),
    Move(State.ACCEPTED, "confirm", Who.CAMPAIGN, State.ACTIVE),
    Move(State.ACCEPTED, "confirm", Who.TEAM, State.ACTIVE),
    Move(State.ACCEPTED, "refuse", Who.CAMPAIGN, State.REFUSED),
    Move(State.ACCEPTED, "withdraw", Who.VOLUNTEER, State.WITHDRAWN),
    Move(State.ACCEPTED, "release", Who.REVIEWER, State.RELEASED),
    Move(State.ACCEPTED, "release", Who.CLOCK, State.RELEASED),
    Move(State.ACCEPTED, "release", Who.TEAM, State.RELEASED),
    Move(State.ACCEPTED, "ask", Who.TEAM, State.OFFERED),
    Move(State.ACTIVE, "withdraw", Who.VOLUNTEER, State.WITHDRAWN),
    Move(State.ACTIVE, "release", Who.CAMPAIGN, State.RELEASED),
    Move(State.ACTIVE, "release", Who.REVIEWER, State.RELEASED),
    Move(State.ACTIVE, "release", Who.TEAM, State.RELEASED),
    Move(State.ACTIVE, "finish", Who.CAMPAIGN, State.CLOSING),
    Move(State.ACTIVE, "finish", Who.REVIEWER, State.CLOSING),
    Move(State.ACTIVE, "finish", Who.CLOCK, State.CLOSING),
    Move(State.ACTIVE, "finish", Who.TEAM, State.CLOSING),
    Move(State.CLOSING, "complete", Who.VOLUNTEER, State.COMPLETED),
    Move(State.CLOSING, "complete", Who.CAMPAIGN, State.COMPLETED),
    Move(State.CLOSING, "complete", Who.REVIEWER, State.COMPLETED),
    Move(State.CLOSING, "complete", Who.CLOCK, State.COMPLETED),
    Move(State.CLOSING, "complete", Who.TEAM, State.COMPLETED),
)


def move(state: str, verb: str, who: Who) -> Move | None:
    """The move that `who` makes by `verb` from `state`, or None: there is none."""
    return next((each for each in MOVES if (each.state, each.verb, each.who) == (state, verb, who)), None)


OBJECTION = timedelta(hours=24)
"""How long somebody whose yes was heard on the phone has to take it back in writing before anything follows from it."""


_TOO_LATE: dict[State, str | Promise] = {
    State.EXPIRED: _("Sorry: the time to answer was over, so we asked the next person. You lose no turn by it."),
    State.SUPERSEDED: _(
        "Sorry: plans changed before your answer came. You lose no turn, and we go on looking for you."
    ),
}


def too_late(state: str, verb: str) -> str:
    """The sentence for somebody whose `verb` comes too late: the match is in `state` by now."""
    if verb in ("accept", "decline") and State(state) in _TOO_LATE:
        return str(_TOO_LATE[State(state)])
    return _("This is no longer possible: by now it says “%(state)s”. Load the page again to see where it stands.") % {
        "state": State(state).label
    }


def verbs(state: str, who: Who) -> list[str]:
    """What `who` may do from `state`, in the table's order."""
    return [each.verb for each in MOVES if each.state == state and each.who == who]


class RejectReason(models.TextChoices):
    """Why a reviewer says no."""

    FIT = "fit", _("Not the right fit")
    LEVEL = "level", _("The skill's level is in doubt")
    CONFLICT = "conflict", _("Conflict of interest")
    TRUST = "trust", _("Needs vetting first")
    TIMING = "timing", _("Wrong time")
    OTHER = "other", _("Something else")


class DeclineReason(models.TextChoices):
    """Why a volunteer says no. Nobody has to say."""

    UNSAID = "", _("Rather not say")
    TIME = "time", _("No time")
    TASK = "task", _("Not the kind of work I want")
    CAMPAIGN = "campaign", _("Not this campaign now")
    NEVER = "never", _("Never this campaign")
    LEVEL = "level", _("I do not know this well enough")
    OTHER = "other", _("Something else")


class RefuseReason(models.TextChoices):
    """Why a campaign says no to somebody who said yes to it."""

    LEVEL = "level", _("The skill's level is in doubt")
    HOURS = "hours", _("The hours do not work")
    FOUND = "found", _("Somebody is doing it by now")
    NEVER = "never", _("Never this person")
    OTHER = "other", _("Something else")


class EndReason(models.TextChoices):
    """Why something that had begun ends before its time, as whoever ends it may say."""

    UNSAID = "", _("Rather not say")
    TIME = "time", _("No time any more")
    FIT = "fit", _("It did not fit")
    NEED = "need", _("No longer needed")
    CONDUCT = "conduct", _("Conduct")
    OTHER = "other", _("Something else")


class AutoReason(models.TextChoices):
    """Why a match ended although nobody chose to end it."""

    RACE = "race", _("Somebody else said yes first")
    CUT = "cut", _("The place is no longer needed")
    CANCELLED = "cancelled", _("The project was called off")
    SILENCE = "silence", _("The campaign did not answer in time")
    TEAM = "team", _("The team was not complete in time")
    LEFT = "left", _("The person is no longer available")
    OVER = "over", _("The project's time was over")
    TERMS = "terms", _("What was asked for has changed")
    VETO = "veto", _("The volunteer said never")
    PLANS = "plans", _("Plans changed")


REASONS: dict[str, type[models.TextChoices]] = {
    "reject": RejectReason,
    "decline": DeclineReason,
    "refuse": RefuseReason,
    "withdraw": EndReason,
    "release": EndReason,
    "finish": EndReason,
    "cancel": EndReason,
}
"""What may be given as the reason of a move. A reject and a refusal need one."""


class Side(models.TextChoices):
    """Who of the two, or who in between."""

    VOLUNTEER = "volunteer", _("The volunteer")
    CAMPAIGN = "campaign", _("The campaign")
    REVIEWER = "reviewer", _("A reviewer")


class Problem(models.TextChoices):
    """What a report is about."""

    CONDUCT = "conduct", _("How somebody behaved")
    SAFETY = "safety", _("I do not feel safe")
    PRIVACY = "privacy", _("Data or access were misused")
    PROMISE = "promise", _("It is not what was agreed")
    OTHER = "other", _("Something else")
