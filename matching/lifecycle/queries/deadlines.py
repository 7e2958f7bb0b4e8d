"""Compute deadlines: the end of a clock, or later where the notice that starts the clock left late."""

from datetime import datetime, timedelta

from campaigns.models import Contest
from core.clock_rules import compute_deadline, compute_reminder_time, compute_working_deadline
from core.models import Notice
from matching.lifecycle.queries.matches import contact_of_request, contest_of_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Policy
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState

_PROMPT_DELIVERY = timedelta(hours=1)  # by then a notice has left, unless the mail is down


def review_deadline(
    policy: Policy, contest: Contest, *, at: datetime, since: datetime | None = None, urgent: bool = False
) -> datetime:
    """Return the end of a reviewer's clock that starts at `since` or `at`, with the hours that apply at `at`."""
    hours = policy.review.hours_on(contest.next_election_day(at.date()), at.date())
    return compute_working_deadline(since or at, hours, policy.time_zone, urgent=urgent)


def hand_answer_deadline(policy: Policy, time_zone: str, *, at: datetime) -> datetime:
    """Return until when a volunteer who raises their hand at `at` gets an answer."""
    return compute_deadline(at, 24 * policy.hand_answer_days, time_zone)


def offer_deadline(match: Match, *, at: datetime) -> datetime:
    """Return the end of a volunteer's clock that starts at `at`."""
    policy = get_active_policy()
    if match.request.emergency:
        return at + timedelta(minutes=policy.emergency_answer_minutes)
    hours = policy.offer.hours_on(contest_of_match(match).next_election_day(at.date()), at.date())
    return compute_deadline(at, hours, match.volunteer.time_zone, urgent=match.request.urgent)


def confirm_deadline(match: Match, *, at: datetime) -> datetime:
    """Return the end of a campaign's clock that starts at `at`."""
    return compute_deadline(at, count_confirm_hours(match, at=at), match.request.time_zone, urgent=match.request.urgent)


def count_confirm_hours(match: Match, *, at: datetime) -> int:
    """Return the hours that a campaign has to answer a yes of that moment; a night may make them more."""
    return get_active_policy().confirm.hours_on(contest_of_match(match).next_election_day(at.date()), at.date())


def answer_deadline(match: Match, *, at: datetime) -> datetime | None:
    """Return when the answer that a match waits for is due; None where it waits for none.

    The clock does not run while our notice cannot be delivered; see `deadline_after_notice`.
    """
    asked_at = match.offered_at if match.state == MatchState.OFFERED else match.campaign_asked_at
    recipient = match.volunteer.user if match.state == MatchState.OFFERED else contact_of_request(match.request)
    if match.state not in _QUESTION_NOTICES or asked_at is None or recipient is None:
        return match.due_at
    kinds, _deadline = _QUESTION_NOTICES[MatchState(match.state)]
    questions = Notice.objects.filter(
        recipient=recipient, kind__in=kinds, subjects__match=str(match.public_id), created_at__gte=asked_at
    )
    question = questions.first()
    return deadline_after_notice(match, question, at=at) if question else match.due_at


def deadline_after_notice(match: Match, notice: Notice, *, at: datetime) -> datetime | None:
    """Return when the answer is due to the question that `notice` asks.

    A notice that left late starts the clock when it left; one that is still undelivered starts it at `at`. Muted or
    failed notices, and emergencies, extend nothing.
    """
    question_notices = _QUESTION_NOTICES.get(MatchState(match.state))
    is_abandoned = notice.muted_at or notice.failed_at or notice.obsolete_at
    if match.due_at is None or question_notices is None or is_abandoned or match.request.emergency:
        return match.due_at
    kinds, compute_end = question_notices
    if notice.kind not in kinds:
        return match.due_at
    received_at = min((moment for moment in (notice.sent_at, notice.read_at) if moment), default=at)
    if received_at <= notice.created_at + _PROMPT_DELIVERY:
        return match.due_at
    return max(match.due_at, compute_end(match, at=received_at))


_QUESTION_NOTICES = {
    MatchState.OFFERED: ((MatchingNotice.OFFER, MatchingNotice.OFFER_CHANGED), offer_deadline),
    MatchState.ACCEPTED: ((MatchingNotice.OFFER_ACCEPTED,), confirm_deadline),
}


ClockColumns = dict[str, datetime | None]


def offer_clock_columns(match: Match, *, at: datetime) -> ClockColumns:
    """Return the columns of the volunteer's clock for an answer."""
    return clock_columns(match, at, offer_deadline(match, at=at), match.volunteer.time_zone)


def confirm_clock_columns(match: Match, *, at: datetime) -> ClockColumns:
    """Return the columns of the campaign's clock for its answer to an acceptance."""
    return clock_columns(match, at, confirm_deadline(match, at=at), match.request.time_zone)


def clock_columns(match: Match, at: datetime, end: datetime, zone: str) -> ClockColumns:
    """Return a clock from `at` to `end`, with a reminder half-way in the reader's `zone`; emergencies have none."""
    halfway = None if match.request.emergency else compute_reminder_time(at, end, zone, urgent=match.request.urgent)
    return {"due_at": end, "remind_at": halfway}


def team_clock_columns(match: Match, *, at: datetime) -> ClockColumns:
    """Return the clock of a team member who waits until a team staffed whole is complete."""
    policy = get_active_policy()
    return {"due_at": compute_deadline(at, policy.team_completion_hours, policy.time_zone), "remind_at": None}
