"""Accept, decline, withdraw and complete as the volunteer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.conduct import accept_conduct, check_conduct_accepted
from core.field_errors import FieldErrors
from core.models import User
from matching.lifecycle.actions.acceptance import apply_acceptance
from matching.lifecycle.actions.hidden_campaigns import check_campaign_named
from matching.lifecycle.actions.notifications import notify_campaign_about_match
from matching.lifecycle.actions.permissions import lock_match_for_volunteer
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.actions.vetoes import record_veto
from matching.models import Match, Message
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import DeclineReason
from matching.rules.sides import MatchSide
from matching.rules.transitions import ActorKind
from volunteers.actions.availability import check_reduced_hours, reduce_max_hours
from volunteers.actions.level_questions import ask_skill_level


@transaction.atomic
def accept_offer(
    *,
    actor: User,
    match: Match,
    note: str = "",
    accepts_code_of_conduct: bool = False,
    at: datetime,
    version: int | None = None,
) -> Match:
    """Accept an offer for its volunteer: the campaign is notified and its clock starts, or work begins at once.

    `note` becomes a message to the campaign. `accepts_code_of_conduct` is true when the volunteer accepts the code of
    conduct, which is needed once. Raises NotAllowed (another volunteer's offer), WrongState (answered before, or too
    late; another offer hides its campaign), Stale, Full (the seat is taken, or they no longer fit), Invalid (the
    code of conduct).
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    apply_acceptance(match, ActorKind.VOLUNTEER, at=at)
    accept_conduct(actor, accepted=accepts_code_of_conduct, at=at)
    if note.strip():
        Message.objects.create(match=match, side=MatchSide.VOLUNTEER, author=actor, text=note, written_at=at)
    match.refresh_from_db()
    return match


@transaction.atomic
def decline_offer(
    *,
    actor: User,
    match: Match,
    reason: str = "",
    note: str = "",
    max_hours_per_week: int | None = None,
    at: datetime,
    version: int | None = None,
) -> Match:
    """Decline an offer for its volunteer, with an optional reason. They get no other offer of this request.

    The reason "never" records a veto against the campaign; "level" asks about their level. With the
    reason "time", `max_hours_per_week` may lower their hours a week from now on. Raises NotAllowed, WrongState, Stale,
    Invalid (unknown reason, hours that are not fewer).
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    apply_transition = prepare_transition(match, "decline", ActorKind.VOLUNTEER)
    check_decline(actor, match, reason=reason, max_hours_per_week=max_hours_per_week)
    apply_transition(at=at, reason=reason, note=note)
    if max_hours_per_week is not None:
        reduce_max_hours(volunteer=match.volunteer, hours=max_hours_per_week)
    if reason == DeclineReason.NEVER:
        record_veto(match, MatchSide.VOLUNTEER, actor=actor, at=at)
    if reason == DeclineReason.LEVEL:
        ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=at)
    return match


def check_decline(actor: User, match: Match, *, reason: str = "", max_hours_per_week: int | None = None) -> None:
    """Check the inputs of a decline. Raises Invalid, naming every one to correct."""
    errors = FieldErrors()
    if max_hours_per_week is not None and reason != DeclineReason.TIME:
        message = _("New hours go with the reason “time” only. Choose it, or leave the hours out.")
        errors.add("max_hours_per_week", message, reads=("reason",))
    if max_hours_per_week is not None:
        with errors.collect():
            check_reduced_hours(match.volunteer, max_hours_per_week)
    if reason == DeclineReason.NEVER:
        with errors.collect():
            check_campaign_named(match, field="reason")
    errors.raise_if_any()


def check_acceptance(actor: User, match: Match, *, accepts_code_of_conduct: bool = False) -> None:
    """Check the inputs of a yes, of either side. Raises Invalid (the code of conduct)."""
    check_conduct_accepted(actor, accepted=accepts_code_of_conduct)


@transaction.atomic
def withdraw_from_match(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Withdraw from a match after accepting it; contact ends at once, and the volunteer loses no turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    prepare_transition(match, "withdraw", ActorKind.VOLUNTEER)(at=at, reason=reason, note=note)
    notify_campaign_about_match(MatchingNotice.VOLUNTEER_WITHDREW, match, at=at)
    return match


@transaction.atomic
def complete_by_volunteer(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Complete the hand-over for the volunteer; contact ends with it.

    Raises NotAllowed, WrongState, Stale.
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    prepare_transition(match, "complete", ActorKind.VOLUNTEER)(at=at)
    notify_campaign_about_match(MatchingNotice.HANDOVER_COMPLETED, match, at=at)
    return match
