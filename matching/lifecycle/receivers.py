"""Receivers of the signals of campaigns and volunteers.

They say what follows when a request or an election day changes. They also answer what the apps below ask: which seats
are taken, until when a campaign is verified, until when a raised hand is answered.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from campaigns.models import Campaign, Contest, Request, Role, Seat
from campaigns.signals import SeatStage
from core.clock_rules import end_working_day
from core.models import User
from matching.engine.feasibility import Reason
from matching.lifecycle import signals
from matching.lifecycle.actions.clocks import end_orphaned_matches
from matching.lifecycle.actions.duty_shifts import end_duty_of_former_reviewer
from matching.lifecycle.actions.incident_calls import promise_call
from matching.lifecycle.actions.incident_watch import notify_watching_reviewers
from matching.lifecycle.actions.interests import renew_interest_deadlines
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.notifications import notify_about_match
from matching.lifecycle.actions.stopped_campaigns import end_matches_of_stopped_campaign
from matching.lifecycle.actions.teams import compute_handover_start, send_approved_offers, start_ready_members
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.lifecycle.queries.deadlines import hand_answer_deadline, offer_clock_columns, review_deadline
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.matches import ASKED_IN_EMERGENCY
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import AutomaticReason
from matching.rules.states import STATES_BOTH_SIDES_KNOW, STATES_HOLDING_SEAT, STATES_WORK_DONE, MatchState
from matching.rules.transitions import ActorKind
from volunteers.models import Volunteer


def on_request_amended(
    *, request: Request, roles: list[Role], words: bool, sought: bool, agreed: bool, at: datetime, **_: Any
) -> None:
    """Apply an amendment to the request's matches; see “A request that changes” in docs/flow.md."""
    # Lock the seats first: a run that stores proposals for them has either finished, or finds the request changed.
    lock_rows(requests=[request.pk], seats=Seat.objects.filter(role__request=request).values_list("pk", flat=True))
    live = Match.objects.filter(seat__role__in=roles, state__in=(MatchState.PROPOSED, *STATES_HOLDING_SEAT))
    lock_rows(volunteers=live.values_list("volunteer_id", flat=True))
    holding = live.filter(state__in=STATES_HOLDING_SEAT).order_by("pk").select_for_update(no_key=True, of=("self",))
    related = "request__campaign__candidate__contest", "seat__role", "volunteer__user"
    for match in holding.select_related(*related):
        if sought or agreed:
            _apply_amendment(match, agreed=agreed, at=at)
        if words and match.state in (MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE):
            notify_about_match(match.volunteer.user, MatchingNotice.REQUEST_TEXT_CHANGED, match, at=at, about=at.date())
    if (sought or agreed) and request.campaign.state == "verified" and not request.emergency:
        for role in roles:
            signals.seats_opened.send(Match, role=role, at=at)
    send_approved_offers(request, at=at)
    start_ready_members(request, at=at)


def _apply_amendment(match: Match, *, agreed: bool, at: datetime) -> None:
    if match.state == MatchState.ACTIVE:
        if agreed:
            Match.objects.filter(pk=match.pk).update(due_at=compute_handover_start(match, at=at))
            notify_about_match(
                match.volunteer.user, MatchingNotice.REQUEST_TERMS_CHANGED, match, at=at, about=match.request.version
            )
    elif match.state == MatchState.APPROVED or match.is_broadcast:
        cancel_match(match, AutomaticReason.TERMS_CHANGED, at=at)
    elif agreed:
        # Ask without assessing the pair: else a campaign could learn by small amendments what each volunteer can do.
        prepare_transition(match, "offer_again", ActorKind.SYSTEM)(
            at=at, offered_at=at, campaign_asked_at=None, **offer_clock_columns(match, at=at)
        )
        notify_about_match(match.volunteer.user, MatchingNotice.OFFER_CHANGED, match, at=at)
    elif match.state == MatchState.ACCEPTED and not _still_meets_role(match, at=at):
        cancel_match(match, AutomaticReason.TERMS_CHANGED, at=at)


def _still_meets_role(match: Match, *, at: datetime) -> bool:
    """Return whether the volunteer still has the level, language and vetting that the role asks for.

    The campaign sees these three after an acceptance anyway, so that ending the match betrays nothing.
    """
    assessment = assess_pair(match, policy=get_active_policy(), at=at, holds_seat=True)
    return not {Reason.LEVEL, Reason.LANGUAGE, Reason.VETTED} & {*assessment.failing}


