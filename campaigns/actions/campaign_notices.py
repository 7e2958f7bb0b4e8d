"""Enqueue notices about a campaign."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from campaigns.models import Campaign, Member
from core.models import User
from core.notifications.outbox import enqueue_notice


def notify_managers(kind: str, campaign: Campaign, *, at: datetime, due_at: datetime | None = None) -> None:
    """Enqueue a notice about the campaign to each of its managers. It leaves at `due_at`, or at once."""
    notify_users(kind, campaign, _manager_users(campaign), at=at, due_at=due_at)


def _manager_users(campaign: Campaign) -> "QuerySet[User]":
    return User.objects.filter(memberships__campaign=campaign, memberships__position=Member.Position.MANAGER)


def notify_users(
    kind: str, campaign: Campaign, users: Iterable[User], *, at: datetime, due_at: datetime | None = None
) -> None:
    """Enqueue a notice about the campaign to each of these users."""
    for user in users:
        cause = f"{kind}:{campaign.public_id}:{user.pk}:{at:%Y%m%d%H%M}"
        subjects = {"campaign": str(campaign.public_id)}
        enqueue_notice(to=user, kind=kind, cause=cause, subjects=subjects, at=at, due_at=due_at)
