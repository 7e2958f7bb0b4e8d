"""Remind reviewers of unverified campaigns, and ask managers what happens after their primary."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from campaigns.actions.reviewers import notify_administrators
from campaigns.models import Campaign, Member
from campaigns.notice_types import CampaignNotice
from campaigns.queries import campaigns_awaiting_verification
from core.conflict_of_interest import find_contests_without_reviewer, list_reviewers_of_any
from core.notifications.outbox import PendingNotice, enqueue_notices
from core.zone_loading import load_time_zone

_AFTER_PRIMARY_PERIOD = timedelta(days=3)
_WEEKEND_DAYS = (5, 6)


def remind_of_unverified_campaigns(*, time_zone: str, at: datetime) -> int:
    """Remind the reviewers, once a working day, of campaigns whose verification is past its promised time.

    Those without a part in a contest verify its campaigns. Where there is none, the administrators are notified.

    `time_zone` is where the reviewers work. The managers of a late campaign are told once that it takes longer than it
    should. Return the number of late campaigns.
    """
    today = at.astimezone(load_time_zone(time_zone))
    if today.weekday() in _WEEKEND_DAYS:
        return 0
    late_campaigns = list(campaigns_awaiting_verification().filter(answer_due_at__lte=at))
    if late_campaigns:
        contest_ids = {campaign.candidate.contest_id for campaign in late_campaigns}
        notices = [
            PendingNotice(
                reviewer,
                CampaignNotice.VERIFICATION_OVERDUE,
                f"{CampaignNotice.VERIFICATION_OVERDUE}:{reviewer.pk}:{at:%Y%m%d}",
                {},
            )
            for reviewer in list_reviewers_of_any(contest_ids)
        ]
        enqueue_notices(notices, at=at)
        notify_administrators(find_contests_without_reviewer(contest_ids), at=at)
    _notify_managers(CampaignNotice.VERIFICATION_DELAYED, late_campaigns, at=at)
    return len(late_campaigns)


def ask_after_primaries(*, at: datetime) -> int:
    """Ask managers, once, how their campaign goes on after its primary: after a lost one, work is handed over.

    Return the number of verified campaigns whose primary was in the last days.
    """
    days = at.date() - _AFTER_PRIMARY_PERIOD, at.date() - timedelta(days=1)
    verified = Campaign.objects.filter(state=Campaign.State.VERIFIED)
    campaigns = list(verified.filter(candidate__contest__primary_on__range=days))
    _notify_managers(CampaignNotice.ELECTION_DAY_PASSED, campaigns, at=at)
    return len(campaigns)


def _notify_managers(kind: str, campaigns: Sequence[Campaign], *, at: datetime) -> None:
    """Enqueue a notice of this kind for the managers of these campaigns, at most once for each manager."""
    managers = Member.objects.filter(campaign__in=campaigns, position=Member.Position.MANAGER)
    notices = [
        PendingNotice(manager.user, kind, f"{kind}:{manager.public_id}", {"campaign": str(manager.campaign.public_id)})
        for manager in managers.select_related("user", "campaign")
    ]
    enqueue_notices(notices, at=at)
