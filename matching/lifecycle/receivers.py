"""What follows in matching when a published request asks for something else."""

from datetime import datetime
from typing import Any

from campaigns.models import Request, Role, Seat
from matching.engine.feasibility import Reason
from matching.lifecycle.actions.clocks import end_orphaned_matches
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.notifications import notify_about_match
from matching.lifecycle.actions.teams import compute_handover_start, send_approved_offers, start_ready_members
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.lifecycle.queries.deadlines import offer_clock_columns
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.reasons import AutomaticReason
from matching.rules.states import STATES_HOLDING_SEAT, STATES_WORK_DONE, MatchState
from matching.rules.transitions import ActorKind
from matching.runs.actions.scheduling import queue_run_for_role


def on_request_amended(
    *, request: Request, roles: list[Role], words: bool, sought: bool, agreed: bool, at: datetime, **_: Any
) -> None:
    """Puts what has changed to whom it concerns: see “A request that changes” in docs/flow.md."""
    # The seats first: a run that is storing proposals for them has either done so, or finds the request changed.
    lock_rows(requests=[request.pk], seats=Seat.objects.filter(role__request=request).values_list("pk", flat=True))
    live = Match.objects.filter(seat__role__in=roles, state__in=(MatchState.PROPOSED, *STATES_HOLDING_SEAT))
    lock_rows(volunteers=live.values_list("volunteer_id", flat=True))
    held = live.filter(state__in=STATES_HOLDING_SEAT).order_by("pk").select_for_update(no_key=True, of=("self",))
    related = "request__campaign__candidate__contest", "seat__role", "volunteer__user"
    for match in held.select_related(*related):
        if sought or agreed:
            _apply_amendment(match, agreed=agreed, at=at)
        if words and match.state in (MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE):
            notify_about_match(match.volunteer.user, "changed", match, at=at, about=at.date())
    if (sought or agreed) and request.campaign.state == "verified" and not request.emergency:
        for role in roles:
            queue_run_for_role(role, at=at)
    send_approved_offers(request, at=at)
    start_ready_members(request, at=at)


def _apply_amendment(match: Match, *, agreed: bool, at: datetime) -> None:
    if match.state == MatchState.ACTIVE:
        if agreed:
            Match.objects.filter(pk=match.pk).update(due_at=compute_handover_start(match, at=at))
            notify_about_match(match.volunteer.user, "changed-terms", match, at=at, about=match.request.version)
    elif match.state == MatchState.APPROVED or match.is_broadcast:
        cancel_match(match, AutomaticReason.TERMS_CHANGED, at=at)
    elif agreed:
        # Not judged here: a campaign that changes one thing after the other would learn who can what.
        prepare_transition(match, "offer_again", ActorKind.SYSTEM)(
            at=at, offered_at=at, campaign_asked_at=None, **offer_clock_columns(match, at=at)
        )
        notify_about_match(match.volunteer.user, "asked-again", match, at=at)
    elif match.state == MatchState.ACCEPTED and not _still_meets_role(match, at=at):
        cancel_match(match, AutomaticReason.TERMS_CHANGED, at=at)


def _still_meets_role(match: Match, *, at: datetime) -> bool:
    """Whether somebody has what their role looks for now; all of it is shown to the campaign after a yes."""
    found = assess_pair(match, policy=get_active_policy(), at=at, holding=True)
    return not {Reason.LEVEL, Reason.LANGUAGE, Reason.VETTED} & {*found.failing}


def on_requests_reduced(*, requests: list[Request], at: datetime, **_: Any) -> None:
    """Whoever lost a place by it is told; a team that lacks nobody any more goes on."""
    # The seats first: a run that is storing proposals for them has either done so, or finds them gone.
    seats = Seat.objects.filter(role__request__in=requests).values_list("pk", flat=True)
    lock_rows(requests=[request.pk for request in requests], seats=seats)
    live = Match.objects.filter(request__in=requests, state__in=(MatchState.PROPOSED, *STATES_HOLDING_SEAT))
    lock_rows(volunteers=live.values_list("volunteer_id", flat=True))
    end_orphaned_matches(at=at, requests=requests, most=10_000)
    for request in requests:
        if request.state == Request.State.PUBLISHED:
            send_approved_offers(request, at=at)
            start_ready_members(request, at=at)


def on_occupied_seats_asked(*, seats: list[Seat], **_: Any) -> set[int]:
    """The seats that somebody holds, has been asked for, or has done the work of."""
    return set(
        Match.objects.filter(seat__in=seats, state__in=(*STATES_HOLDING_SEAT, *STATES_WORK_DONE)).values_list(
            "seat_id", flat=True
        )
    )
