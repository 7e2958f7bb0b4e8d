"""Move an offer to its acceptance, and end the broadcast offers that lose by it."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from core.conflict_of_interest import has_any_part
from core.errors import Full, WrongState
from core.models import User
from matching.engine.feasibility import Reason
from matching.lifecycle.acceptance_obstacles import explain_impossible_acceptance
from matching.lifecycle.actions.hidden_campaigns import (
    check_contact_goes_on,
    check_joined_no_campaign,
    check_may_accept,
    check_reviews_nothing,
    check_serves_no_opponent,
)
from matching.lifecycle.actions.notifications import notify_campaign_about_match
from matching.lifecycle.actions.teams import campaign_asked_columns, start_ready_members
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.lifecycle.explanations import NO_ROOM_MESSAGE
from matching.lifecycle.named_obstacles import name_obstacles
from matching.lifecycle.queries.campaign_names import is_campaign_named
from matching.lifecycle.queries.deadlines import answer_deadline, team_clock_columns
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import AutomaticReason
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind

RULES_ABOUT_CONTESTS = (Reason.PARTY, Reason.OFFICE_LEVEL, Reason.PLACE, Reason.SIDES)
"""Rules whose answer depends on the contest. They held when the offer was made."""


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
    hides its campaign, or this one does and a report about it is open) and Full (the seat is taken, or the volunteer
    no longer fits).
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
        raise Full(explain_impossible_acceptance(failing[0], names_campaign=is_campaign_named(match)))


def _check_other_work(match: Match, reviewer: User | None) -> None:
    """Raise WrongState or Full when what else the volunteer does does not allow a yes; see `apply_acceptance`."""
    try:
        check_may_accept(match)
        if is_campaign_named(match):
            check_serves_no_opponent(match)
        else:
            check_contact_goes_on(match, reviewer)
            check_reviews_nothing(match)
            check_joined_no_campaign(match)
    except (Full, WrongState) as error:
        if reviewer is None or not has_any_part(reviewer):
            raise
        raise Full(str(NO_ROOM_MESSAGE)) from error


def _cancel_losing_offers(winner: Match, *, at: datetime) -> None:
    """Cancel the other broadcast offers for the seat, with a kind notice."""
    others = Match.objects.filter(seat=winner.seat_id, state=MatchState.OFFERED, is_broadcast=True).exclude(
        pk=winner.pk
    )
    losers = others.select_related("volunteer__user", "request", "seat__role").order_by("pk")
    for other in losers.select_for_update(no_key=True, of=("self",)):
        cancel_match(other, AutomaticReason.OTHER_ACCEPTED_FIRST, at=at)
