"""What a reviewer does with a match."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from campaigns.models import Seat
from core.accounts.conduct import accept_conduct
from core.errors import Full, Invalid, WrongState
from core.models import Skill, User
from matching import wording
from matching.actions.answer import say_yes
from matching.actions.steps import (
    Take,
    fresh,
    hold,
    hold_rows,
    may_review,
    race,
    reviewers_match,
    step,
    team_clock,
    tell,
    tell_campaign,
)
from matching.actions.team import offers_leave
from matching.models import HOLDS, Match
from matching.queries.alternates import alternates, may_be_raced
from matching.queries.explain import standing
from matching.queries.matches import active_policy
from matching.rules import HOLDING, OBJECTION, RejectReason, State, Who
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer


def approve(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Approves a proposal: from now on it holds its seat and the volunteer's hours.

    A request staffed one by one offers in the same breath; one staffed whole when all its seats are approved. All that
    made the pair possible is checked again under the volunteer's lock. `version` is the one that the reviewer
    saw, if given. Raises NotAllowed, WrongState, Stale, Full (seat taken), Invalid (no longer possible, and why).
    """
    try:
        with transaction.atomic():
            match = reviewers_match(actor, match, version=version)
            moved = step(match, "approve", Who.REVIEWER)
            now = standing(match, policy=active_policy(), at=at)
            if now.failing:
                raise Invalid(wording.no_longer(now.failing[0]))
            _approve(match, moved, at=at)
    except IntegrityError as error:
        raise Full(_TAKEN) from error
    match.refresh_from_db()
    return match


def choose(*, actor: User, seat: Seat, volunteer: Volunteer, at: datetime) -> Match:
    """Takes somebody for a seat whom no run proposed for it, an alternate, and approves them.

    What was proposed for the seat instead is superseded. Raises NotAllowed, Full (taken, or people are being asked),
    Invalid (they do not fit, and why).
    """
    request = seat.role.request
    may_review(actor, request)
    try:
        with transaction.atomic():
            hold_rows(requests=[request.pk], seats=[seat.pk], volunteers=[volunteer.pk])
            if Match.objects.filter(seat=seat, state__in=HOLDING).exists():
                raise Full(_TAKEN)
            in_the_way = Q(seat=seat) | Q(request=request, volunteer=volunteer)
            for other in Match.objects.filter(in_the_way, state=State.PROPOSED).order_by("pk").select_for_update():
                step(other, "cancel", Who.TEAM)(at=at)
            match = hold(Match.objects.create(**fresh(volunteer, seat, {}, at=at)))
            now = standing(match, policy=active_policy(), at=at)
            if now.failing:
                raise Invalid(wording.does_not_fit(now.failing[0]))
            scored = {"parts": now.parts, "score": sum(now.parts.values())}
            _approve(match, step(match, "approve", Who.REVIEWER), at=at, **scored)
    except IntegrityError as error:
        raise Full(_TAKEN) from error
    match.refresh_from_db()
    return match


_TAKEN = "Somebody else holds this place, or this person holds another one in the request."


def _approve(match: Match, moved: Take, *, at: datetime, **written: object) -> None:
    clock = team_clock(match, at=at) if match.request.staffing == "whole" else {}
    moved(at=at, **clock, **written)
    offers_leave(match.request, at=at)


