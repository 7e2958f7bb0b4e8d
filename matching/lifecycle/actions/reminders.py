"""Word to those who wait: a dated answer when nothing fits, and the question whether their hours are still right."""

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
    """Reminds the reviewers, once a working day, of campaigns that have waited longer than a review to be verified.

    Whoever manages one hears once that it takes longer than it should. Returns how many campaigns wait so long.
    """
    if at.astimezone(ZoneInfo(policy.time_zone)).weekday() in _WEEKEND_DAYS:
        return 0
    waiting = campaigns_awaiting_verification()
    late = [one for one in waiting if review_deadline(policy, one.candidate.contest, since=one.created_at, at=at) <= at]
    if late:
        day = f"{at:%Y%m%d}"
        enqueue_notices(
            [PendingNotice(to, "verify-waits", f"verify-waits:{to.pk}:{day}", {}) for to in list_reviewers()], at=at
        )
    _notify_managers("being-verified", late, at=at)
    return len(late)


def ask_after_primaries(*, at: datetime) -> int:
    """Asks managers, once, how it goes on after their primary: if it is lost, work is handed over.

    Returns how many campaigns' primaries have just been.
    """
    days = at.date() - _AFTER_PRIMARY_PERIOD, at.date() - timedelta(days=1)
    campaigns = Campaign.objects.filter(state=Campaign.State.VERIFIED, candidate__contest__primary_on__range=days)
    return _notify_managers("primary-over", list(campaigns), at=at)


def _notify_managers(kind: str, campaigns: Sequence[Campaign], *, at: datetime) -> int:
    """Owes whoever manages these campaigns word of a kind, once; returns how many campaigns there are."""
    managers = Member.objects.filter(campaign__in=campaigns, position=Member.Position.MANAGER)
    owed = [
        PendingNotice(one.user, kind, f"{kind}:{one.public_id}", {"campaign": str(one.campaign.public_id)})
        for one in managers.select_related("user", "campaign")
    ]
    enqueue_notices(owed, at=at)
    return len(campaigns)


def ask_to_confirm_availability(*, policy: Policy, at: datetime, most: int = 500) -> int:
    """Asks people to confirm their hours, a week before these no longer count; returns how many are asked.

    Once for each time that they have confirmed them. Who has been silent since long before is left alone.
    """
    since = at - timedelta(days=policy.availability_valid_days) + _AVAILABILITY_REMINDER_LEAD
    asked = Notice.objects.filter(
        recipient=OuterRef("user"), kind="still-there", created_at__gt=OuterRef("availability_confirmed_at")
    )
    stale = Volunteer.objects.filter(
        ~Exists(asked),
        state=Volunteer.State.ACTIVE,
        user__is_active=True,
        availability_confirmed_at__lte=since,
        availability_confirmed_at__gt=since - _LONG_SILENT_AFTER,
    )
    return _notify_volunteers(
        "still-there", stale.order_by("pk")[:most], lambda one: f"{one.availability_confirmed_at:%Y%m%d}", at=at
    )


def _notify_volunteers(
    kind: str, people: "QuerySet[Volunteer]", when: Callable[[Volunteer], str], *, at: datetime
) -> int:
    owed = [
        PendingNotice(one.user, kind, f"{kind}:{one.public_id}:{when(one)}", {"volunteer": str(one.public_id)})
        for one in people.select_related("user")
        if one.user is not None
    ]
    enqueue_notices(owed, at=at)
    return len(owed)
