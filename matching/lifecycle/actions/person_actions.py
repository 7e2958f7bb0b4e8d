"""Every transition that a person can make: the function that makes it, its texts and its inputs.

The API's endpoints and the admin's buttons are built from this table and from `TRANSITIONS`. A test checks that the two
agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import User
from matching.lifecycle.actions import broadcasts, campaign_answers, phone_acceptances, review, undo, volunteer_answers
from matching.lifecycle.actions.locking import check_match_version
from matching.models import Match
from matching.rules.transitions import TRANSITIONS, ActorKind

ActionText = str | Promise


def _accept_all(actor: User, match: Match) -> None:
    """Raise nothing: no input of the action has a rule of its own."""


@dataclass(frozen=True, slots=True)
class PersonAction:
    """A transition as the user sees it, with the names of its inputs.

    `required_inputs` are among `optional_inputs`; every action also takes a `version`. `check` raises Invalid about
    those inputs that have a rule of their own, the `checked_inputs`, and stores nothing; `perform` applies it, too.
    """

    operation_id: str
    perform: Callable[..., Match]
    label: ActionText
    summary: ActionText
    optional_inputs: tuple[str, ...] = ()
    required_inputs: tuple[str, ...] = ()
    is_destructive: bool = False
    check: Callable[..., None] = _accept_all
    checked_inputs: tuple[str, ...] = ()


def _start_broadcast_for_match(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    check_match_version(match, version)
    broadcasts.start_broadcast(actor=actor, seat=match.seat, at=at)
    match.refresh_from_db()
    return match


_REASON_AND_NOTE = ("reason", "note")

PERSON_ACTIONS: dict[tuple[ActorKind, str], PersonAction] = {
    (ActorKind.VOLUNTEER, "accept"): PersonAction(
        "acceptOffer",
        volunteer_answers.accept_offer,
        _("Accept"),
        _("Say yes. Your note goes to the campaign; you agree to the code of conduct once."),
        optional_inputs=("note", "accepts_code_of_conduct"),
        check=volunteer_answers.check_acceptance,
        checked_inputs=("accepts_code_of_conduct",),
    ),
    (ActorKind.VOLUNTEER, "decline"): PersonAction(
        "declineOffer",
        volunteer_answers.decline_offer,
        _("Decline"),
        _("Say no; a reason is optional. With the reason “time” you may say how many hours you have from now on."),
        optional_inputs=("reason", "note", "max_hours_per_week"),
        is_destructive=True,
        check=volunteer_answers.check_decline,
        checked_inputs=("reason", "max_hours_per_week"),
    ),
    (ActorKind.VOLUNTEER, "withdraw"): PersonAction(
        "withdrawFromMatch",
        volunteer_answers.withdraw_from_match,
        _("I need out"),
        _("End it at once; a reason is optional, and it does not set you back."),
        optional_inputs=_REASON_AND_NOTE,
        is_destructive=True,
    ),
    (ActorKind.VOLUNTEER, "complete"): PersonAction(
        "completeMyHandover",
        volunteer_answers.complete_by_volunteer,
        _("I have handed over"),
        _("Everything is handed over, and nothing more is expected of me; contact ends with it."),
    ),
    (ActorKind.CAMPAIGN, "confirm"): PersonAction(
        "confirmPlacement",
        campaign_answers.confirm_match,
        _("Confirm"),
        _("Say yes too: work begins, and both sides see how to reach each other."),
        optional_inputs=("accepts_code_of_conduct",),
        check=volunteer_answers.check_acceptance,
        checked_inputs=("accepts_code_of_conduct",),
    ),
    (ActorKind.CAMPAIGN, "refuse"): PersonAction(
        "refusePlacement",
        campaign_answers.refuse_match,
        _("Not this time"),
        _("Say no to somebody who said yes, with a reason. They are told kindly."),
        optional_inputs=_REASON_AND_NOTE,
        required_inputs=("reason",),
        is_destructive=True,
    ),
    (ActorKind.CAMPAIGN, "release"): PersonAction(
        "releasePlacement",
        campaign_answers.release_by_campaign,
        _("End it early"),
        _("End work before its time. Somebody else is found."),
        optional_inputs=_REASON_AND_NOTE,
        is_destructive=True,
    ),
    (ActorKind.CAMPAIGN, "finish"): PersonAction(
        "finishPlacement",
        campaign_answers.finish_work,
        _("The work is done"),
        _("The hand-over begins."),
        optional_inputs=_REASON_AND_NOTE,
    ),
    (ActorKind.CAMPAIGN, "complete"): PersonAction(
        "completePlacement", campaign_answers.complete_match, _("All is handed over"), _("The hand-over is done.")
    ),
    (ActorKind.REVIEWER, "approve"): PersonAction(
        "approveMatch", review.approve_match, _("Approve"), _("Offer it, or wait for the rest of its team.")
    ),
    (ActorKind.REVIEWER, "undo"): PersonAction(
        "undoApproval",
        undo.undo_approval,
        _("Undo the approval"),
        _("Make it a proposal again. It is possible until the offer leaves."),
    ),
    (ActorKind.REVIEWER, "reject"): PersonAction(
        "rejectMatch",
        review.reject_match,
        _("Not this time"),
        _("Say no, with a reason."),
        optional_inputs=_REASON_AND_NOTE,
        required_inputs=("reason",),
        is_destructive=True,
    ),
    (ActorKind.REVIEWER, "broadcast"): PersonAction(
        "broadcastSeat",
        _start_broadcast_for_match,
        _("Ask several at once"),
        _("After some noes: offer the place to the best few at once. The first yes takes it."),
    ),
    (ActorKind.REVIEWER, "accept"): PersonAction(
        "recordPhoneAcceptance",
        phone_acceptances.record_phone_acceptance,
        _("Record a yes by phone"),
        _("Write down a yes that you heard. The volunteer is told in writing and has a day to take it back."),
        optional_inputs=("note", "volunteer_accepts_code_of_conduct"),
        required_inputs=("note",),
        check=phone_acceptances.check_phone_acceptance,
        checked_inputs=("note", "volunteer_accepts_code_of_conduct"),
    ),
    (ActorKind.REVIEWER, "cancel"): PersonAction(
        "cancelOffer",
        review.cancel_offer,
        _("Take the offer back"),
        _("End an offer that nobody has answered. The volunteer is told that plans changed."),
        optional_inputs=_REASON_AND_NOTE,
        is_destructive=True,
    ),
    (ActorKind.REVIEWER, "release"): PersonAction(
        "releaseMatch",
        review.release_by_reviewer,
        _("Release"),
        _("End it after a yes, so that the place and the hours are free again."),
        optional_inputs=_REASON_AND_NOTE,
        is_destructive=True,
    ),
    (ActorKind.REVIEWER, "finish"): PersonAction(
        "finishMatch",
        campaign_answers.finish_work,
        _("The work is done"),
        _("The hand-over begins."),
        optional_inputs=_REASON_AND_NOTE,
    ),
    (ActorKind.REVIEWER, "complete"): PersonAction(
        "completeMatch",
        campaign_answers.complete_match,
        _("All is handed over"),
        _("The hand-over is done; contact ends with it."),
    ),
}

PERSON_ACTORS = (ActorKind.VOLUNTEER, ActorKind.CAMPAIGN, ActorKind.REVIEWER)


def actions_of_actor(actor_kind: ActorKind) -> list[str]:
    """Return the actions that one kind of actor has in any state, in the table's order."""
    return list(dict.fromkeys(transition.action for transition in TRANSITIONS if transition.actor_kind == actor_kind))
