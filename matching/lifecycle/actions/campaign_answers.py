"""Apply what a campaign decides: confirm or refuse an acceptance, release a volunteer, finish the work."""

from datetime import datetime, timedelta

from django.db import transaction

from core.accounts.conduct import accept_conduct
from core.clock_rules import skip_quiet_hours
from core.errors import WrongState
from core.models import User
from matching.lifecycle.acceptance_obstacles import explain_confirm_obstacle
from matching.lifecycle.actions.notifications import notify_about_match, notify_campaign_about_match
from matching.lifecycle.actions.permissions import lock_match_for_campaign, lock_match_for_reviewer
from matching.lifecycle.actions.teams import start_work
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.actions.vetoes import record_veto
from matching.lifecycle.queries.matches import campaign_editors
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import RefuseReason
from matching.rules.sides import MatchSide
from matching.rules.transitions import ActorKind
from volunteers.actions.availability import start_rest
from volunteers.actions.level_questions import ask_skill_level


@transaction.atomic
def confirm_match(
    *, actor: User, match: Match, accepts_code_of_conduct: bool = False, at: datetime, version: int | None = None
) -> Match:
    """Confirm an accepted match for the campaign, so that work begins.

    `accepts_code_of_conduct` is true when the member accepts the code of conduct, which is needed once. Raises
    NotAllowed, Stale, Invalid (code of conduct) and WrongState: answered before, a report is open, a phone acceptance
    can still be revoked, or roles of a team staffed whole are missing.
    """
    match = lock_match_for_campaign(actor, match, version=version)
    obstacle = explain_confirm_obstacle(match, at=at)
    if obstacle:
        raise WrongState(obstacle)
    start_work(match, ActorKind.CAMPAIGN, at=at)
    accept_conduct(actor, accepted=accepts_code_of_conduct, at=at)
    return match


@transaction.atomic
def refuse_match(
    *, actor: User, match: Match, reason: str, note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Refuse an accepted match for the campaign; the volunteer gets a kind notice and loses no turn.

    The reason "level" asks the volunteer about their level; "never" records a veto. Raises NotAllowed, WrongState,
    Stale, Invalid (the reason).
    """
    match = lock_match_for_campaign(actor, match, version=version)
    prepare_transition(match, "refuse", ActorKind.CAMPAIGN)(at=at, reason=reason, note=note)
    if reason == RefuseReason.LEVEL:
        ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=at)
    if reason == RefuseReason.NEVER:
        record_veto(match, MatchSide.CAMPAIGN, actor=actor, at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_ENDED, match, at=at)
    return match


@transaction.atomic
def release_by_campaign(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """End active work early for the campaign, and reopen the seat.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match = lock_match_for_campaign(actor, match, version=version)
    prepare_transition(match, "release", ActorKind.CAMPAIGN)(at=at, reason=reason, note=note)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_ENDED, match, at=at)
    return match


@transaction.atomic
def finish_work(
    *, actor: User, match: Match, reason: str = "", note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Finish the work for the campaign or a reviewer: the hand-over begins.

    Raises NotAllowed, WrongState, Stale, Invalid.
    """
    match, actor_kind = _lock_for_campaign_or_reviewer(actor, match, version)
    start_handover(match, actor_kind, at=at, reason=reason, note=note)
    return match


def start_handover(match: Match, actor_kind: ActorKind, *, at: datetime, reason: str = "", note: str = "") -> None:
    """Move a locked match from work to hand-over; the rest period and the wait for a new turn start here."""
    policy = get_active_policy()
    due_at = skip_quiet_hours(at + timedelta(days=policy.closing_days), match.volunteer.time_zone)
    prepare_transition(match, "finish", actor_kind)(at=at, reason=reason, note=note, due_at=due_at, remind_at=None)
    start_rest(volunteer=match.volunteer, until=at.date() + timedelta(days=policy.rest_days), at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.HANDOVER_STARTED, match, at=at)
    notify_campaign_about_match(MatchingNotice.HANDOVER_STARTED, match, at=at)


@transaction.atomic
def complete_match(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Complete the hand-over for the campaign or a reviewer. Raises NotAllowed, WrongState, Stale."""
    match, actor_kind = _lock_for_campaign_or_reviewer(actor, match, version)
    prepare_transition(match, "complete", actor_kind)(at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_COMPLETED, match, at=at)
    if actor_kind == ActorKind.REVIEWER:
        notify_campaign_about_match(MatchingNotice.HANDOVER_ENDED, match, at=at)
    return match


def _lock_for_campaign_or_reviewer(actor: User, match: Match, version: int | None) -> tuple[Match, ActorKind]:
    """Lock the match for an editor of its campaign, or else for a reviewer. Raises NotAllowed, Stale."""
    if campaign_editors(match.request.campaign).filter(user=actor).exists():
        return lock_match_for_campaign(actor, match, version=version), ActorKind.CAMPAIGN
    return lock_match_for_reviewer(actor, match, version=version), ActorKind.REVIEWER
