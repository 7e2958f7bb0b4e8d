"""Accept, decline, withdraw and complete as the volunteer."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.conduct import accept_conduct, check_conduct_accepted
from core.conflict_of_interest import has_any_part
from core.errors import Full, WrongState
from core.field_errors import FieldErrors
from core.models import User
from matching.engine.feasibility import Reason
from matching.lifecycle import explanations
from matching.lifecycle.actions.hidden_campaigns import (
    check_campaign_named,
    check_joined_no_campaign,
    check_may_accept,
    check_reviews_nothing,
    check_serves_no_opponent,
)
from matching.lifecycle.actions.notifications import notify_campaign_about_match
from matching.lifecycle.actions.permissions import lock_match_for_volunteer
from matching.lifecycle.actions.teams import campaign_asked_columns, start_ready_members
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.lifecycle.actions.vetoes import record_veto
from matching.lifecycle.named_obstacles import name_obstacles
from matching.lifecycle.queries.campaign_names import is_campaign_named
from matching.lifecycle.queries.deadlines import answer_deadline, team_clock_columns
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Message
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import AutomaticReason, DeclineReason
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind
from volunteers.actions.availability import check_reduced_hours, reduce_max_hours
from volunteers.actions.level_questions import ask_skill_level

RULES_ABOUT_CONTESTS = (Reason.PARTY, Reason.OFFICE_LEVEL, Reason.PLACE, Reason.SIDES)
"""Rules whose answer depends on the contest. They held when the offer was made."""


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


def apply_acceptance(
    match: Match,
    actor_kind: ActorKind,
    *,
    at: datetime,
    until: datetime | None = None,
    note: str = "",
    reviewer: User | None = None,
) -> None:
    """Move a locked match to its acceptance, end the broadcast offers that lose by it, and start what follows.

    The acceptance is revocable `until` a time, and work does not begin before it. A `reviewer` who records it is told
    what stands in its way as `name_obstacles` says. Raises WrongState (answered before, or too late; another offer
    hides its campaign) and Full (the seat is taken, or the volunteer no longer fits).
    """
    apply_transition = prepare_transition(match, "accept", actor_kind)
    deadline = answer_deadline(match, at=at)
    if deadline is not None and deadline <= at:
        raise WrongState(
            _("Sorry: the time to answer was over, so the place goes to the next person. It does not set you back.")
        )
    _check_other_work(match, reviewer)
    # Only then may the pair no longer fit: a broadcast offer holds nothing, and an amended request may ask for more.
    if match.is_broadcast or match.request.terms_changed_at is not None:
        _check_still_fits(match, reviewer, at=at)
    # Without a team to wait for, the campaign is asked in the same update.
    asks_campaign = match.request.staffing == "rolling" and not match.request.auto_confirm
    clock = campaign_asked_columns(match, at=at, until=until) if asks_campaign else team_clock_columns(match, at=at)
    try:
        apply_transition(at=at, note=note, revocable_until=until, **clock)
    except IntegrityError as error:
        # Two broadcast offers were accepted at once: the unique index on held seats lets one of them through.
        raise Full(
            _("Sorry: somebody else was a moment earlier, so this place is taken. It does not set you back.")
        ) from error
    if match.is_broadcast:
        _cancel_losing_offers(match, at=at)
    if asks_campaign:
        notify_campaign_about_match(MatchingNotice.OFFER_ACCEPTED, match, at=at)
    else:
        start_ready_members(match.request, at=at)
        match.refresh_from_db()


def _check_still_fits(match: Match, reviewer: User | None, *, at: datetime) -> None:
    """Raise Full when the pair no longer fits; see `apply_acceptance`."""
    policy = get_active_policy()
    failing = assess_pair(
        match, policy=policy, at=at, has_broadcast_offer=match.is_broadcast, holds_seat=not match.is_broadcast
    ).failing
    if not is_campaign_named(match):
        # Else a volunteer would learn the hidden party, level, place or contest: by changing wishes, or what else they
        # do, until a yes is taken.
        failing = [reason for reason in failing if reason not in RULES_ABOUT_CONTESTS]
    if reviewer is not None:
        failing = name_obstacles(reviewer, match.volunteer, match.seat.role, failing, policy=policy, at=at)
    if failing:
        raise Full(explanations.explain_impossible_acceptance(failing[0], names_campaign=is_campaign_named(match)))


def _check_other_work(match: Match, reviewer: User | None) -> None:
    """Raise WrongState or Full when what else the volunteer does does not allow a yes; see `apply_acceptance`."""
    try:
        check_may_accept(match)
        if is_campaign_named(match):
            check_serves_no_opponent(match)
        else:
            check_reviews_nothing(match)
            check_joined_no_campaign(match)
    except (Full, WrongState) as error:
        if reviewer is None or not has_any_part(reviewer):
            raise
        raise Full(str(explanations.NO_ROOM_MESSAGE)) from error


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


def _cancel_losing_offers(winner: Match, *, at: datetime) -> None:
    """Cancel the other broadcast offers for the seat, with a kind notice."""
    others = Match.objects.filter(seat=winner.seat_id, state=MatchState.OFFERED, is_broadcast=True).exclude(
        pk=winner.pk
    )
    losers = others.select_related("volunteer__user", "request", "seat__role").order_by("pk")
    for other in losers.select_for_update(no_key=True, of=("self",)):
        cancel_match(other, AutomaticReason.OTHER_ACCEPTED_FIRST, at=at)
