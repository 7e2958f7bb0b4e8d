"""Remind reviewers, managers and volunteers of what waits for them outside any single match."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.models import Campaign, Member
from campaigns.queries import campaigns_awaiting_verification
from core.accounts.queries import list_reviewers
from core.models import Notice
from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.lifecycle.queries.deadlines import review_deadline
from matching.models import Policy
from volunteers.models import Volunteer

_AVAILABILITY_REMINDER_LEAD = timedelta(days=7)
_LONG_SILENT_AFTER = timedelta(days=60)
_AFTER_PRIMARY_PERIOD = timedelta(days=3)
_WEEKEND_DAYS = (5, 6)


def remind_of_unverified_campaigns(*, policy: Policy, at: datetime) -> int:
    """Remind the reviewers, once a working day, of campaigns that have waited too long to be verified.

    Their managers get one notice about the delay. Return how many campaigns have waited longer than a review may take.
    """
    if at.astimezone(ZoneInfo(policy.time_zone)).weekday() in _WEEKEND_DAYS:
        return 0
    waiting = campaigns_awaiting_verification()
    overdue = [
        campaign
        for campaign in waiting
        if review_deadline(policy, campaign.candidate.contest, since=campaign.created_at, at=at) <= at
    ]
    if overdue:
        day = f"{at:%Y%m%d}"
        enqueue_notices(
            [PendingNotice(to, "verify-waits", f"verify-waits:{to.pk}:{day}", {}) for to in list_reviewers()], at=at
        )
    _notify_managers("being-verified", overdue, at=at)
    return len(overdue)


def ask_after_primaries(*, at: datetime) -> int:
    """Ask managers once how the campaign goes on after its primary; after a loss the work is handed over.

    Return how many campaigns had their primary in the last days.
    """
    days = at.date() - _AFTER_PRIMARY_PERIOD, at.date() - timedelta(days=1)
    campaigns = Campaign.objects.filter(state=Campaign.State.VERIFIED, candidate__contest__primary_on__range=days)
    return _notify_managers("primary-over", list(campaigns), at=at)


def _notify_managers(kind: str, campaigns: Sequence[Campaign], *, at: datetime) -> int:
    """Enqueue one notice to each manager of these campaigns; return the number of campaigns."""
    managers = Member.objects.filter(campaign__in=campaigns, position=Member.Position.MANAGER)
    notices = [
        PendingNotice(manager.user, kind, f"{kind}:{manager.public_id}", {"campaign": str(manager.campaign.public_id)})
        for manager in managers.select_related("user", "campaign")
    ]
    enqueue_notices(notices, at=at)
    return len(campaigns)


def ask_to_confirm_availability(*, policy: Policy, at: datetime, most: int = 500) -> int:
    """Ask volunteers to confirm their hours a week before these expire, and return how many are asked.

    Each confirmation leads to one question at most. Volunteers who have been silent for long are not asked.
    """
    since = at - timedelta(days=policy.availability_valid_days) + _AVAILABILITY_REMINDER_LEAD
    earlier_questions = Notice.objects.filter(
        recipient=OuterRef("user"), kind="still-there", created_at__gt=OuterRef("availability_confirmed_at")
    )
    stale = Volunteer.objects.filter(
        ~Exists(earlier_questions),
        state=Volunteer.State.ACTIVE,
        user__is_active=True,
        availability_confirmed_at__lte=since,
        availability_confirmed_at__gt=since - _LONG_SILENT_AFTER,
    )
    return _notify_volunteers(
        "still-there",
        stale.order_by("pk")[:most],
        lambda volunteer: f"{volunteer.availability_confirmed_at:%Y%m%d}",
        at=at,
    )


def _notify_volunteers(
    kind: str, people: "QuerySet[Volunteer]", occasion: Callable[[Volunteer], str], *, at: datetime
) -> int:
    notices = [
        PendingNotice(
            volunteer.user,
            kind,
            f"{kind}:{volunteer.public_id}:{occasion(volunteer)}",
            {"volunteer": str(volunteer.public_id)},
        )
        for volunteer in people.select_related("user")
        if volunteer.user is not None
    ]
    enqueue_notices(notices, at=at)
    return len(notices)
