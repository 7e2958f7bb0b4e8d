"""Approve, reject, broadcast, cancel and release matches as a reviewer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Seat
from core.accounts.conduct import accept_conduct, check_conduct_accepted
from core.errors import Full, Invalid, WrongState
from core.field_errors import FieldErrors
from core.models import Skill, User
from matching.lifecycle import explanations
from matching.lifecycle.actions.locking import lock_match, lock_rows
from matching.lifecycle.actions.notifications import notify_about_match, notify_campaign_about_match
from matching.lifecycle.actions.offers import send_broadcast_offer
from matching.lifecycle.actions.permissions import (
    check_may_choose,
    check_may_review,
    lock_match_for_reviewer,
)
from matching.lifecycle.actions.teams import send_approved_offers
from matching.lifecycle.actions.transitions import ApplyTransition, prepare_transition
from matching.lifecycle.actions.volunteer_answers import apply_acceptance
from matching.lifecycle.named_obstacles import assess_pair_for
from matching.lifecycle.queries.alternates import broadcast_obstacle, find_alternates, reviewer_profile_ids
from matching.lifecycle.queries.deadlines import team_clock_columns
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import HOLDS_SEAT, Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import RejectReason
from matching.rules.states import STATES_HOLDING_SEAT, MatchState
from matching.rules.transitions import PHONE_ACCEPTANCE_REVOCABLE_FOR, ActorKind
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer


def approve_match(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Approve a proposal: from now on it holds its seat and the volunteer's hours.

    A request staffed on a rolling basis sends the offer at once, one staffed whole when all its seats are approved.
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
            _apply_approval(match, prepare_transition(match, "approve", ActorKind.REVIEWER), at=at, **score)
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
def record_phone_acceptance(
    *,
    actor: User,
    match: Match,
    note: str,
    volunteer_accepts_code_of_conduct: bool = False,
    at: datetime,
    version: int | None = None,
) -> Match:
    """Record an acceptance that the volunteer gave on the phone, and confirm it to them in writing.

    They can revoke it for `PHONE_ACCEPTANCE_REVOCABLE_FOR` before work begins, except in an emergency. `note` records
    the call. `volunteer_accepts_code_of_conduct` is true when they accepted the code of conduct on the phone, which is
    needed once. Raises NotAllowed, WrongState, Stale, Full, Invalid (no note; the code of conduct).
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    prepare_transition(match, "accept", ActorKind.REVIEWER)  # what comes too late is refused as that, first
    check_phone_acceptance(actor, match, note=note, volunteer_accepts_code_of_conduct=volunteer_accepts_code_of_conduct)
    apply_acceptance(
        match,
        ActorKind.REVIEWER,
        at=at,
        until=None if match.request.emergency else at + PHONE_ACCEPTANCE_REVOCABLE_FOR,
        note=note,
        reviewer=actor,
    )
    if match.volunteer.user is not None:
        accept_conduct(match.volunteer.user, accepted=volunteer_accepts_code_of_conduct, at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.ACCEPTANCE_RECORDED, match, at=at)
    return match


def check_phone_acceptance(
    actor: User, match: Match, *, note: str, volunteer_accepts_code_of_conduct: bool = False
) -> None:
    """Check the inputs of an acceptance on the phone. Raises Invalid, naming every one to correct."""
    errors = FieldErrors()
    if not note.strip():
        errors.add("note", _("Write down when you spoke with them, and what they said."))
    if match.volunteer.user is not None:
        ask = _("Ask them whether they keep to the code of conduct, and say here that they do.")
        field = "volunteer_accepts_code_of_conduct"
        with errors.collect():
            check_conduct_accepted(
                match.volunteer.user, accepted=volunteer_accepts_code_of_conduct, ask=ask, field=field
            )
    errors.raise_if_any()


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


@transaction.atomic
def start_broadcast(*, actor: User, seat: Seat, most: int | None = None, at: datetime) -> list[Match]:
    """Offer one seat to several volunteers at once, after the policy's number of declines; the first to accept wins.

    `most` is how many volunteers to ask; the policy's number is the default and the maximum. Raises NotAllowed,
    WrongState (too few declines, seat taken, or offers are open), Invalid (no eligible volunteer).
    """
    check_may_review(actor, seat.role.request)
    policy = get_active_policy()
    obstacle = broadcast_obstacle(seat, policy=policy)
    if obstacle is not None:
        raise WrongState(obstacle)
    most = min(most or policy.broadcast_size, policy.broadcast_size)
    offers = broadcast_seat(seat, ActorKind.REVIEWER, most=most, at=at, besides=reviewer_profile_ids(actor))
    if not offers:
        raise Invalid(_("Nobody who is free now fits this place. Its page says which change would open it."))
    return offers


def broadcast_seat(
    seat: Seat, actor_kind: ActorKind, *, most: int, at: datetime, besides: Collection[int] = ()
) -> list[Match]:
    """Send broadcast offers for a seat to the best `most` volunteers; to none when the seat is closed or not open.

    `besides` are the ids of volunteers to leave out, such as the reviewer's own: nobody decides about themselves.
    Raises WrongState when the seat is taken, or offers for it are open already.
    """
    policy = get_active_policy()
    alternates = find_alternates(seat, policy=policy, at=at, most=most, besides=besides)
    with transaction.atomic():
        volunteer_ids = [alternate.volunteer.pk for alternate in alternates]
        lock_rows(requests=[seat.role.request_id], seats=[seat.pk], volunteers=volunteer_ids)
        seat_matches = Match.objects.filter(seat=seat)
        if seat_matches.filter(HOLDS_SEAT).exists() or seat_matches.filter(state=MatchState.OFFERED).exists():
            raise WrongState(_("This place is taken, or people are being asked for it. Wait for their answers."))
        # Which volunteers to lock is known only after a first look without locks. Before the locks were ours, some may
        # have got another offer or seat, or this seat may have been closed: look again, among the locked ones only.
        alternates = find_alternates(seat, policy=policy, at=at, most=most, among=volunteer_ids)
        chosen = {alternate.volunteer.pk for alternate in alternates}
        proposals = seat_matches.filter(state=MatchState.PROPOSED).select_for_update()
        proposed = {match.volunteer_id: match for match in proposals}
        for match in proposed.values():
            if match.volunteer_id not in chosen:
                prepare_transition(match, "cancel", ActorKind.SYSTEM)(at=at)
        elsewhere = Match.objects.filter(request=seat.role.request, state=MatchState.PROPOSED).exclude(seat=seat)
        busy = set(elsewhere.values_list("volunteer_id", flat=True))
        offers = []
        # The proposed volunteer comes first, since the index allows one proposal a seat: it must be an offer by then.
        for alternate in sorted(alternates, key=lambda alternate: alternate.volunteer.pk not in proposed):
            if alternate.volunteer.pk in busy:
                continue
            match = proposed.get(alternate.volunteer.pk) or Match.objects.create(
                **build_match_columns(alternate.volunteer, seat, alternate.score_parts, at=at)
            )
            send_broadcast_offer(match, actor_kind, at=at)
            offers.append(match)
    return offers


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
