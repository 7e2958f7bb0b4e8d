"""How many invitations a campaign, a person and an address have a day, and how many letters wait."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from campaigns.models import Campaign, MemberInvitation
from campaigns.notice_types import CampaignNotice
from core.clock_rules import ONE_DAY
from core.daily_limits import check_daily_rows
from core.models import Notice, User
from core.notifications.outbox import MAX_POSTPONEMENT

MAX_INVITATIONS_PER_DAY = 20
"""Invitations that one campaign can have sent within a day, so that no one can fill mailboxes through us.

A successor whom the candidate names is not refused for it.
"""
MAX_INVITATIONS_PER_USER_PER_DAY = 20
"""Invitations that one person can have sent within a day for all campaigns, ended ones too."""
MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY = 3
"""Invitations of all campaigns that reach one address within a day. Others wait, for two days at most.

No one is refused for it, or told: a refusal would tell that others invite this person, too.
"""
MAX_WAITING_INVITATION_LETTERS = 6
"""Letters that wait so for one address. What comes beyond has no letter: it stands in the list of invitations."""


def check_campaign_invitation_count(campaign: Campaign, *, at: datetime) -> None:
    """Raise TooManyRequests when the locked campaign had as many invitations sent as it may within a day."""
    limit = MAX_INVITATIONS_PER_DAY
    message = _("The limit is %(limit)s invitations a day. Send the others tomorrow.") % {"limit": str(limit)}
    check_daily_rows(campaign.invitations.all(), "invited_at", limit=limit, message=message, at=at, field="email")


def check_sent_invitation_count(user: User, *, at: datetime) -> None:
    """Lock the account, and raise TooManyRequests when it sent as many invitations as it may within a day."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    limit, sent = MAX_INVITATIONS_PER_USER_PER_DAY, MemberInvitation.objects.filter(invited_by=user)
    message = _("A person sends at most %(limit)s invitations a day. Send the others tomorrow.")
    check_daily_rows(sent, "invited_at", limit=limit, message=message % {"limit": str(limit)}, at=at, field="email")


def find_letter_time(email: str, *, at: datetime) -> datetime | None:
    """Lock an address, and return when a letter may go to it: now, or in two days at most. None where too many wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"invitations to {email}"])
    letters = Notice.objects.filter(address=email, kind=CampaignNotice.MEMBER_INVITATION).order_by("-due_at")
    newest = list(letters.values_list("due_at", flat=True)[:MAX_WAITING_INVITATION_LETTERS])
    if sum(due_at > at for due_at in newest) >= MAX_WAITING_INVITATION_LETTERS:
        return None
    if len(newest) < MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY:
        return at
    next_at = newest[MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY - 1] + ONE_DAY
    return min(max(at, next_at), at + MAX_POSTPONEMENT)