@transaction.atomic
def reject(
    *, actor: User, match: Match, reason: str, note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Says no to a proposal, or to an approved one that has not been offered, with a reason.

    This volunteer is not proposed for this request again; a doubt about the skill's level is put to them as a question.
    Raises NotAllowed, WrongState, Stale, Invalid (the reason).
    """
    match = reviewers_match(actor, match, version=version)
    step(match, "reject", Who.REVIEWER)(at=at, reason=reason, note=note)
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
    match = reviewers_match(actor, match, version=version)
    step(match, "cancel", Who.REVIEWER)(at=at, reason=reason, note=note)
    tell(match.volunteer.user, "over", match, at=at)
    return match


@transaction.atomic
def record_yes(
    *, actor: User, match: Match, note: str, conduct_heard: bool = False, at: datetime, version: int | None = None
) -> Match:
    """Writes down a yes that the volunteer gave on the phone; they are told in writing, and have a day to take it back
    before work begins, emergencies excepted.

    `note` says who heard it and when, `conduct_heard` that they keep to the code of conduct, if they have
    not said so before. Raises NotAllowed, WrongState, Stale, Full, Invalid (no note; the code of conduct).
    """
    if not note.strip():
        raise Invalid("Write down when you spoke with them, and what they said.", field="note")
    match = reviewers_match(actor, match, version=version)
    say_yes(match, Who.REVIEWER, at=at, until=None if match.request.emergency else at + OBJECTION, note=note)
    if match.volunteer.user is not None:
        accept_conduct(match.volunteer.user, accepted=conduct_heard, at=at, ask=_OF_CONDUCT, field="conduct_heard")
    tell(match.volunteer.user, "recorded", match, at=at)
    return match


_OF_CONDUCT = "Ask them whether they keep to the code of conduct, and say here that they do."


@transaction.atomic
def release(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Ends a match after the volunteer's yes, so that the seat and the hours are free; it costs nobody a turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = reviewers_match(actor, match, version=version)
    step(match, "release", Who.REVIEWER)(at=at, reason=reason, note=note)
    tell(match.volunteer.user, "over", match, at=at)
    tell_campaign("withdrew", match, at=at)
    return match


@transaction.atomic
def race_seat(*, actor: User, seat: Seat, most: int | None = None, at: datetime) -> list[Match]:
    """Offers one seat to several at once, after so many noes as the policy says; the first yes takes it.

    `most` is how many to ask, at most as many as the policy says, and as many if left out. Raises NotAllowed,
    WrongState (too few declines, taken, or being asked for already), Invalid (nobody fits).
    """
    may_review(actor, seat.role.request)
    policy = active_policy()
    not_yet = may_be_raced(seat, policy=policy)
    if not_yet is not None:
        raise WrongState(not_yet)
    raced = race_for(seat, Who.REVIEWER, most=min(most or policy.race_size, policy.race_size), at=at)
    if not raced:
        raise Invalid("Nobody who is free now fits this place. Its page says which change would open it.")
    return raced


def race_for(seat: Seat, who: Who, *, most: int, at: datetime) -> list[Match]:
    """Asks the best `most` people for a seat at once; nobody when it is taken, cut or not open.

    Raises WrongState when people are being asked for it already.
    """
    policy = active_policy()
    found = alternates(seat, policy=policy, at=at, most=most)
    with transaction.atomic():
        people = [one.volunteer.pk for one in found]
        hold_rows(requests=[seat.role.request_id], seats=[seat.pk], volunteers=people)
        mine = Match.objects.filter(seat=seat)
        if mine.filter(HOLDS).exists() or mine.filter(state=State.OFFERED).exists():
            raise WrongState("This place is taken, or people are being asked for it. Wait for their answers.")
        # Until the locks were ours somebody may have been asked or placed elsewhere, or the place have gone.
        found = alternates(seat, policy=policy, at=at, most=most, among=people)
        chosen = {one.volunteer.pk for one in found}
        proposed = {match.volunteer_id: match for match in mine.filter(state=State.PROPOSED).select_for_update()}
        for match in proposed.values():
            if match.volunteer_id not in chosen:
                step(match, "cancel", Who.TEAM)(at=at)
        elsewhere = Match.objects.filter(request=seat.role.request, state=State.PROPOSED).exclude(seat=seat)
        busy = set(elsewhere.values_list("volunteer_id", flat=True))
        raced = []
        for one in sorted(found, key=lambda one: one.volunteer.pk not in proposed):
            if one.volunteer.pk in busy:
                continue
            match = proposed.get(one.volunteer.pk) or Match.objects.create(
                **fresh(one.volunteer, seat, one.parts, at=at)
            )
            race(match, who, at=at)
            raced.append(match)
    return raced


def skill_of(match: Match) -> Skill:
    """The skill that the match's role asks for."""
    return match.seat.role.skill
