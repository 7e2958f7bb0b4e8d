"""What follows once the people of a request are there: their offers leave, the campaign is asked, work begins."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from campaigns.models import Request, Seat
from core.accounts.queries import list_reviewers
from core.clock_rules import end_of_day, skip_quiet_hours
from matching.lifecycle.actions.notifications import (
    notify_about_match,
    notify_about_request,
    notify_campaign_about_match,
)
from matching.lifecycle.actions.offers import send_offer
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.queries.deadlines import ClockColumns, confirm_clock_columns
from matching.lifecycle.queries.matches import contact_of_request, contest_of_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.teams import compute_team_hours, find_missing_roles
from matching.models import HOLDS_SEAT, Match
from matching.rules.states import STATES_WORK_DONE, MatchState
from matching.rules.transitions import ActorKind


def send_approved_offers(request: Request, *, at: datetime) -> None:
    """Offers to everybody approved; in a request staffed whole not before each of its seats is held, or done with.

    Called with the request locked, as `start_ready_members` is.
    """
    if request.staffing == "whole":
        seats = Seat.objects.filter(role__request=request, closed_at=None)
        taken = Match.objects.filter(HOLDS_SEAT, request=request) | Match.objects.filter(
            request=request, state__in=STATES_WORK_DONE
        )
        if seats.exclude(pk__in=taken.values("seat")).exists():
            return
    for match in _lock_matches(Match.objects.filter(request=request, state=MatchState.APPROVED)):
        send_offer(match, at=at)


def start_ready_members(request: Request, *, at: datetime) -> None:
    """Asks the campaign about everybody who has said yes, once; where the request confirms itself, work begins.

    Somebody of a whole team waits until every role has its minimum of people, and work until a yes on the phone can no
    longer be taken back.
    """
    if request.staffing == "whole" and find_missing_roles(request):
        return
    there = _lock_matches(Match.objects.filter(request=request, state=MatchState.ACCEPTED, campaign_asked_at=None))
    if there and request.staffing == "whole" and not compute_team_hours(request, at=at).hours:
        contact = contact_of_request(request)
        notify_about_request("apart", request, [*list_reviewers(), *([contact] if contact else [])], at=at)
    for match in there:
        until = match.revocable_until
        if request.auto_confirm and until is not None and at < until:
            continue
        if request.auto_confirm:
            start_work(match, ActorKind.SYSTEM, at=at)
        else:
            Match.objects.filter(pk=match.pk).update(
                **campaign_asked_columns(match, at=at, until=until), escalated_at=None
            )
        notify_campaign_about_match("accepted", match, at=at)


def campaign_asked_columns(match: Match, *, at: datetime, until: datetime | None) -> ClockColumns:
    """The campaign's clock, which starts when it is asked about somebody's yes, as a move writes it.

    Where the yes can be taken back `until` then it starts at that time, for before it nobody can confirm.
    """
    return confirm_clock_columns(match, at=max(at, until or at)) | {"campaign_asked_at": at}


def start_work(match: Match, who: ActorKind, *, at: datetime) -> None:
    """Work begins: both sides see how to reach each other. It ends with the request, or with the election: the
    morning after.
    """
    remind_at = at + timedelta(days=get_active_policy().campaign_silence_days)
    prepare_transition(match, "confirm", who)(at=at, due_at=compute_handover_start(match, at=at), remind_at=remind_at)
    notify_about_match(match.volunteer.user, "begun", match, at=at)


def compute_handover_start(match: Match, *, at: datetime) -> datetime:
    """When the hand-over begins by itself: the morning after the request's last day or the election, or at once."""
    last = min(match.request.ends_on, contest_of_match(match).election_on)
    return max(skip_quiet_hours(end_of_day(last, match.request.time_zone), match.volunteer.time_zone), at)


def _lock_matches(matches: "QuerySet[Match]") -> list[Match]:
    related = matches.select_related("volunteer__user", "seat__role", "request__campaign__candidate__contest")
    return list(related.select_for_update(no_key=True, of=("self",)).order_by("pk"))
