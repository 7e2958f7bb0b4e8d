"""Open invitations as their links find them, and what a letter and a stranger with the link learn of one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress

from campaigns.link_tokens import derive_link_token, hash_link_token
from campaigns.models import Campaign, MemberInvitation
from campaigns.notice_types import CampaignNotice

HIDDEN_PART = "…"


@dataclass(frozen=True, slots=True)
class InvitationSummary:
    """Who invites, and as what. The letter and the open page of its link say the same.

    `inviter` is the proved address of a member, empty if the candidate or a reviewer invites. `campaign` and the
    inviter's `first_name` are empty until the campaign is verified: before, they are texts of a person whom no reviewer
    has checked, and would go to strangers.
    """

    inviter: str
    first_name: str
    campaign: str
    position: str


def find_invitation(token: str, *, at: datetime) -> MemberInvitation | None:
    """Return the open invitation with this token, or None."""
    invitations = MemberInvitation.objects.filter(
        token_digest=hash_link_token(token.strip()), used_at=None, revoked_at=None
    )
    return invitations.filter(expires_at__gt=at).select_related("campaign").first()


def derive_invitation_token(public_id: UUID) -> str:
    """Return the token of the link of the invitation with this public id."""
    return derive_link_token(CampaignNotice.MEMBER_INVITATION, public_id)


def summarize_invitation(invitation: MemberInvitation) -> InvitationSummary:
    """Return what the holder of the link may learn of an open invitation."""
    # With a proved address only: an account may claim one that is not its own.
    inviters = EmailAddress.objects.filter(
        user=invitation.invited_by_id, user__memberships__campaign=invitation.campaign_id, primary=True, verified=True
    )
    found = inviters.values_list("email", "user__first_name").first() if invitation.invited_by_id else None
    inviter, first_name = found or ("", "")
    is_checked = invitation.campaign.state == Campaign.State.VERIFIED
    return InvitationSummary(
        inviter=inviter,
        first_name=first_name if is_checked else "",
        campaign=invitation.campaign.name if is_checked else "",
        position=str(invitation.get_position_display()),
    )


def hide_address(email: str) -> str:
    """Return an address of which only its owner recognizes the rest: its first letter, and what stands after the @."""
    name, _separator, domain = email.rpartition("@")
    return f"{name[:1]}{HIDDEN_PART}@{domain}"
