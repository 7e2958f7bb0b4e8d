"""What a volunteer answers, and taking it back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from core.accounts.conduct import accept_conduct
from core.errors import Full, Invalid, WrongState
from core.models import User
from matching.lifecycle import explanations
from matching.lifecycle.actions.notifications import notify_campaign_about_match
from matching.lifecycle.actions.permissions import lock_match_for_volunteer
from matching.lifecycle.actions.teams import campaign_asked_columns, start_ready_members
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.lifecycle.actions.vetoes import record_veto
from matching.lifecycle.queries.deadlines import answer_deadline, team_clock_columns
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Message
from matching.rules.reasons import AutomaticReason, DeclineReason
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind
from volunteers.actions.availability import reduce_max_hours
from volunteers.actions.level_questions import ask_skill_level


@transaction.atomic
def accept_offer(
    *,
    actor: User,
    match: Match,
    note: str = "",
    conduct: bool = False,
    at: datetime,
    version: int | None = None,
) -> Match:
    """The volunteer says yes. The campaign is told, its clock starts; a request that confirms itself goes on at once.

    `note` is what they write to the campaign. `conduct` says that they accept the code of conduct, if they have not
    before. Raises NotAllowed (somebody else's offer), WrongState (answered before, or too late), Stale, Full
    (the place or the hours went to somebody else, or elsewhere, meanwhile), Invalid (the code of conduct).
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    apply_acceptance(match, ActorKind.VOLUNTEER, at=at)
    accept_conduct(actor, accepted=conduct, at=at)
    if note.strip():
        Message.objects.create(match=match, side=MatchSide.VOLUNTEER, author=actor, text=note, written_at=at)
    match.refresh_from_db()
    return match


def apply_acceptance(
    match: Match, who: ActorKind, *, at: datetime, until: datetime | None = None, note: str = ""
) -> None:
    """Moves a held match to its yes, ends the race that it has won, and starts what follows.

    Work does not begin before `until`: so long it can be taken back. Raises WrongState (answered before, or too late)
    and Full (the place or the hours went elsewhere meanwhile).
    """
    moved = prepare_transition(match, "accept", who)
    end = answer_deadline(match, at=at)
    if end is not None and end <= at:
        raise WrongState("Sorry: the time to answer was over, so the place goes to the next person. You lose no turn.")
    if match.is_broadcast or match.request.terms_changed_at is not None:
        racing = {"racing": True} if match.is_broadcast else {"holding": True}
        failing = assess_pair(match, policy=get_active_policy(), at=at, **racing).failing
        if failing:
            raise Full(explanations.explain_impossible_acceptance(failing[0]))
    # Where nobody else is waited for the campaign is asked in the same breath.
    alone = match.request.staffing == "rolling" and not match.request.auto_confirm
    clock = campaign_asked_columns(match, at=at, until=until) if alone else team_clock_columns(match, at=at)
    try:
        moved(at=at, note=note, revocable_until=until, **clock)
    except IntegrityError as error:
        raise Full("Sorry: somebody else was a moment earlier, so this place is taken. You lose no turn.") from error
    if match.is_broadcast:
        _cancel_losing_offers(match, at=at)
    if alone:
        notify_campaign_about_match("accepted", match, at=at)
    else:
        start_ready_members(match.request, at=at)
        match.refresh_from_db()


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
    """The volunteer says no; a reason is optional, and teaches. They are not asked about this request again.

    "never" makes a veto against the campaign; a skill not known well enough is put to them as a question.
    `max_hours_per_week`, if the person was asked and said so, is what they have a week from now on. Raises NotAllowed, WrongState,
    Stale, Invalid (unknown reason, hours that are not fewer).
    """
    if max_hours_per_week is not None and reason != DeclineReason.TIME:
        raise Invalid("New hours go with the reason “time” only.", field="max_hours_per_week")
    match = lock_match_for_volunteer(actor, match, version=version)
    prepare_transition(match, "decline", ActorKind.VOLUNTEER)(at=at, reason=reason, note=note)
    if max_hours_per_week is not None:
        reduce_max_hours(volunteer=match.volunteer, hours=max_hours_per_week)
    if reason == DeclineReason.NEVER:
        record_veto(match, MatchSide.VOLUNTEER, actor=actor, at=at)
    if reason == DeclineReason.LEVEL:
        ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=at)
    return match


@transaction.atomic
def withdraw_from_match(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Ends it after a yes, at once, whatever the reason. Contact ends with it, and it costs no turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    prepare_transition(match, "withdraw", ActorKind.VOLUNTEER)(at=at, reason=reason, note=note)
    notify_campaign_about_match("withdrew", match, at=at)
    return match


@transaction.atomic
def complete_by_volunteer(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Everything is handed over as far as the volunteer is concerned; contact ends with it.

    Raises NotAllowed, WrongState, Stale.
    """
    match = lock_match_for_volunteer(actor, match, version=version)
    prepare_transition(match, "complete", ActorKind.VOLUNTEER)(at=at)
    notify_campaign_about_match("handed-over", match, at=at)
    return match


def _cancel_losing_offers(winner: Match, *, at: datetime) -> None:
    """The others who were asked for the seat end kindly."""
    others = Match.objects.filter(seat=winner.seat_id, state=MatchState.OFFERED, is_broadcast=True).exclude(
        pk=winner.pk
    )
    losers = others.select_related("volunteer__user", "request", "seat__role").order_by("pk")
    for other in losers.select_for_update(no_key=True, of=("self",)):
        cancel_match(other, AutomaticReason.OTHER_ACCEPTED_FIRST, at=at)
