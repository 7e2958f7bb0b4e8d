"""What a volunteer answers, and taking it back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from core.accounts.conduct import accept_conduct
from core.errors import Full, Invalid, WrongState
from core.models import User
from matching import wording
from matching.actions.steps import cancel, rule_out, step, team_clock, tell_campaign, their_match
from matching.actions.team import begins, campaign_is_asked
from matching.models import Match, Message
from matching.queries.answers import answer_ends
from matching.queries.explain import standing
from matching.queries.matches import active_policy
from matching.rules import AutoReason, DeclineReason, Side, State, Who
from volunteers.actions.availability import reduce_max_hours
from volunteers.actions.level_questions import ask_skill_level


@transaction.atomic
def accept(
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
    match = their_match(actor, match, version=version)
    say_yes(match, Who.VOLUNTEER, at=at)
    accept_conduct(actor, accepted=conduct, at=at)
    if note.strip():
        Message.objects.create(match=match, side=Side.VOLUNTEER, author=actor, text=note, written_at=at)
    match.refresh_from_db()
    return match


def say_yes(match: Match, who: Who, *, at: datetime, until: datetime | None = None, note: str = "") -> None:
    """Moves a held match to its yes, ends the race that it has won, and starts what follows.

    Work does not begin before `until`: so long it can be taken back. Raises WrongState (answered before, or too late)
    and Full (the place or the hours went elsewhere meanwhile).
    """
    moved = step(match, "accept", who)
    end = answer_ends(match, at=at)
    if end is not None and end <= at:
        raise WrongState("Sorry: the time to answer was over, so the place goes to the next person. You lose no turn.")
    if match.raced or match.request.terms_at is not None:
        racing = {"racing": True} if match.raced else {"holding": True}
        failing = standing(match, policy=active_policy(), at=at, **racing).failing
        if failing:
            raise Full(wording.not_any_more(failing[0]))
    # Where nobody else is waited for the campaign is asked in the same breath.
    alone = match.request.staffing == "rolling" and not match.request.confirms_itself
    clock = campaign_is_asked(match, at=at, until=until) if alone else team_clock(match, at=at)
    try:
        moved(at=at, note=note, objects_until=until, **clock)
    except IntegrityError as error:
        raise Full("Sorry: somebody else was a moment earlier, so this place is taken. You lose no turn.") from error
    if match.raced:
        _end_race(match, at=at)
    if alone:
        tell_campaign("accepted", match, at=at)
    else:
        begins(match.request, at=at)
        match.refresh_from_db()


@transaction.atomic
def decline(
    *,
    actor: User,
    match: Match,
    reason: str = "",
    note: str = "",
    hours: int | None = None,
    at: datetime,
    version: int | None = None,
) -> Match:
    """The volunteer says no; a reason is optional, and teaches. They are not asked about this request again.

    "never" makes a veto against the campaign; a skill not known well enough is put to them as a question.
    `hours`, if the person was asked and said so, is what they have a week from now on. Raises NotAllowed, WrongState,
    Stale, Invalid (unknown reason, hours that are not fewer).
    """
    if hours is not None and reason != DeclineReason.TIME:
        raise Invalid("New hours go with the reason “time” only.", field="hours")
    match = their_match(actor, match, version=version)
    step(match, "decline", Who.VOLUNTEER)(at=at, reason=reason, note=note)
    if hours is not None:
        reduce_max_hours(volunteer=match.volunteer, hours=hours)
    if reason == DeclineReason.NEVER:
        rule_out(match, Side.VOLUNTEER, actor=actor, at=at)
    if reason == DeclineReason.LEVEL:
        ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=at)
    return match


@transaction.atomic
def withdraw(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Ends it after a yes, at once, whatever the reason. Contact ends with it, and it costs no turn.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = their_match(actor, match, version=version)
    step(match, "withdraw", Who.VOLUNTEER)(at=at, reason=reason, note=note)
    tell_campaign("withdrew", match, at=at)
    return match


@transaction.atomic
def hand_over(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Everything is handed over as far as the volunteer is concerned; contact ends with it.

    Raises NotAllowed, WrongState, Stale.
    """
    match = their_match(actor, match, version=version)
    step(match, "complete", Who.VOLUNTEER)(at=at)
    tell_campaign("handed-over", match, at=at)
    return match


def _end_race(winner: Match, *, at: datetime) -> None:
    """The others who were asked for the seat end kindly."""
    others = Match.objects.filter(seat=winner.seat_id, state=State.OFFERED, raced=True).exclude(pk=winner.pk)
    losers = others.select_related("volunteer__user", "request", "seat__role").order_by("pk")
    for other in losers.select_for_update(no_key=True, of=("self",)):
        cancel(other, AutoReason.RACE, at=at)
