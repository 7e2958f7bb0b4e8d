"""What the clocks do. The database says what is due; asking twice, late or out of order does everything once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Max, Q

from campaigns.actions.campaigns import pause_campaign
from campaigns.models import Request
from core.errors import WrongState
from core.notifications.outbox import enqueue_notice
from matching.actions.campaign import close
from matching.actions.leaving import let_go
from matching.actions.review import race_for
from matching.actions.steps import (
    cancel,
    confirm_clock,
    hold,
    hold_all,
    page_reviewers,
    reminded,
    step,
    team_clock,
    tell,
    tell_campaign,
    tell_reviewers,
)
from matching.actions.team import begins, offers_leave
from matching.models import Match, Report
from matching.queries.answers import answer_ends, review_ends
from matching.queries.demand import open_seats
from matching.queries.matches import active_policy, contest_of, reported
from matching.queries.teams import missing
from matching.rules import HOLDING, LIVE, AutoReason, State, Who

log = structlog.get_logger(__name__)

LATER = timedelta(minutes=15)
_BATCH = 500


def move_due(*, at: datetime, most: int = _BATCH) -> int:
    """Does what is due for every match whose clock has ended, each in a transaction of its own; returns how many.

    One that fails is logged, and tried again a quarter of an hour later: it holds up no other.
    """
    due = Match.objects.filter(due_at__lte=at, state__in=_WHEN_DUE).order_by("due_at", "pk")
    return _each(due, _move_one, at, most)


def remind_due(*, at: datetime, most: int = _BATCH) -> int:
    """Reminds whoever is to act half-way, once, and tells reviewers of campaigns that have gone silent.

    Nobody is reminded of a clock that has ended meanwhile.
    """
    runs_on = Q(due_at=None) | Q(due_at__gt=at)
    due = Match.objects.filter(runs_on, remind_at__lte=at).order_by("remind_at", "pk")
    return _each(due, _remind_one, at, most)


def end_orphans(*, at: datetime, most: int = _BATCH, requests: Sequence[Request] | None = None) -> int:
    """Ends what nothing is left for: the seat was cut, the request is over, the person has left or was let go."""
    over = Q(request__state__in=(Request.State.CANCELLED, Request.State.CLOSED))
    gone = Q(seat__cut_at__isnull=False) | over
    orphans = Match.objects.filter(
        Q(gone, state__in=(State.PROPOSED, *HOLDING)) | Q(_LEFT, state__in=LIVE),
    ).order_by("pk")
    if requests is not None:
        orphans = orphans.filter(request__in=requests)
    return _each(orphans, _end_orphan, at, most)


def complete_teams(*, at: datetime) -> int:
    """Goes on with teams that lack nobody any more and were not heard of, and with requests that confirm themselves
    once a yes on the phone can no longer be taken back; returns how many requests were looked at.
    """
    unasked = Q(state=State.ACCEPTED, campaign_asked_at=None)
    team = (Q(state=State.APPROVED) | unasked) & Q(request__staffing="whole")
    stood = unasked & Q(request__confirms_itself=True, objects_until__lte=at)
    waiting = Match.objects.filter(team | stood, request__state=Request.State.PUBLISHED)
    requests = list(Request.objects.filter(pk__in=waiting.values("request")).order_by("pk"))
    for request in requests:
        with transaction.atomic():
            hold_all(waiting.filter(request=request))
            offers_leave(request, at=at)
            begins(request, at=at)
    return len(requests)


def race_emergencies(*, at: datetime) -> int:
    """Asks people for every emergency seat that nobody holds and nobody is being asked for; returns how many.

    When nobody is left to be asked, the reviewers are told so, once.
    """
    asked, policy = 0, active_policy()
    waiting = open_seats(on=at.date(), horizon_days=policy.horizon_days, racing=True)
    live = Match.objects.filter(state__in=HOLDING).values("seat")
    for seat in waiting.filter(role__request__emergency=True).exclude(pk__in=live).select_related("role__request"):
        try:
            raced = race_for(seat, Who.TEAM, most=policy.emergency_size, at=at)
        except WrongState:
            continue  # another sweep was quicker
        if not raced:
            page_reviewers("nobody-on-call", seat.role.request, at=at)
        asked += len(raced)
    return asked


def escalate_reports(*, at: datetime) -> int:
    """Reminds the reviewers of reports that nobody has looked at in time; returns how many."""
    with transaction.atomic():
        late = Report.objects.filter(handled_at=None, escalated_at=None, due_at__lte=at).order_by("pk")
        reports = list(late.select_for_update(no_key=True, skip_locked=True, of=("self",)))
        for report in reports:
            Report.objects.filter(pk=report.pk).update(escalated_at=at)
            tell_reviewers("report-waits", report.match, at=at, about=report.public_id)
    return len(reports)


def _each(due, act: Callable[[Match, datetime], None], at: datetime, most: int) -> int:  # type: ignore[no-untyped-def]
    done = 0
    for pk in list(due.values_list("pk", flat=True)[:most]):
        try:
            with transaction.atomic():
                match = due.filter(pk=pk).select_related("request").first()
                if match is None:
                    continue
                match = hold(match)
                if due.filter(pk=pk).exists():  # it may have moved while we waited for it
                    act(match, at)
                    done += 1
        except Exception:
            log.exception("a clock failed", match=pk)
            Match.objects.filter(pk=pk, due_at__lte=at).update(due_at=at + LATER)
            Match.objects.filter(pk=pk, remind_at__lte=at).update(remind_at=at + LATER)
    return done


def _move_one(match: Match, at: datetime) -> None:
    _WHEN_DUE[State(match.state)](match, at)


def _review_is_due(match: Match, at: datetime) -> None:
    """A review clock escalates, every working day anew; it never approves. The person hears that somebody looks."""
    Match.objects.filter(pk=match.pk).update(escalated_at=at, due_at=_review_ends(match, at))
    tell_reviewers("review-waits", match, at=at, about=at.date())
    if match.volunteer.user is not None:
        name = str(match.volunteer.public_id)
        cause = f"in-review:{match.public_id}"
        enqueue_notice(to=match.volunteer.user, kind="in-review", cause=cause, subjects={"volunteer": name}, at=at)


def _review_ends(match: Match, at: datetime) -> datetime:
    return review_ends(active_policy(), contest_of(match), at=at, urgent=match.request.urgent)


def _team_is_due(match: Match, at: datetime) -> None:
    if match.escalated_at is None:
        _escalate(match, at, **team_clock(match, at=at))
        return
    step(match, "lapse", Who.CLOCK)(at=at, reason=AutoReason.TEAM)


def _offer_is_due(match: Match, at: datetime) -> None:
    if _goes_on(match, match.volunteer.time_zone, at):
        return
    step(match, "expire", Who.CLOCK)(at=at)
    tell(match.volunteer.user, "expired", match, at=at)


def _answer_is_due(match: Match, at: datetime) -> None:
    """A campaign that does not answer: reviewers are told first, then the person is free again.

    While a report is being looked at the campaign cannot answer, so its time is given to it anew.
    """
    if reported(match):
        Match.objects.filter(pk=match.pk).update(**confirm_clock(match, at=at))
        return
    if _goes_on(match, match.request.time_zone, at):
        return
    if match.escalated_at is None:
        _escalate(match, at, **confirm_clock(match, at=at))
        return
    waits_for_team = match.request.staffing == "whole" and bool(missing(match.request))
    reason = AutoReason.TEAM if waits_for_team else AutoReason.SILENCE
    step(match, "release", Who.CLOCK)(at=at, reason=reason)
    tell(match.volunteer.user, "over", match, at=at)
    if reason == AutoReason.SILENCE:
        tell_campaign("freed", match, at=at)
        _pause_if_silent(match, at)


def _goes_on(match: Match, zone: str, at: datetime) -> bool:
    """Whether the time to answer is not over after all, because the question left late; its clock is set anew then."""
    end = answer_ends(match, at=at)
    if end is None or end <= at:
        return False
    Match.objects.filter(pk=match.pk).update(**reminded(match, at, end, zone))
    return True


def _work_is_due(match: Match, at: datetime) -> None:
    close(match, Who.CLOCK, at=at)


def _hand_over_is_due(match: Match, at: datetime) -> None:
    step(match, "complete", Who.CLOCK)(at=at)
    tell(match.volunteer.user, "completed", match, at=at)
    tell_campaign("wound-up", match, at=at)


_WHEN_DUE: dict[State, Callable[[Match, datetime], None]] = {
    State.PROPOSED: _review_is_due,
    State.APPROVED: _team_is_due,
    State.OFFERED: _offer_is_due,
    State.ACCEPTED: _answer_is_due,
    State.ACTIVE: _work_is_due,
    State.CLOSING: _hand_over_is_due,
}


def _escalate(match: Match, at: datetime, **clock: object) -> None:
    """Tells the reviewers that somebody waits, and gives them as long again."""
    Match.objects.filter(pk=match.pk).update(escalated_at=at, **(clock | {"remind_at": None}))
    tell_reviewers("waits", match, at=at)


def _pause_if_silent(match: Match, at: datetime) -> None:
    campaign = match.request.campaign
    theirs = Match.objects.filter(request__campaign=campaign)
    silences = theirs.filter(state=State.RELEASED, reason=AutoReason.SILENCE)
    answered = [State.ACTIVE, State.CLOSING, State.COMPLETED, State.REFUSED]
    last = theirs.filter(state__in=answered).aggregate(last=Max("moved_at"))["last"]
    if last is not None:
        silences = silences.filter(moved_at__gt=last)
    if silences.count() >= active_policy().silent_answers:
        pause_campaign(campaign=campaign, at=at)
        tell_reviewers("campaign-silent", match, at=at)


def _remind_one(match: Match, at: datetime) -> None:
    if match.state == State.ACTIVE:
        again = at + timedelta(days=active_policy().silent_days)
        Match.objects.filter(pk=match.pk).update(remind_at=again)
        if reported(match):
            return
        tell_campaign("silent", match, at=at, about=at.date())
        tell_reviewers("campaign-silent", match, at=at, about=at.date())
        return
    Match.objects.filter(pk=match.pk).update(remind_at=None)
    if answer_ends(match, at=at) != match.due_at:
        return  # who has not been asked yet, or only just, is not reminded
    if match.state == State.OFFERED:
        tell(match.volunteer.user, "reminder", match, at=at)
    elif match.state == State.ACCEPTED:
        tell_campaign("answer-reminder", match, at=at)


def _end_orphan(match: Match, at: datetime) -> None:
    if Match.objects.filter(_LEFT, pk=match.pk).exists():
        let_go(match, at=at)
        return
    reason = _WHY_OVER.get(Request.State(match.request.state), AutoReason.CUT)
    if match.state == State.ACTIVE:
        close(match, Who.TEAM, at=at, reason=reason)
    else:
        cancel(match, reason, at=at)


_LEFT = Q(volunteer__state="left") | Q(volunteer__user__is_active=False)

_WHY_OVER = {Request.State.CANCELLED: AutoReason.CANCELLED, Request.State.CLOSED: AutoReason.OVER}
