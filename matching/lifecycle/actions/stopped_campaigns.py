"""End what goes on for a campaign that its candidate has stopped: its people are free, and it sees them no more."""

from datetime import datetime

from campaigns.models import Campaign, Seat
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.notifications import notify_about_match, notify_campaign_about_match
from matching.lifecycle.actions.transitions import cancel_match, prepare_transition
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import AutomaticReason
from matching.rules.states import STATES_NOT_OVER, MatchState
from matching.rules.transitions import ActorKind


def end_matches_of_stopped_campaign(campaign: Campaign, *, at: datetime) -> int:
    """End all matches of a campaign that are not over; return how many. Its requests are locked and cancelled already.

    Unlike at the end of a campaign, nothing is handed over: the campaign may not be the candidate's.
    """
    # Lock the seats first: a run that stores proposals for them has either finished, or finds the requests cancelled.
    lock_rows(seats=Seat.objects.filter(role__request__campaign=campaign).values_list("pk", flat=True))
    live = Match.objects.filter(request__campaign=campaign, state__in=STATES_NOT_OVER)
    lock_rows(volunteers=live.values_list("volunteer_id", flat=True))
    related = live.select_related("request__campaign__candidate__contest", "seat__role", "volunteer__user")
    matches = list(related.order_by("pk").select_for_update(no_key=True, of=("self",)))
    for match in matches:
        _end_match(match, at=at)
    return len(matches)


def _end_match(match: Match, *, at: datetime) -> None:
    reason = AutomaticReason.CAMPAIGN_STOPPED
    if match.state == MatchState.ACTIVE:
        prepare_transition(match, "release", ActorKind.SYSTEM)(at=at, reason=reason)
        notify_about_match(match.volunteer.user, MatchingNotice.WORK_STOPPED, match, at=at)
    elif match.state == MatchState.CLOSING:
        # The work is done, so it counts as completed; only the hand-over ends early.
        prepare_transition(match, "complete", ActorKind.SYSTEM)(at=at, reason=reason)
        notify_about_match(match.volunteer.user, MatchingNotice.MATCH_COMPLETED, match, at=at)
        notify_campaign_about_match(MatchingNotice.HANDOVER_ENDED, match, at=at)
    else:
        cancel_match(match, reason, at=at)
