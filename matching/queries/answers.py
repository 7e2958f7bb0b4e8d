"""Until when somebody may answer: a clock's end, or later where the word that starts it left late."""

from datetime import datetime, timedelta

from campaigns.models import Contest
from core.models import Notice
from matching.clocks import ends, working_ends
from matching.models import Match, Policy
from matching.queries.matches import active_policy, contact_of, contest_of
from matching.rules import State

_PROMPT = timedelta(hours=1)  # by when a letter leaves where nothing is wrong


def review_ends(
    policy: Policy, contest: Contest, *, at: datetime, since: datetime | None = None, urgent: bool = False
) -> datetime:
    """The end of a reviewer's clock that starts at `at`, or started at `since`, with the hours that hold at `at`."""
    hours = policy.review.before(contest.next_vote(at.date()), at.date())
    return working_ends(since or at, hours, policy.time_zone, urgent=urgent)


def offer_ends(match: Match, *, at: datetime) -> datetime:
    """The end of a volunteer's clock that starts at `at`."""
    policy = active_policy()
    if match.request.emergency:
        return at + timedelta(minutes=policy.emergency_minutes)
    hours = policy.offer.before(contest_of(match).next_vote(at.date()), at.date())
    return ends(at, hours, match.volunteer.time_zone, urgent=match.request.urgent)


def confirm_ends(match: Match, *, at: datetime) -> datetime:
    """The end of a campaign's clock that starts at `at`."""
    hours = active_policy().confirm.before(contest_of(match).next_vote(at.date()), at.date())
    return ends(at, hours, match.request.time_zone, urgent=match.request.urgent)


def answer_ends(match: Match, *, at: datetime) -> datetime | None:
    """When the time for the answer that a match waits for is over; None where nothing is waited for.

    Nobody's time runs while we cannot write to them; see `ends_after`.
    """
    asked = match.offered_at if match.state == State.OFFERED else match.campaign_asked_at
    to = match.volunteer.user if match.state == State.OFFERED else contact_of(match.request)
    if match.state not in _ASKS or asked is None or to is None:
        return match.due_at
    kinds, _ = _ASKS[State(match.state)]
    words = Notice.objects.filter(
        recipient=to, kind__in=kinds, subjects__match=str(match.public_id), owed_at__gte=asked
    )
    word = words.first()
    return ends_after(match, word, at=at) if word else match.due_at


def ends_after(match: Match, word: Notice, *, at: datetime) -> datetime | None:
    """The same for somebody who is asked by `word`, a notice.

    Where it left late the clock runs from then; while it is still being tried it runs from `at`. Mail that is muted or
    was set aside, and emergencies, put nothing off.
    """
    asks = _ASKS.get(State(match.state))
    given_up = word.muted_at or word.set_aside_at or word.dropped_at
    if match.due_at is None or asks is None or word.kind not in asks[0] or given_up or match.request.emergency:
        return match.due_at
    heard = min((each for each in (word.sent_at, word.read_at) if each), default=at)
    return match.due_at if heard <= word.owed_at + _PROMPT else max(match.due_at, asks[1](match, at=heard))


_ASKS = {
    State.OFFERED: (("offer", "asked-again"), offer_ends),
    State.ACCEPTED: (("accepted",), confirm_ends),
}
