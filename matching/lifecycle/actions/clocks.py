"""Process what is due: clocks that have ended, reminders, orphaned matches, emergencies, overdue problem reports.

Due work lives in the database, not in the task queue. So a sweep may run twice, late or out of order, and everything is
still done once.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from campaigns.actions.campaign_pauses import pause_campaign
from campaigns.models import Request
from core.database_trouble import is_row_locked, leaving_locked_rows
from core.errors import WrongState
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.broadcasts import broadcast_seat
from matching.lifecycle.actions.campaign_answers import start_handover
from matching.lifecycle.actions.departure import end_match_of_departed
from matching.lifecycle.actions.hidden_campaigns import STATES_HIDING_CAMPAIGN
from matching.lifecycle.actions.incident_watch import notify_watching_reviewers
from matching.lifecycle.actions.locking import lock_match, lock_rows_of_matches
from matching.lifecycle.actions.notifications import (
    notify_about_match,
    notify_campaign_about_match,
    notify_reviewers_about_match,
)
from matching.lifecycle.actions.teams import send_approved_offers, start_ready_members
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.lifecycle.queries.deadlines import (
    answer_deadline,
    clock_columns,
    confirm_clock_columns,
    review_deadline,
    team_clock_columns,
)
from matching.lifecycle.queries.incidents import is_held
from matching.lifecycle.queries.matches import contest_of_match, has_open_report
from matching.lifecycle.queries.placements import count_silences_left
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.teams import find_missing_roles
from matching.models import Match, ProblemReport
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import AutomaticReason
from matching.rules.request_ends import STATES_ENDED_BY_CANCELLING, STATES_ENDED_BY_CLOSING
from matching.rules.states import STATES_HOLDING_SEAT, STATES_NOT_OVER, MatchState
from matching.rules.transitions import ActorKind
from matching.snapshot.open_seats import open_seats

log = structlog.get_logger(__name__)

RETRY_DELAY = timedelta(minutes=15)
_BATCH_SIZE = 500


def process_due_matches(*, at: datetime, most: int = _BATCH_SIZE) -> int:
    """Process every match whose clock has ended, each in its own transaction, and return how many.

    A match that fails is logged and retried after `RETRY_DELAY`, so that it does not block the others.
    """
    due = Match.objects.filter(due_at__lte=at, state__in=_DUE_HANDLERS).order_by("due_at", "pk")
    return _process_each(due, _handle_due_match, at, most)


def send_due_reminders(*, at: datetime, most: int = _BATCH_SIZE) -> int:
    """Remind the side that is to act once, half-way, and report silent campaigns to the reviewers; return how many.

    A clock that has ended meanwhile sends no reminder.
    """
    is_running = Q(due_at=None) | Q(due_at__gt=at)
    due = Match.objects.filter(is_running, remind_at__lte=at).order_by("remind_at", "pk")
    return _process_each(due, _send_reminder, at, most)


def end_orphaned_matches(*, at: datetime, most: int = _BATCH_SIZE, requests: Sequence[Request] | None = None) -> int:
    """End matches whose seat is closed, whose request is over or whose volunteer has left; return how many.

    Also those of an emergency whose volunteer has become a reviewer before its campaign was named.
    """
    seat_lost = Q(seat__closed_at__isnull=False) | Q(request__state=Request.State.CANCELLED)
    orphans = Match.objects.filter(
        Q(seat_lost, state__in=STATES_ENDED_BY_CANCELLING)
        | Q(request__state=Request.State.CLOSED, state__in=STATES_ENDED_BY_CLOSING)
        | Q(_VOLUNTEER_LEFT, state__in=STATES_NOT_OVER)
        | Q(_REVIEWER_IN_EMERGENCY, state__in=STATES_HIDING_CAMPAIGN),
    ).order_by("pk")
    if requests is not None:
        orphans = orphans.filter(request__in=requests)
    return _process_each(orphans, _end_orphaned_match, at, most)


def advance_ready_teams(*, at: datetime) -> int:
    """Advance complete teams, approvals that can no longer be undone, and phone acceptances that can't be revoked.

    This catches what a killed worker has left. Return how many requests were checked.
    """
    unasked = Q(state=MatchState.ACCEPTED, campaign_asked_at=None)
    in_team = (Q(state=MatchState.APPROVED) | unasked) & Q(request__staffing="whole")
    irrevocable = unasked & Q(request__auto_confirm=True, revocable_until__lte=at)
    leaving = Q(state=MatchState.APPROVED, offer_leaves_at__lte=at)
    waiting = Match.objects.filter(in_team | irrevocable | leaving, request__state=Request.State.PUBLISHED)
    requests = list(Request.objects.filter(pk__in=waiting.values("request")).order_by("pk"))
    for request in requests:
        with leaving_locked_rows(), transaction.atomic():
            lock_rows_of_matches(waiting.filter(request=request))
            send_approved_offers(request, at=at)
            start_ready_members(request, at=at)
    return len(requests)


def broadcast_emergencies(*, at: datetime) -> int:
    """Broadcast offers for every emergency seat without a holder or an open offer; return how many offers.

    One that is held waits until a reviewer has it. When people were asked before, and when no volunteer is left to ask,
    the reviewers get one notice about it.
    """
    offer_count, policy = 0, get_active_policy()
    waiting = open_seats(on=at.date(), horizon_days=policy.horizon_days, include_broadcasts=True)
    occupied = Match.objects.filter(state__in=STATES_HOLDING_SEAT).values("seat")
    for seat in (
        waiting.filter(role__request__emergency=True).exclude(pk__in=occupied).select_related("role__request__watch")
    ):
        request = seat.role.request
        if is_held(request):
            continue
        was_asked = Match.objects.filter(request=request, offered_at__isnull=False).exists()
        offers = None
        with suppress(WrongState), leaving_locked_rows():  # another sweep was quicker
            offers = broadcast_seat(seat, ActorKind.SYSTEM, most=policy.emergency_broadcast_size, at=at)
        if offers is None:
            continue
        if not offers:
            notify_watching_reviewers(MatchingNotice.NOBODY_ON_CALL, request, at=at)
        elif was_asked:
            notify_watching_reviewers(MatchingNotice.INCIDENT_UNANSWERED, request, at=at)
        offer_count += len(offers)
    return offer_count


def escalate_overdue_reports(*, at: datetime) -> int:
    """Escalate problem reports that no reviewer has handled in time; return how many."""
    with transaction.atomic():
        overdue = ProblemReport.objects.filter(handled_at=None, escalated_at=None, answer_due_at__lte=at).order_by("pk")
        reports = list(overdue.select_for_update(no_key=True, skip_locked=True, of=("self",)))
        for report in reports:
            ProblemReport.objects.filter(pk=report.pk).update(escalated_at=at)
            notify_reviewers_about_match(MatchingNotice.REPORT_OVERDUE, report.match, at=at, about=report.public_id)
    return len(reports)


def _process_each(due, act: Callable[[Match, datetime], None], at: datetime, most: int) -> int:  # type: ignore[no-untyped-def]
    """Call `act` with each of the first `most` due matches, locked, and return how many were processed.

    A match whose rows another transaction holds stays due. The others of its request are not tried, so that one request
    that is held for long costs one wait.
    """
    processed, held_requests = 0, set[int]()
    for pk, request_id in list(due.values_list("pk", "request_id")[:most]):
        if request_id in held_requests:
            continue
        try:
            with transaction.atomic():
                match = due.filter(pk=pk).select_related("request").first()
                if match is None:
                    continue
                match = lock_match(match)
                # It may have moved while we waited for the locks, so read again whether it is still due.
                if due.filter(pk=pk).exists():
                    act(match, at)
                    processed += 1
        except Exception as error:
            if is_row_locked(error):
                held_requests.add(request_id)
                continue
            log.exception("a clock failed", match=pk)
            Match.objects.filter(pk=pk, due_at__lte=at).update(due_at=at + RETRY_DELAY)
            Match.objects.filter(pk=pk, remind_at__lte=at).update(remind_at=at + RETRY_DELAY)
    return processed


def _handle_due_match(match: Match, at: datetime) -> None:
    _DUE_HANDLERS[MatchState(match.state)](match, at)


def _handle_review_due(match: Match, at: datetime) -> None:
    """Escalate a late review every working day, and tell the volunteer once that it is in review."""
    Match.objects.filter(pk=match.pk).update(escalated_at=at, due_at=_next_review_deadline(match, at))
    notify_reviewers_about_match(MatchingNotice.REVIEW_OVERDUE, match, at=at, about=at.date())
    if match.volunteer.user is not None:
        cause = f"{MatchingNotice.REVIEW_DELAYED}:{match.public_id}"
        subjects = {"volunteer": str(match.volunteer.public_id)}
        enqueue_notice(
            to=match.volunteer.user, kind=MatchingNotice.REVIEW_DELAYED, cause=cause, subjects=subjects, at=at
        )


def _next_review_deadline(match: Match, at: datetime) -> datetime:
    return review_deadline(get_active_policy(), contest_of_match(match), at=at, urgent=match.request.urgent)


def _handle_team_due(match: Match, at: datetime) -> None:
    if match.escalated_at is None:
        _escalate_to_reviewers(match, at, **team_clock_columns(match, at=at))
        return
    prepare_transition(match, "lapse", ActorKind.CLOCK)(at=at, reason=AutomaticReason.TEAM_INCOMPLETE)


def _handle_offer_due(match: Match, at: datetime) -> None:
    if _extend_after_late_notice(match, match.volunteer.time_zone, at):
        return
    prepare_transition(match, "expire", ActorKind.CLOCK)(at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.OFFER_EXPIRED, match, at=at)


def _handle_campaign_answer_due(match: Match, at: datetime) -> None:
    """Escalate a campaign's missing answer to the reviewers first; at the second deadline release the volunteer."""
    # The campaign cannot confirm while a report is open, so its clock starts again.
    if has_open_report(match):
        Match.objects.filter(pk=match.pk).update(**confirm_clock_columns(match, at=at))
        return
    if _extend_after_late_notice(match, match.request.time_zone, at):
        return
    if match.escalated_at is None:
        _escalate_to_reviewers(match, at, **confirm_clock_columns(match, at=at))
        return
    waits_for_team = match.request.staffing == "whole" and bool(find_missing_roles(match.request))
    reason = AutomaticReason.TEAM_INCOMPLETE if waits_for_team else AutomaticReason.CAMPAIGN_SILENT
    prepare_transition(match, "release", ActorKind.CLOCK)(at=at, reason=reason)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_ENDED, match, at=at)
    if reason == AutomaticReason.CAMPAIGN_SILENT:
        notify_campaign_about_match(MatchingNotice.VOLUNTEER_RELEASED, match, at=at)
        _pause_silent_campaign(match, at)


