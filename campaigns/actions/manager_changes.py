"""What every change of a campaign's managers needs, and who hears of a new one.

A manager's session that was stolen or left open must neither bring in another manager nor put one out.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Campaign, Member
from campaigns.notice_types import CampaignNotice
from core.accounts.reauthentication import require_recent_authentication
from core.models import User
from core.notifications.outbox import enqueue_notice


def require_proof_to_change_managers(
    actor: User, *, has_mfa: bool, authenticated_at: datetime | None, at: datetime
) -> None:
    """Raise ReauthenticationRequired unless the actor has authenticated within the last minutes.

    `authenticated_at` is None for a personal token, and of a second factor if `has_mfa`.
    """
    message = _("This changes who manages the campaign, so show once more that it is you. Then ask for it again.")
    require_recent_authentication(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at, message=message)


def require_proof_to_delete_safe_phone(
    actor: User, *, has_mfa: bool, authenticated_at: datetime | None, at: datetime
) -> None:
    """Raise ReauthenticationRequired as above: with a person goes the phone on which we reach the campaign in need."""
    message = _("This deletes the phone on which we reach you in need. Show once more that it is you, and ask again.")
    require_recent_authentication(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at, message=message)


def notify_of_new_manager(campaign: Campaign, member: Member, *, at: datetime) -> None:
    """Enqueue a notice to each other manager, also to the one who invited or promoted the new one."""
    kind, subjects = CampaignNotice.MANAGER_ADDED, {"campaign": str(campaign.public_id)}
    others = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk).select_related("user")
    for other in others:
        cause = f"{kind}:{member.public_id}:{member.version}:{other.public_id}"
        enqueue_notice(to=other.user, kind=kind, cause=cause, subjects=subjects, at=at)
