"""Approve, reject, cancel and release matches as a reviewer."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from campaigns.models import Seat
from core.errors import Full, Invalid
from core.models import Skill, User
from matching.lifecycle import explanations
from matching.lifecycle.actions.locking import lock_match, lock_rows
from matching.lifecycle.actions.notifications import notify_about_match, notify_campaign_about_match
from matching.lifecycle.actions.permissions import check_may_choose, lock_match_for_reviewer
from matching.lifecycle.actions.review_claims import check_not_claimed, is_approved_twice
from matching.lifecycle.actions.teams import send_approved_offers
from matching.lifecycle.actions.transitions import ApplyTransition, prepare_transition
from matching.lifecycle.named_obstacles import assess_pair_for
from matching.lifecycle.queries.deadlines import review_deadline, team_clock_columns
from matching.lifecycle.queries.matches import contest_of_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import RejectReason
from matching.rules.states import STATES_HOLDING_SEAT, MatchState
from matching.rules.transitions import ActorKind
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer


def approve_match(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Approve a proposal: from now on it holds its seat and the volunteer's hours.

    Where a second reviewer is needed, the first approval is stored and the match stays a proposal. A request staffed on
    a rolling basis sends the offer once it can no longer be undone, one staffed whole when all its seats are approved.
    Eligibility is checked again under the volunteer's lock. `version`, if given, is the one that the reviewer has seen.
    Raises NotAllowed, WrongState, Stale, Full (seat taken), Invalid (no longer eligible, and why).
    """
    try:
        with transaction.atomic():
            match = lock_match_for_reviewer(actor, match, version=version)
            apply_transition = prepare_transition(match, "approve", ActorKind.REVIEWER)
            assessment = assess_pair_for(actor, match, policy=get_active_policy(), at=at)
            if assessment.failing:
                raise Invalid(explanations.explain_outdated_proposal(assessment.failing[0]))
            check_not_claimed(actor, match.request, at=at)
            if is_approved_twice(actor, match, at=at):
                _apply_approval(match, apply_transition, at=at)
    except IntegrityError as error:
        raise Full(str(_SEAT_TAKEN_MESSAGE)) from error
    match.refresh_from_db()
    return match


def approve_alternate(*, actor: User, seat: Seat, volunteer: Volunteer, at: datetime) -> Match:
    """Approve an alternate: a volunteer without a proposal for the seat.

    A proposal for the same seat is superseded. Raises NotAllowed (also for a volunteer who is a reviewer), Full (seat
    taken, or offers are open), WrongState (the volunteer was erased), Invalid (not eligible, and why).
    """
    request = seat.role.request
    check_may_choose(actor, volunteer, request.campaign)
    try:
        with transaction.atomic():
            lock_rows(requests=[request.pk], seats=[seat.pk], volunteers=[volunteer.pk])
            check_not_claimed(actor, request, at=at)
            check_not_erased([volunteer.pk])
            if Match.objects.filter(seat=seat, state__in=STATES_HOLDING_SEAT).exists():
                raise Full(str(_SEAT_TAKEN_MESSAGE))
            conflicting = Q(seat=seat) | Q(request=request, volunteer=volunteer)
            for other in (
                Match.objects.filter(conflicting, state=MatchState.PROPOSED).order_by("pk").select_for_update()
            ):
                prepare_transition(other, "cancel", ActorKind.SYSTEM)(at=at)
            match = lock_match(Match.objects.create(**build_match_columns(volunteer, seat, {}, at=at)))
            assessment = assess_pair_for(actor, match, policy=get_active_policy(), at=at)
            if assessment.failing:
                raise Invalid(explanations.explain_misfit(assessment.failing[0]), field="volunteer")
            score = {"score_parts": assessment.score_parts, "score": sum(assessment.score_parts.values())}
            Match.objects.filter(pk=match.pk).update(**score)
            if is_approved_twice(actor, match, at=at):
                _apply_approval(match, prepare_transition(match, "approve", ActorKind.REVIEWER), at=at)
            else:
                due_at = review_deadline(get_active_policy(), contest_of_match(match), at=at, urgent=request.urgent)
                Match.objects.filter(pk=match.pk).update(due_at=due_at)
    except IntegrityError as error:
        raise Full(str(_SEAT_TAKEN_MESSAGE)) from error
    match.refresh_from_db()
    return match


_SEAT_TAKEN_MESSAGE = gettext_lazy(
    "Somebody else holds this place, or this person holds another one in the request. Look again at how it stands."
)


def _apply_approval(match: Match, apply_transition: ApplyTransition, *, at: datetime, **columns: object) -> None:
    clock = team_clock_columns(match, at=at) if match.request.staffing == "whole" else {}
    apply_transition(at=at, **clock, **columns)
    send_approved_offers(match.request, at=at)


@transaction.atomic
def reject_match(
    *, actor: User, match: Match, reason: str, note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Reject a proposal, or an approved match that has not been offered, with a reason.

    The volunteer is not proposed for this request again; the reason "level" asks them about their level.
    Raises NotAllowed, WrongState, Stale, Invalid (the reason).
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    if match.state == MatchState.PROPOSED:
        check_not_claimed(actor, match.request, at=at)
    prepare_transition(match, "reject", ActorKind.REVIEWER)(at=at, reason=reason, note=note)
    if reason == RejectReason.LEVEL:
        ask_skill_level(volunteer=match.volunteer, skill=skill_of(match), at=at)
    return match


@transaction.atomic
def cancel_offer(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Cancel an unanswered offer; the volunteer gets a notice that plans changed, and loses no turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    prepare_transition(match, "cancel", ActorKind.REVIEWER)(at=at, reason=reason, note=note)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_ENDED, match, at=at)
    return match


@transaction.atomic
def release_by_reviewer(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Release a match after the volunteer's acceptance: seat and hours are free again, and they lose no turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    prepare_transition(match, "release", ActorKind.REVIEWER)(at=at, reason=reason, note=note)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_ENDED, match, at=at)
    notify_campaign_about_match(MatchingNotice.VOLUNTEER_WITHDREW, match, at=at)
    return match


def skill_of(match: Match) -> Skill:
    """Return the skill that the match's role asks for."""
    return match.seat.role.skill


def build_match_columns(volunteer: Volunteer, seat: Seat, parts: dict[str, int], *, at: datetime) -> dict[str, Any]:
    """Return the columns of a new match that no run has proposed."""
    return {
        "volunteer": volunteer,
        "seat": seat,
        "request": seat.role.request,
        "score_parts": parts,
        "score": sum(parts.values()),
        "proposed_at": at,
        "state_changed_at": at,
    }
