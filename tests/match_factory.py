"""Matches in any state, written to the database as runs and actions write them, without a run of the matcher.

A match walks to its state through the transition table, one UPDATE a step, so that its recorded history is the real
one. Every step sets the clocks and enqueues the notices of the real action. What follows for others is left out: no
run is queued for a seat that comes free. `test_match_factory.py` compares the result with that of the actions.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from campaigns.models import Seat
from core.clock_rules import skip_quiet_hours
from core.models import User
from matching.lifecycle.actions.notifications import notify_about_match, notify_campaign_about_match
from matching.lifecycle.actions.teams import campaign_asked_columns, compute_handover_start
from matching.lifecycle.queries.deadlines import offer_clock_columns, review_deadline, team_clock_columns
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Run
from matching.rules.states import STATES_HOLDING_SEAT, MatchState
from tests.cast import Cast
from tests.notices import mark_notices_sent
from volunteers.actions.answers import record_answers
from volunteers.actions.availability import start_rest
from volunteers.models import Volunteer

_NO_CLOCK: dict[str, Any] = dict.fromkeys(("due_at", "remind_at", "escalated_at", "revocable_until"))

_TO_ACTIVE = (
    MatchState.PROPOSED,
    MatchState.APPROVED,
    MatchState.OFFERED,
    MatchState.ACCEPTED,
    MatchState.ACTIVE,
)

PATHS: dict[MatchState, tuple[MatchState, ...]] = {
    MatchState.PROPOSED: _TO_ACTIVE[:1],
    MatchState.APPROVED: _TO_ACTIVE[:2],
    MatchState.OFFERED: _TO_ACTIVE[:3],
    MatchState.ACCEPTED: _TO_ACTIVE[:4],
    MatchState.ACTIVE: _TO_ACTIVE,
    MatchState.CLOSING: (*_TO_ACTIVE, MatchState.CLOSING),
    MatchState.COMPLETED: (*_TO_ACTIVE, MatchState.CLOSING, MatchState.COMPLETED),
    MatchState.REJECTED: (*_TO_ACTIVE[:1], MatchState.REJECTED),
    MatchState.DECLINED: (*_TO_ACTIVE[:3], MatchState.DECLINED),
    MatchState.REFUSED: (*_TO_ACTIVE[:4], MatchState.REFUSED),
    MatchState.EXPIRED: (*_TO_ACTIVE[:3], MatchState.EXPIRED),
    MatchState.WITHDRAWN: (*_TO_ACTIVE[:4], MatchState.WITHDRAWN),
    MatchState.RELEASED: (*_TO_ACTIVE, MatchState.RELEASED),
    MatchState.SUPERSEDED: (*_TO_ACTIVE[:1], MatchState.SUPERSEDED),
}
"""The states that a match of the factory goes through, the proposal first and its own last."""


def create_match(
    state: MatchState, *, volunteer: Volunteer, seat: Seat, at: datetime, run: Run | None = None, reason: str = ""
) -> Match:
    """Create a match in this state that reached it at `at`; one that expired did so when its time was over.

    `run` is the run that proposed it, by default a new one. `reason` replaces the reason with which it ended.
    """
    match = _create_proposal(volunteer, seat, run or create_done_run(at), at)
    for step in PATHS[state][1:]:
        match = advance_match(match, step, at=at, reason=reason)
    return match


def create_done_run(at: datetime) -> Run:
    """Create a full run that has ended, without the arrays that explain it. Runs that waited are answered by it."""
    Run.objects.filter(state=Run.State.QUEUED).delete()
    return Run.objects.create(
        state=Run.State.DONE,
        policy=get_active_policy(),
        requested_at=at,
        started_at=at,
        finished_at=at,
        attempts=1,
        input_digest="0" * 64,
        volunteer_count=1,
        seat_count=1,
        filled_count=1,
        stored_count=1,
        pair_count=1,
        value=0,
        bound=0,
    )


def _create_proposal(volunteer: Volunteer, seat: Seat, run: Run, at: datetime) -> Match:
    """A proposal with its score and the reviewer's clock."""
    request = seat.role.request
    contest = request.campaign.candidate.contest
    match = Match.objects.create(
        run=run,
        volunteer=volunteer,
        seat=seat,
        request=request,
        score_parts={},
        score=0,
        proposed_at=at,
        state_changed_at=at,
        due_at=review_deadline(run.policy, contest, at=at, urgent=request.urgent),
    )
    assessment = assess_pair(match, policy=run.policy, at=at)
    parts = assessment.score_parts
    assert parts, f"This volunteer does not fit this seat, so no run proposes them: {assessment.failing}"
    Match.objects.filter(pk=match.pk).update(score_parts=parts, score=sum(parts.values()))
    return _load_match(match)


def advance_match(match: Match, target: MatchState, *, at: datetime, reason: str = "") -> Match:
    """Take one step of its path, as the action does that leads to `target`. Return the match as it is then."""
    columns: dict[str, Any] = {"state": target, "state_changed_at": at, "reason": "", "note": "", **_NO_CLOCK}
    if target == MatchState.SUPERSEDED:  # by a run, which counts no version
        columns |= {"reason": reason}
    else:
        make_columns, default_reason = _STEPS[target]
        columns |= {"version": F("version") + 1, **make_columns(match, at)}
        if target == PATHS[target][-1] and default_reason:
            columns["reason"] = reason or default_reason
    if target == MatchState.EXPIRED:
        at = columns["state_changed_at"]
    Match.objects.filter(pk=match.pk).update(**columns)
    match = _load_match(match)
    _enqueue_notices(match, at=at)
    if target == MatchState.OFFERED:
        record_answers([match.volunteer_id])
    if target == MatchState.CLOSING:
        rest = timedelta(days=get_active_policy().rest_days)
        start_rest(volunteer=match.volunteer, until=at.date() + rest, at=at)
    return match


