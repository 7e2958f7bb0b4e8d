"""Every move that a person can make, with the action that makes it and what it asks for.

The doors are built from this and from `rules.MOVES`: the API's verbs, the admin's buttons. A test holds the two equal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import User
from matching.actions import answer, campaign, review
from matching.actions.steps import check_version
from matching.models import Match
from matching.rules import MOVES, Who

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """A move as somebody sees it. `asks` names what may be said with it, `needs` what must be; `version` always may."""

    act: Callable[..., Match]
    label: Words
    summary: Words
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    danger: bool = False


def _race(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    check_version(match, version)
    review.race_seat(actor=actor, seat=match.seat, at=at)
    match.refresh_from_db()
    return match


_WHY = ("reason", "note")

VERBS: dict[tuple[Who, str], Verb] = {
    (Who.VOLUNTEER, "accept"): Verb(
        answer.accept,
        _("Accept"),
        _("Say yes. What you write goes to the campaign; the code of conduct is agreed to once."),
        asks=("note", "conduct"),
    ),
    (Who.VOLUNTEER, "decline"): Verb(
        answer.decline,
        _("Decline"),
        _("Say no; a reason is optional. With the reason “time” you may say how many hours you have from now on."),
        asks=("reason", "note", "hours"),
        danger=True,
    ),
    (Who.VOLUNTEER, "withdraw"): Verb(
        answer.withdraw,
        _("I need out"),
        _("End it at once; a reason is optional, and it costs you no turn."),
        asks=_WHY,
        danger=True,
    ),
    (Who.VOLUNTEER, "complete"): Verb(
        answer.hand_over,
        _("I have handed over"),
        _("Everything is handed over, and nothing more is expected of me; contact ends with it."),
    ),
    (Who.CAMPAIGN, "confirm"): Verb(
        campaign.confirm,
        _("Confirm"),
        _("Say yes too: work begins, and both sides see how to reach each other."),
        asks=("conduct",),
    ),
    (Who.CAMPAIGN, "refuse"): Verb(
        campaign.refuse,
        _("Not this time"),
        _("Say no to somebody who said yes, with a reason. They are told kindly."),
        asks=_WHY,
        needs=("reason",),
        danger=True,
    ),
    (Who.CAMPAIGN, "release"): Verb(
        campaign.let_go,
        _("End it early"),
        _("End work before its time. Somebody else is found."),
        asks=_WHY,
        danger=True,
    ),
    (Who.CAMPAIGN, "finish"): Verb(
        campaign.finish,
        _("The work is done"),
        _("The hand-over begins."),
        asks=_WHY,
    ),
    (Who.CAMPAIGN, "complete"): Verb(campaign.complete, _("All is handed over"), _("The hand-over is done.")),
    (Who.REVIEWER, "approve"): Verb(review.approve, _("Approve"), _("Offers it, or waits for the rest of its team.")),
    (Who.REVIEWER, "reject"): Verb(
        review.reject, _("Not this time"), _("Say no, with a reason."), asks=_WHY, needs=("reason",), danger=True
    ),
    (Who.REVIEWER, "race"): Verb(
        _race,
        _("Ask several at once"),
        _("After some noes: offer the place to the best few at once. The first yes takes it."),
    ),
    (Who.REVIEWER, "accept"): Verb(
        review.record_yes,
        _("Record a yes by phone"),
        _("Write down a yes that you heard. The volunteer is told in writing and has a day to take it back."),
        asks=("note", "conduct_heard"),
        needs=("note",),
    ),
    (Who.REVIEWER, "cancel"): Verb(
        review.cancel_offer,
        _("Take the offer back"),
        _("End an offer that nobody has answered. The volunteer is told that plans changed."),
        asks=_WHY,
        danger=True,
    ),
    (Who.REVIEWER, "release"): Verb(
        review.release,
        _("Release"),
        _("End it after a yes, so that place and hours are free."),
        asks=_WHY,
        danger=True,
    ),
    (Who.REVIEWER, "finish"): Verb(campaign.finish, _("The work is done"), _("The hand-over begins."), asks=_WHY),
    (Who.REVIEWER, "complete"): Verb(
        campaign.complete, _("All is handed over"), _("The hand-over is done; contact ends with it.")
    ),
}

PEOPLE = (Who.VOLUNTEER, Who.CAMPAIGN, Who.REVIEWER)


def verbs_of(who: Who) -> list[str]:
    """The verbs that one kind of person has anywhere in the table, in its order."""
    return list(dict.fromkeys(move.verb for move in MOVES if move.who == who))
