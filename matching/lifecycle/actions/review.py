"""What a reviewer does with a match."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from campaigns.models import Seat
from core.accounts.conduct import accept_conduct
from core.errors import Full, Invalid, WrongState
from core.models import Skill, User
from matching.lifecycle import explanations
from matching.lifecycle.actions.locking import lock_match, lock_rows
from matching.lifecycle.actions.notifications import notify_about_match, notify_campaign_about_match
from matching.lifecycle.actions.offers import send_broadcast_offer
from matching.lifecycle.actions.permissions import check_may_review, lock_match_for_reviewer
from matching.lifecycle.actions.teams import send_approved_offers
from matching.lifecycle.actions.transitions import ApplyTransition, prepare_transition
from matching.lifecycle.actions.volunteer_answers import apply_acceptance
from matching.lifecycle.queries.alternates import broadcast_obstacle, find_alternates
from matching.lifecycle.queries.deadlines import team_clock_columns
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import HOLDS_SEAT, Match
from matching.rules.reasons import RejectReason
from matching.rules.states import STATES_HOLDING_SEAT, MatchState
from matching.rules.transitions import PHONE_ACCEPTANCE_REVOCABLE_FOR, ActorKind
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer


def approve_match(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Approves a proposal: from now on it holds its seat and the volunteer's hours.

    A request staffed one by one offers in the same breath; one staffed whole when all its seats are approved. All that
    made the pair possible is checked again under the volunteer's lock. `version` is the one that the reviewer
    saw, if given. Raises NotAllowed, WrongState, Stale, Full (seat taken), Invalid (no longer possible, and why).
    """
    try:
        with transaction.atomic():
            match = lock_match_for_reviewer(actor, match, version=version)
            moved = prepare_transition(match, "approve", ActorKind.REVIEWER)
            now = assess_pair(match, policy=get_active_policy(), at=at)
            if now.failing:
                raise Invalid(explanations.explain_outdated_proposal(now.failing[0]))
            _apply_approval(match, moved, at=at)
    except IntegrityError as error:
        raise Full(_SEAT_TAKEN_MESSAGE) from error
    match.refresh_from_db()
    return match


def approve_alternate(*, actor: User, seat: Seat, volunteer: Volunteer, at: datetime) -> Match:
    """Takes somebody for a seat whom no run proposed for it, an alternate, and approves them.

    What was proposed for the seat instead is superseded. Raises NotAllowed, Full (taken, or people are being asked),
    Invalid (they do not fit, and why).
    """
    request = seat.role.request
    check_may_review(actor, request)
    try:
        with transaction.atomic():
            lock_rows(requests=[request.pk], seats=[seat.pk], volunteers=[volunteer.pk])
            if Match.objects.filter(seat=seat, state__in=STATES_HOLDING_SEAT).exists():
                raise Full(_SEAT_TAKEN_MESSAGE)
            in_the_way = Q(seat=seat) | Q(request=request, volunteer=volunteer)
            for other in Match.objects.filter(in_the_way, state=MatchState.PROPOSED).order_by("pk").select_for_update():
                prepare_transition(other, "cancel", ActorKind.SYSTEM)(at=at)
            match = lock_match(Match.objects.create(**build_match_columns(volunteer, seat, {}, at=at)))
            now = assess_pair(match, policy=get_active_policy(), at=at)
            if now.failing:
                raise Invalid(explanations.explain_misfit(now.failing[0]))
            scored = {"parts": now.parts, "score": sum(now.parts.values())}
            _apply_approval(match, prepare_transition(match, "approve", ActorKind.REVIEWER), at=at, **scored)
    except IntegrityError as error:
        raise Full(_SEAT_TAKEN_MESSAGE) from error
    match.refresh_from_db()
    return match


_SEAT_TAKEN_MESSAGE = "Somebody else holds this place, or this person holds another one in the request."


def _apply_approval(match: Match, moved: ApplyTransition, *, at: datetime, **written: object) -> None:
    clock = team_clock_columns(match, at=at) if match.request.staffing == "whole" else {}
    moved(at=at, **clock, **written)
    send_approved_offers(match.request, at=at)