def _approved_columns(match: Match, at: datetime) -> dict[str, Any]:
    return dict(team_clock_columns(match, at=at)) if match.request.staffing == "whole" else {}


def _offered_columns(match: Match, at: datetime) -> dict[str, Any]:
    return {"offered_at": at, **offer_clock_columns(match, at=at)}


def _accepted_columns(match: Match, at: datetime) -> dict[str, Any]:
    """The campaign's clock; in a team, and where the request confirms by itself, the wait for the others."""
    if match.request.staffing == "rolling" and not match.request.auto_confirm:
        return dict(campaign_asked_columns(match, at=at, until=None))
    return dict(team_clock_columns(match, at=at))


def _active_columns(match: Match, at: datetime) -> dict[str, Any]:
    silence = timedelta(days=get_active_policy().campaign_silence_days)
    return {"due_at": compute_handover_start(match, at=at), "remind_at": at + silence}


def _closing_columns(match: Match, at: datetime) -> dict[str, Any]:
    end = at + timedelta(days=get_active_policy().closing_days)
    return {"due_at": skip_quiet_hours(end, match.volunteer.time_zone)}


def _expired_columns(match: Match, at: datetime) -> dict[str, Any]:
    return {"state_changed_at": match.due_at}


def _no_columns(match: Match, at: datetime) -> dict[str, Any]:
    return {}


_STEPS: dict[MatchState, tuple[Callable[[Match, datetime], dict[str, Any]], str]] = {
    MatchState.APPROVED: (_approved_columns, ""),
    MatchState.OFFERED: (_offered_columns, ""),
    MatchState.ACCEPTED: (_accepted_columns, ""),
    MatchState.ACTIVE: (_active_columns, ""),
    MatchState.CLOSING: (_closing_columns, ""),
    MatchState.COMPLETED: (_no_columns, ""),
    MatchState.REJECTED: (_no_columns, "fit"),
    MatchState.DECLINED: (_no_columns, "time"),
    MatchState.REFUSED: (_no_columns, "hours"),
    MatchState.EXPIRED: (_expired_columns, ""),
    MatchState.WITHDRAWN: (_no_columns, "time"),
    MatchState.RELEASED: (_no_columns, "need"),
}
"""What a step writes beside the state, and the reason that a step needs."""

_NOTICES: dict[MatchState, tuple[str, str]] = {
    MatchState.OFFERED: ("offer", ""),
    MatchState.ACCEPTED: ("", "offer-accepted"),
    MatchState.ACTIVE: ("work-started", ""),
    MatchState.CLOSING: ("handover-started", "handover-started"),
    MatchState.COMPLETED: ("match-completed", ""),
    MatchState.REFUSED: ("match-ended", ""),
    MatchState.EXPIRED: ("offer-expired", ""),
    MatchState.WITHDRAWN: ("", "volunteer-withdrew"),
    MatchState.RELEASED: ("match-ended", ""),
}
"""The notices of a step: to the volunteer, and to the campaign."""


def _enqueue_notices(match: Match, *, at: datetime) -> None:
    to_volunteer, to_campaign = _NOTICES.get(MatchState(match.state), ("", ""))
    if to_volunteer:
        notify_about_match(match.volunteer.user, to_volunteer, match, at=at)
    if to_campaign and (match.state != MatchState.ACCEPTED or match.campaign_asked_at):
        notify_campaign_about_match(to_campaign, match, at=at)


def _load_match(match: Match) -> Match:
    """The match as it is in the database, with what the steps and the tests read of it."""
    related = (
        "volunteer__user",
        "seat__role__skill",
        "request__campaign__candidate__contest",
        "request__contact__user",
    )
    return Match.objects.select_related("run__policy", *related).get(pk=match.pk)


def make_match(cast: Cast, at: datetime, state: MatchState) -> Match:
    """Create a match of Alice in the one seat of Carol's request; its notices are still to be sent."""
    seat = Seat.objects.filter(role__request=cast.request).earliest("pk")
    return create_match(state, volunteer=cast.alice.volunteer, seat=seat, at=at)


def make_proposed_match(cast: Cast, at: datetime, user: User | None = None) -> Match:
    """Propose Alice, or another user, for the first seat that no volunteer holds."""
    free_seats = Seat.objects.filter(closed_at=None).exclude(matches__state__in=STATES_HOLDING_SEAT)
    volunteer = (user or cast.alice).volunteer
    return create_match(MatchState.PROPOSED, volunteer=volunteer, seat=free_seats.earliest("pk"), at=at)


def make_offered_match(cast: Cast, at: datetime) -> Match:
    """Alice has been asked, and has the letter."""
    match = make_match(cast, at, MatchState.OFFERED)
    mark_notices_sent()
    return match


def make_accepted_match(cast: Cast, at: datetime) -> Match:
    """Alice has said yes, and Carol has the letter."""
    match = make_match(cast, at, MatchState.ACCEPTED)
    mark_notices_sent()
    return match


def make_active_match(cast: Cast, at: datetime) -> Match:
    """Carol has said yes too."""
    return advance_match(make_accepted_match(cast, at), MatchState.ACTIVE, at=at)


def make_closing_match(cast: Cast, at: datetime) -> Match:
    """The work is done."""
    return advance_match(make_active_match(cast, at), MatchState.CLOSING, at=at)


MAKER_BY_STATE = {
    MatchState.PROPOSED: make_proposed_match,
    MatchState.OFFERED: make_offered_match,
    MatchState.ACCEPTED: make_accepted_match,
    MatchState.ACTIVE: make_active_match,
    MatchState.CLOSING: make_closing_match,
}
