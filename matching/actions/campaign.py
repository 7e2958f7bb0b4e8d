"""What a campaign answers to somebody's yes, and how it ends the work."""

from datetime import datetime, timedelta

from django.db import transaction

from core.accounts.conduct import accept_conduct
from core.errors import WrongState
from core.models import User
from matching import wording
from matching.actions.steps import campaigns_match, reviewers_match, rule_out, step, tell, tell_campaign
from matching.actions.team import begin
from matching.clocks import awake
from matching.models import Match
from matching.queries.matches import active_policy, editors, reported
from matching.queries.teams import missing
from matching.rules import RefuseReason, Side, Who
from volunteers.actions.availability import start_rest
from volunteers.actions.level_questions import ask_skill_level


@transaction.atomic
def confirm(*, actor: User, match: Match, conduct: bool = False, at: datetime, version: int | None = None) -> Match:
    """The campaign says yes too, and work begins.

    `conduct` says that the member accepts the code of conduct, if they have not before. Raises NotAllowed, WrongState
    (answered before; a report is open; a yes on the phone can still be taken back; somebody of a whole team is missing
    still, and who), Stale, Invalid (code of conduct).
    """
    match = campaigns_match(actor, match, version=version)
    lacking = missing(match.request) if match.request.staffing == "whole" else []
    if lacking and match.state == "accepted":
        raise WrongState(wording.not_complete(lacking))
    if reported(match):
        raise WrongState("A reviewer is looking at a report about this. Confirm it when that is settled.")
    if match.objects_until is not None and at < match.objects_until:
        raise WrongState(wording.may_object(match.objects_until, match.request.time_zone))
    begin(match, Who.CAMPAIGN, at=at)
    accept_conduct(actor, accepted=conduct, at=at)
    return match


@transaction.atomic
def refuse(
    *, actor: User, match: Match, reason: str, note: str = "", at: datetime, version: int | None = None
) -> Match:
    """The campaign says no, with a reason; the volunteer is told kindly and loses no turn.

    A doubt about the skill's level is put to the volunteer as a question; "never" makes a veto. Raises NotAllowed,
    WrongState, Stale, Invalid (the reason).
    """
    match = campaigns_match(actor, match, version=version)
    step(match, "refuse", Who.CAMPAIGN)(at=at, reason=reason, note=note)
    if reason == RefuseReason.LEVEL:
        ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=at)
    if reason == RefuseReason.NEVER:
        rule_out(match, Side.CAMPAIGN, actor=actor, at=at)
    tell(match.volunteer.user, "over", match, at=at)
    return match


@transaction.atomic
def let_go(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """The campaign ends work that has begun before its time; somebody else is found for the place.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = campaigns_match(actor, match, version=version)
    step(match, "release", Who.CAMPAIGN)(at=at, reason=reason, note=note)
    tell(match.volunteer.user, "over", match, at=at)
    return match


@transaction.atomic
def finish(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """The work is done: the hand-over begins. A campaign or a reviewer says so.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match, who = _for_either(actor, match, version)
    close(match, who, at=at, reason=reason, note=note)
    return match


def close(match: Match, who: Who, *, at: datetime, reason: str = "", note: str = "") -> None:
    """Moves a held match from work to hand-over. The volunteer rests from here, and waits for a new turn from here."""
    policy = active_policy()
    due_at = awake(at + timedelta(days=policy.closing_days), match.volunteer.time_zone)
    step(match, "finish", who)(at=at, reason=reason, note=note, due_at=due_at, remind_at=None)
    start_rest(volunteer=match.volunteer, until=at.date() + timedelta(days=policy.rest_days), at=at)
    tell(match.volunteer.user, "closing", match, at=at)
    tell_campaign("closing", match, at=at)


@transaction.atomic
def complete(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """The hand-over is done. A campaign or a reviewer says so. Raises NotAllowed, WrongState, Stale."""
    match, who = _for_either(actor, match, version)
    step(match, "complete", who)(at=at)
    tell(match.volunteer.user, "completed", match, at=at)
    if who == Who.REVIEWER:
        tell_campaign("wound-up", match, at=at)
    return match


def _for_either(actor: User, match: Match, version: int | None) -> tuple[Match, Who]:
    """The match, held, for somebody who acts for its campaign, or else for a reviewer. Raises NotAllowed, Stale."""
    if editors(match.request.campaign).filter(user=actor).exists():
        return campaigns_match(actor, match, version=version), Who.CAMPAIGN
    return reviewers_match(actor, match, version=version), Who.REVIEWER