def _extend_after_late_notice(match: Match, zone: str, at: datetime) -> bool:
    """Return whether the question left late, so that time to answer remains; reset the clock then."""
    end = answer_deadline(match, at=at)
    if end is None or end <= at:
        return False
    Match.objects.filter(pk=match.pk).update(**clock_columns(match, at, end, zone))
    return True


def _handle_work_due(match: Match, at: datetime) -> None:
    start_handover(match, ActorKind.CLOCK, at=at)


def _handle_closing_due(match: Match, at: datetime) -> None:
    prepare_transition(match, "complete", ActorKind.CLOCK)(at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.MATCH_COMPLETED, match, at=at)
    notify_campaign_about_match(MatchingNotice.HANDOVER_ENDED, match, at=at)


_DUE_HANDLERS: dict[MatchState, Callable[[Match, datetime], None]] = {
    MatchState.PROPOSED: _handle_review_due,
    MatchState.APPROVED: _handle_team_due,
    MatchState.OFFERED: _handle_offer_due,
    MatchState.ACCEPTED: _handle_campaign_answer_due,
    MatchState.ACTIVE: _handle_work_due,
    MatchState.CLOSING: _handle_closing_due,
}


def _escalate_to_reviewers(match: Match, at: datetime, **clock: object) -> None:
    """Notify the reviewers that a match waits, and restart its clock."""
    Match.objects.filter(pk=match.pk).update(escalated_at=at, **(clock | {"remind_at": None}))
    notify_reviewers_about_match(MatchingNotice.ANSWER_OVERDUE, match, at=at)