def on_requests_reduced(*, requests: list[Request], at: datetime, called_off: bool = False, **_: Any) -> None:
    """End the matches of closed seats and notify their volunteers, then advance teams that are complete by now.

    Where the campaign has called an incident off, it is promised a call, and the reviewers hear of it.
    """
    # Lock the seats first: a run that stores proposals for them has either finished, or finds them closed.
    seats = Seat.objects.filter(role__request__in=requests).values_list("pk", flat=True)
    lock_rows(requests=[request.pk for request in requests], seats=seats)
    live = Match.objects.filter(request__in=requests, state__in=(MatchState.PROPOSED, *STATES_HOLDING_SEAT))
    lock_rows(volunteers=live.values_list("volunteer_id", flat=True))
    end_orphaned_matches(at=at, requests=requests, most=10_000)
    for request in requests:
        if called_off and request.emergency and request.published_at is not None:
            promise_call(request, at=at)
            notify_watching_reviewers(MatchingNotice.INCIDENT_CALLED_OFF, request, at=at)
        if request.state == Request.State.PUBLISHED:
            send_approved_offers(request, at=at)
            start_ready_members(request, at=at)


def on_campaign_stopped(*, campaign: Campaign, at: datetime, **_: Any) -> None:
    """End what goes on for the campaign, and notify its volunteers."""
    end_matches_of_stopped_campaign(campaign, at=at)


def on_election_day_corrected(*, contest: Contest, at: datetime, **_: Any) -> None:
    """Move the end of work that has begun, which the election limits; the contest's requests are locked already."""
    active = Match.objects.filter(request__campaign__candidate__contest=contest, state=MatchState.ACTIVE)
    related = "request__campaign__candidate__contest", "volunteer"
    for match in active.select_related(*related).order_by("pk").select_for_update(no_key=True, of=("self",)):
        Match.objects.filter(pk=match.pk).update(due_at=compute_handover_start(match, at=at))


def on_occupied_seats_asked(*, seats: list[Seat], **_: Any) -> set[int]:
    """Return the ids of those seats that have a holder, an open offer or finished work."""
    return set(
        Match.objects.filter(seat__in=seats, state__in=(*STATES_HOLDING_SEAT, *STATES_WORK_DONE)).values_list(
            "seat_id", flat=True
        )
    )


_STAGES = {
    **dict.fromkeys((MatchState.PROPOSED, MatchState.APPROVED), SeatStage.IN_REVIEW),
    MatchState.OFFERED: SeatStage.OFFERED,
    **dict.fromkeys(STATES_BOTH_SIDES_KNOW, SeatStage.FILLED),
}


def on_seat_stages_asked(*, role_ids: list[int], **_: Any) -> dict[int, SeatStage]:
    """Return how far the seats of these roles are filled, in one statement.

    A place of an emergency is empty until both sides have said yes.
    """
    matches = Match.objects.filter(seat__role__in=role_ids, state__in=_STAGES).exclude(ASKED_IN_EMERGENCY)
    stages: dict[int, SeatStage] = {}
    for seat_id, state in matches.values_list("seat_id", "state"):
        stages[seat_id] = max(_STAGES[MatchState(state)], stages.get(seat_id, SeatStage.IN_REVIEW))
    return stages


def on_verification_deadline_asked(*, contest: Contest, at: datetime, **_: Any) -> datetime:
    """Return until when reviewers verify a campaign that waits since `at`.

    They have as long as for a review, and then to the end of their working day. A campaign further west reads that
    moment, too, and it is day there.
    """
    policy = get_active_policy()
    return end_working_day(review_deadline(policy, contest, at=at), policy.time_zone)


def on_user_saved(instance: User, update_fields: Collection[str] | None = None, **_: Any) -> None:
    """End the duty of a user who is no reviewer any more, however they lost the role."""
    if not instance.is_reviewer and (update_fields is None or {"is_staff", "is_active"} & set(update_fields)):
        end_duty_of_former_reviewer(instance, at=timezone.now())


def on_pause_ended(*, volunteer: Volunteer, at: datetime, **_: Any) -> None:
    """Promise a new answer to what the volunteer asked for before the pause."""
    renew_interest_deadlines(volunteer, at=at)


def on_answer_deadline_asked(*, time_zone: str, at: datetime, **_: Any) -> datetime:
    """Return until when a hand that is raised at `at` gets an answer."""
    return hand_answer_deadline(get_active_policy(), time_zone, at=at)