@transaction.atomic
def reject_match(
    *, actor: User, match: Match, reason: str, note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Says no to a proposal, or to an approved one that has not been offered, with a reason.

    This volunteer is not proposed for this request again; a doubt about the skill's level is put to them as a question.
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
    """Takes an offer back that nobody has answered; the volunteer is told that plans changed, and loses no turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    prepare_transition(match, "cancel", ActorKind.REVIEWER)(at=at, reason=reason, note=note)
    notify_about_match(match.volunteer.user, "over", match, at=at)
    return match


@transaction.atomic
def record_phone_acceptance(
    *, actor: User, match: Match, note: str, conduct_heard: bool = False, at: datetime, version: int | None = None
) -> Match:
    """Writes down a yes that the volunteer gave on the phone; they are told in writing, and have a day to take it back
    before work begins, emergencies excepted.

    `note` says who heard it and when, `conduct_heard` that they keep to the code of conduct, if they have
    not said so before. Raises NotAllowed, WrongState, Stale, Full, Invalid (no note; the code of conduct).
    """
    if not note.strip():
        raise Invalid("Write down when you spoke with them, and what they said.", field="note")
    match = lock_match_for_reviewer(actor, match, version=version)
    apply_acceptance(
        match,
        ActorKind.REVIEWER,
        at=at,
        until=None if match.request.emergency else at + PHONE_ACCEPTANCE_REVOCABLE_FOR,
        note=note,
    )
    if match.volunteer.user is not None:
        accept_conduct(
            match.volunteer.user,
            accepted=conduct_heard,
            at=at,
            ask=_CONDUCT_NOT_CONFIRMED_MESSAGE,
            field="conduct_heard",
        )
    notify_about_match(match.volunteer.user, "recorded", match, at=at)
    return match


_CONDUCT_NOT_CONFIRMED_MESSAGE = "Ask them whether they keep to the code of conduct, and say here that they do."


@transaction.atomic
def release_by_reviewer(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Ends a match after the volunteer's yes, so that the seat and the hours are free; it costs nobody a turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    prepare_transition(match, "release", ActorKind.REVIEWER)(at=at, reason=reason, note=note)
    notify_about_match(match.volunteer.user, "over", match, at=at)
    notify_campaign_about_match("withdrew", match, at=at)
    return match


@transaction.atomic
def start_broadcast(*, actor: User, seat: Seat, most: int | None = None, at: datetime) -> list[Match]:
    """Offers one seat to several at once, after so many noes as the policy says; the first yes takes it.

    `most` is how many to ask, at most as many as the policy says, and as many if left out. Raises NotAllowed,
    WrongState (too few declines, taken, or being asked for already), Invalid (nobody fits).
    """
    check_may_review(actor, seat.role.request)
    policy = get_active_policy()
    not_yet = broadcast_obstacle(seat, policy=policy)
    if not_yet is not None:
        raise WrongState(not_yet)
    offers = broadcast_seat(
        seat, ActorKind.REVIEWER, most=min(most or policy.broadcast_size, policy.broadcast_size), at=at
    )
    if not offers:
        raise Invalid("Nobody who is free now fits this place. Its page says which change would open it.")
    return offers


def broadcast_seat(seat: Seat, who: ActorKind, *, most: int, at: datetime) -> list[Match]:
    """Asks the best `most` people for a seat at once; nobody when it is taken, cut or not open.

    Raises WrongState when people are being asked for it already.
    """
    policy = get_active_policy()
    found = find_alternates(seat, policy=policy, at=at, most=most)
    with transaction.atomic():
        people = [one.volunteer.pk for one in found]
        lock_rows(requests=[seat.role.request_id], seats=[seat.pk], volunteers=people)
        mine = Match.objects.filter(seat=seat)
        if mine.filter(HOLDS_SEAT).exists() or mine.filter(state=MatchState.OFFERED).exists():
            raise WrongState("This place is taken, or people are being asked for it. Wait for their answers.")
        # Until the locks were ours somebody may have been asked or placed elsewhere, or the place have gone.
        found = find_alternates(seat, policy=policy, at=at, most=most, among=people)
        chosen = {one.volunteer.pk for one in found}
        proposed = {match.volunteer_id: match for match in mine.filter(state=MatchState.PROPOSED).select_for_update()}
        for match in proposed.values():
            if match.volunteer_id not in chosen:
                prepare_transition(match, "cancel", ActorKind.SYSTEM)(at=at)
        elsewhere = Match.objects.filter(request=seat.role.request, state=MatchState.PROPOSED).exclude(seat=seat)
        busy = set(elsewhere.values_list("volunteer_id", flat=True))
        offers = []
        for one in sorted(found, key=lambda one: one.volunteer.pk not in proposed):
            if one.volunteer.pk in busy:
                continue
            match = proposed.get(one.volunteer.pk) or Match.objects.create(
                **build_match_columns(one.volunteer, seat, one.parts, at=at)
            )
            send_broadcast_offer(match, who, at=at)
            offers.append(match)
    return offers


def skill_of(match: Match) -> Skill:
    """The skill that the match's role asks for."""
    return match.seat.role.skill


def build_match_columns(volunteer: Volunteer, seat: Seat, parts: dict[str, int], *, at: datetime) -> dict[str, Any]:
    """The columns of a new match that no run proposed."""
    return {
        "volunteer": volunteer,
        "seat": seat,
        "request": seat.role.request,
        "parts": parts,
        "score": sum(parts.values()),
        "proposed_at": at,
        "state_changed_at": at,
    }
