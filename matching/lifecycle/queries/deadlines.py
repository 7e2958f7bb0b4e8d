"""Until when somebody may answer: a clock's end, or later where the word that starts it left late."""

from datetime import datetime, timedelta

from campaigns.models import Contest
from core.clock_rules import compute_deadline, compute_reminder_time, compute_working_deadline
from core.models import Notice
from matching.lifecycle.queries.matches import contact_of_request, contest_of_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Policy
from matching.rules.states import MatchState

_PROMPT_DELIVERY = timedelta(hours=1)  # by when a letter leaves where nothing is wrong


def review_deadline(
    policy: Policy, contest: Contest, *, at: datetime, since: datetime | None = None, urgent: bool = False
) -> datetime:
    """The end of a reviewer's clock that starts at `at`, or started at `since`, with the hours that hold at `at`."""
    hours = policy.review.hours_on(contest.next_election_day(at.date()), at.date())
    return compute_working_deadline(since or at, hours, policy.time_zone, urgent=urgent)


def offer_deadline(match: Match, *, at: datetime) -> datetime:
    """The end of a volunteer's clock that starts at `at`."""
    policy = get_active_policy()
    if match.request.emergency:
        return at + timedelta(minutes=policy.emergency_answer_minutes)
    hours = policy.offer.hours_on(contest_of_match(match).next_election_day(at.date()), at.date())
    return compute_deadline(at, hours, match.volunteer.time_zone, urgent=match.request.urgent)


def confirm_deadline(match: Match, *, at: datetime) -> datetime:
    """The end of a campaign's clock that starts at `at`."""
    hours = get_active_policy().confirm.hours_on(contest_of_match(match).next_election_day(at.date()), at.date())
    return compute_deadline(at, hours, match.request.time_zone, urgent=match.request.urgent)


def answer_deadline(match: Match, *, at: datetime) -> datetime | None:
    """When the time for the answer that a match waits for is over; None where nothing is waited for.

    Nobody's time runs while we cannot write to them; see `deadline_after_notice`.
    """
    asked = match.offered_at if match.state == MatchState.OFFERED else match.campaign_asked_at
    to = match.volunteer.user if match.state == MatchState.OFFERED else contact_of_request(match.request)
    if match.state not in _QUESTION_NOTICES or asked is None or to is None:
        return match.due_at
    kinds, _ = _QUESTION_NOTICES[MatchState(match.state)]
    words = Notice.objects.filter(
        recipient=to, kind__in=kinds, subjects__match=str(match.public_id), created_at__gte=asked
    )
    word = words.first()
    return deadline_after_notice(match, word, at=at) if word else match.due_at


def deadline_after_notice(match: Match, word: Notice, *, at: datetime) -> datetime | None:
    """The same for somebody who is asked by `word`, a notice.

    Where it left late the clock runs from then; while it is still being tried it runs from `at`. Mail that is muted or
    was set aside, and emergencies, put nothing off.
    """
    asks = _QUESTION_NOTICES.get(MatchState(match.state))
    given_up = word.muted_at or word.failed_at or word.obsolete_at
    if match.due_at is None or asks is None or word.kind not in asks[0] or given_up or match.request.emergency:
        return match.due_at
    heard = min((each for each in (word.sent_at, word.read_at) if each), default=at)
    return match.due_at if heard <= word.created_at + _PROMPT_DELIVERY else max(match.due_at, asks[1](match, at=heard))


_QUESTION_NOTICES = {
    MatchState.OFFERED: (("offer", "asked-again"), offer_deadline),
    MatchState.ACCEPTED: (("accepted",), confirm_deadline),
}


ClockColumns = dict[str, datetime | None]


def offer_clock_columns(match: Match, *, at: datetime) -> ClockColumns:
    """The volunteer's clock for an answer, as a move writes it."""
    return clock_columns(match, at, offer_deadline(match, at=at), match.volunteer.time_zone)


def confirm_clock_columns(match: Match, *, at: datetime) -> ClockColumns:
    """The campaign's clock for its answer to somebody's yes, as a move writes it."""
    return clock_columns(match, at, confirm_deadline(match, at=at), match.request.time_zone)


def clock_columns(match: Match, at: datetime, end: datetime, zone: str) -> ClockColumns:
    """A clock from `at` to `end` with a reminder half-way, to somebody who lives in `zone`; emergencies have none."""
    half = None if match.request.emergency else compute_reminder_time(at, end, zone, urgent=match.request.urgent)
    return {"due_at": end, "remind_at": half}


def team_clock_columns(match: Match, *, at: datetime) -> ClockColumns:
    """How long somebody of a whole team waits for the others."""
    policy = get_active_policy()
    return {"due_at": compute_deadline(at, policy.team_completion_hours, policy.time_zone), "remind_at": None}
