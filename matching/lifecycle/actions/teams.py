"""Advance a request once its people are complete: send the offers, ask the campaign, start the work."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from campaigns.models import Request, Seat
from core.clock_rules import end_of_day, skip_quiet_hours
from core.date_rules import limit_to_countable_days
from matching.lifecycle.actions.notifications import (
    may_mail_campaign,
    notify_about_match,
    notify_about_request,
    notify_campaign_about_match,
    notify_reviewers_about_request,
)
from matching.lifecycle.actions.offers import send_offer
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.queries.deadlines import ClockColumns, confirm_clock_columns, team_clock_columns
from matching.lifecycle.queries.matches import contact_of_request, contest_of_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.teams import find_missing_roles, has_common_hour
from matching.models import HOLDS_SEAT, Match, ProblemReport
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_WORK_DONE, MatchState
from matching.rules.transitions import ActorKind


def send_approved_offers(request: Request, *, at: datetime) -> None:
    """Send the offers of all approved matches, each once its approval can no longer be undone.

    That is some minutes after the approval, or at once if the request is urgent. A request staffed whole sends none
    before each of its open seats has a holder or finished work: the minutes begin then, for all at once. In them the
    clock of the team stands still. The caller has locked the request, as for `start_ready_members`.
    """
    approved = Match.objects.filter(request=request, state=MatchState.APPROVED)
    if request.staffing == "whole":
        seats = Seat.objects.filter(role__request=request, closed_at=None)
        holding = Match.objects.filter(HOLDS_SEAT, request=request) | Match.objects.filter(
            request=request, state__in=STATES_WORK_DONE
        )
        if seats.exclude(pk__in=holding.values("seat")).exists():
            _let_team_wait_again(approved.exclude(offer_leaves_at=None), at=at)
            return
        if approved.filter(offer_leaves_at=None).exists():
            approved.update(offer_leaves_at=None)  # a member was replaced, so the minutes of all begin now
    minutes = 0 if request.urgent or request.emergency else get_active_policy().undo_minutes
    for match in _lock_matches(approved):
        leaves_at = match.offer_leaves_at or at + timedelta(minutes=minutes)
        if leaves_at <= at:
            send_offer(match, at=at)
        elif match.offer_leaves_at is None:
            Match.objects.filter(pk=match.pk).update(offer_leaves_at=leaves_at, due_at=None)


def _let_team_wait_again(matches: "QuerySet[Match]", *, at: datetime) -> None:
    """Take the minutes of a team that was complete and has lost a member, and start its clock."""
    for match in matches:
        clock = team_clock_columns(match, at=at)
        Match.objects.filter(pk=match.pk).update(offer_leaves_at=None, escalated_at=None, **clock)


def start_ready_members(request: Request, *, at: datetime) -> None:
    """Ask the campaign once about each accepted match; in an auto-confirmed request start the work instead.

    In a request staffed whole, all wait until every role has its minimum. Work waits until a phone acceptance can no
    longer be revoked. A match with an open problem report waits until the report is closed, as contact pauses.
    """
    if request.staffing == "whole" and find_missing_roles(request):
        return
    unasked = Match.objects.filter(request=request, state=MatchState.ACCEPTED, campaign_asked_at=None)
    accepted = _lock_matches(unasked.exclude(pk__in=ProblemReport.objects.filter(handled_at=None).values("match")))
    if accepted and request.staffing == "whole" and not has_common_hour(request, at=at):
        contact = contact_of_request(request)
        notify_reviewers_about_request(MatchingNotice.TEAM_WITHOUT_COMMON_HOURS, request, at=at)
        notify_about_request(
            MatchingNotice.TEAM_WITHOUT_COMMON_HOURS,
            request,
            [contact] if contact else [],
            at=at,
            is_mailed=may_mail_campaign(request),
        )
    for match in accepted:
        until = match.revocable_until
        if request.auto_confirm and until is not None and at < until:
            continue
        if request.auto_confirm:
            start_work(match, ActorKind.SYSTEM, at=at)
        else:
            Match.objects.filter(pk=match.pk).update(
                **campaign_asked_columns(match, at=at, until=until), escalated_at=None
            )
        notify_campaign_about_match(MatchingNotice.OFFER_ACCEPTED, match, at=at)


def campaign_asked_columns(match: Match, *, at: datetime, until: datetime | None) -> ClockColumns:
    """Return the columns of the campaign's clock, which starts when it is asked about an acceptance.

    Where the acceptance is revocable `until` a time, the clock starts then: the campaign cannot confirm earlier.
    """
    return confirm_clock_columns(match, at=max(at, until or at)) | {"campaign_asked_at": at}


def start_work(match: Match, actor_kind: ActorKind, *, at: datetime) -> None:
    """Start the work of an accepted match: from now on both sides see each other's contact.

    The clock ends the morning after the request's last day or the election.
    """
    remind_at = at + timedelta(days=get_active_policy().campaign_silence_days)
    due_at = compute_handover_start(match, at=at)
    prepare_transition(match, "confirm", actor_kind)(at=at, due_at=due_at, remind_at=remind_at)
    notify_about_match(match.volunteer.user, MatchingNotice.WORK_STARTED, match, at=at)


def compute_handover_start(match: Match, *, at: datetime) -> datetime:
    """Return when the hand-over starts by itself: the morning after the last day or the election, at least `at`."""
    request = match.request
    _first, ends_on = limit_to_countable_days(request.starts_on, request.ends_on, on=at.date())
    last = min(ends_on, contest_of_match(match).election_on)
    return max(skip_quiet_hours(end_of_day(last, match.request.time_zone), match.volunteer.time_zone), at)


def _lock_matches(matches: "QuerySet[Match]") -> list[Match]:
    related = matches.select_related("volunteer__user", "seat__role", "request__campaign__candidate__contest")
    return list(related.select_for_update(no_key=True, of=("self",)).order_by("pk"))