def _pause_silent_campaign(match: Match, at: datetime) -> None:
    campaign = match.request.campaign
    if not count_silences_left(campaign):
        pause_campaign(campaign=campaign, at=at)
        notify_reviewers_about_match(MatchingNotice.CAMPAIGN_SILENT, match, at=at)


def _send_reminder(match: Match, at: datetime) -> None:
    if match.state == MatchState.ACTIVE:
        next_reminder = at + timedelta(days=get_active_policy().campaign_silence_days)
        Match.objects.filter(pk=match.pk).update(remind_at=next_reminder)
        if has_open_report(match):
            return
        notify_campaign_about_match(MatchingNotice.MESSAGE_REMINDER, match, at=at, about=at.date())
        notify_reviewers_about_match(MatchingNotice.CAMPAIGN_SILENT, match, at=at, about=at.date())
        return
    Match.objects.filter(pk=match.pk).update(remind_at=None)
    if answer_deadline(match, at=at) != match.due_at:
        return  # the question has not left yet, or has only just left
    if match.state == MatchState.OFFERED:
        notify_about_match(match.volunteer.user, MatchingNotice.OFFER_REMINDER, match, at=at)
    elif match.state == MatchState.ACCEPTED and not has_open_report(match):
        notify_campaign_about_match(MatchingNotice.CAMPAIGN_ANSWER_REMINDER, match, at=at)


