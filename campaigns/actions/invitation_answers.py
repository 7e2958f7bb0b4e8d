"""Accept an invitation to act for a campaign."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.manager_changes import notify_of_new_manager
from campaigns.actions.memberships import add_member
from campaigns.actions.registration import check_unverified_count
from campaigns.actions.verification import promise_verification
from campaigns.link_tokens import hash_link_token
from campaigns.models import Campaign, Member, MemberInvitation
from campaigns.notice_types import CampaignNotice
from core.accounts.account_settings import change_account_settings
from core.email_addresses import list_own_addresses
from core.errors import WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice


@transaction.atomic
def accept_invitation(*, actor: User, token: str, first_name: str | None = None, at: datetime) -> Member:
    """Make `actor`, who has the link and has proved the address that it was sent to, a member. A link works once.

    A `first_name` that is given becomes that of the account.
    Raises WrongState (used, revoked, too old, none of ours, or sent to another address: one answer for all; a member
    already; the campaign is over, or stopped by its candidate), Invalid (manages too many unverified campaigns).
    """
    sent_invitation = MemberInvitation.objects.filter(token_digest=hash_link_token(token.strip())).first()
    if sent_invitation is None:
        raise WrongState(_invitation_unusable_text())
    # The campaign is locked before the invitation, as in all actions here; only then are both read as they are now.
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=sent_invitation.campaign_id)
    invitation = MemberInvitation.objects.select_for_update(no_key=True).get(pk=sent_invitation.pk)
    is_over = invitation.used_at or invitation.revoked_at or invitation.expires_at <= at
    # A stranger who has the link does not learn whether it still works.
    if is_over or invitation.email not in list_own_addresses(actor):
        raise WrongState(_invitation_unusable_text())
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so there is nothing to join any more."))
    if campaign.members.filter(user=actor).exists():
        raise WrongState(_("You are a member of this campaign already."))
    if invitation.position == Member.Position.MANAGER and campaign.state == Campaign.State.UNVERIFIED:
        check_unverified_count(actor)
    # The address has served its purpose: the member's account has one.
    MemberInvitation.objects.filter(pk=invitation.pk).update(used_at=at, email="")
    if first_name:
        change_account_settings(actor=actor, first_name=first_name)
    member = add_member(campaign, actor, position=invitation.position, at=at)
    if member.position == Member.Position.MANAGER:
        promise_verification(campaign, at=at)
        notify_of_new_manager(campaign, member, at=at)
        return member
    for other in campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk):
        cause = f"{CampaignNotice.MEMBER_JOINED}:{member.public_id}:{other.public_id}"
        enqueue_notice(
            to=other.user,
            kind=CampaignNotice.MEMBER_JOINED,
            cause=cause,
            subjects={"campaign": str(campaign.public_id)},
            at=at,
        )
    return member


def _invitation_unusable_text() -> str:
    return _(
        "This invitation was used or taken back, is too old, or was sent to another address than yours here. Sign in"
        " with that address, or ask for a new one."
    )
