"""Remind the administrators of contests in which something waits and every reviewer has a part."""

from datetime import datetime

from django.db.models import QuerySet

from campaigns.actions.reviewers import notify_administrators
from campaigns.models import Campaign, CandidateStop, Contest
from core.conflict_of_interest import find_contests_without_reviewer
from core.zone_loading import load_time_zone
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, ProblemReport
from matching.rules.states import MatchState

_WEEKEND_DAYS = (5, 6)


def remind_of_missing_reviewers(*, at: datetime) -> int:
    """Notify the administrators, once a working day, of contests that wait in vain for a reviewer; return how many.

    Problem reports, late proposals, paused campaigns and candidates' stops wait. Campaigns to verify have a reminder of
    their own.
    """
    if at.astimezone(load_time_zone(get_active_policy().time_zone)).weekday() in _WEEKEND_DAYS:
        return 0
    contest_ids = find_contests_without_reviewer(set(_contests_awaiting_review().values_list("pk", flat=True)))
    notify_administrators(contest_ids, at=at)
    return len(contest_ids)


def _contests_awaiting_review() -> "QuerySet[Contest]":
    late_proposals = Match.objects.filter(state=MatchState.PROPOSED, escalated_at__isnull=False)
    open_reports = ProblemReport.objects.filter(handled_at=None)
    paused = Campaign.objects.filter(paused_at__isnull=False).exclude(state=Campaign.State.ENDED)
    waiting = late_proposals.values_list("request__campaign__candidate__contest").union(
        open_reports.order_by().values_list("match__request__campaign__candidate__contest"),
        paused.values_list("candidate__contest"),
        CandidateStop.objects.filter(handled_at=None).order_by().values_list("campaign__candidate__contest"),
    )
    return Contest.objects.filter(pk__in=waiting)