def _end_orphaned_match(match: Match, at: datetime) -> None:
    if Match.objects.filter(_VOLUNTEER_LEFT, pk=match.pk).exists():
        end_match_of_departed(match, at=at)
        return
    reason = _REASON_BY_REQUEST_STATE.get(Request.State(match.request.state), AutomaticReason.SEAT_CLOSED)
    if reason == AutomaticReason.REQUEST_ENDED and match.request.ends_on >= at.date():
        reason = AutomaticReason.SEAT_CLOSED  # the campaign closed it before its time was over
    elif reason == AutomaticReason.SEAT_CLOSED and match.seat.closed_at is None:
        reason = AutomaticReason.PLANS_CHANGED
    is_called_off = match.request.emergency and reason == AutomaticReason.REQUEST_CANCELLED
    if match.state != MatchState.ACTIVE:
        notice = MatchingNotice.ALARM_CALLED_OFF if is_called_off else MatchingNotice.MATCH_ENDED
        cancel_match(match, reason, at=at, notice=notice)
        return
    start_handover(match, ActorKind.SYSTEM, at=at, reason=reason)
    if is_called_off:
        notify_about_match(match.volunteer.user, MatchingNotice.ALARM_CALLED_OFF, match, at=at)


_VOLUNTEER_LEFT = Q(volunteer__state="left") | Q(volunteer__user__is_active=False)
_REVIEWER_IN_EMERGENCY = Q(request__emergency=True, volunteer__user__is_staff=True)

_REASON_BY_REQUEST_STATE = {
    Request.State.CANCELLED: AutomaticReason.REQUEST_CANCELLED,
    Request.State.CLOSED: AutomaticReason.REQUEST_ENDED,
}
