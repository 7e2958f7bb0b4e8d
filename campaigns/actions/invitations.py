"""Invite people by mail to act for a campaign, and revoke their invitations."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_not_stopped
from campaigns.actions.invitation_limits import (
    check_campaign_invitation_count,
    check_sent_invitation_count,
    find_letter_time,
)
from campaigns.actions.manager_changes import require_proof_to_change_managers
from campaigns.actions.reviewers import check_not_own_address
from campaigns.link_tokens import derive_link_token, hash_link_token
from campaigns.member_queries import may_invite
from campaigns.models import Campaign, Member, MemberInvitation
from campaigns.notice_types import CampaignNotice
from campaigns.queries import is_manager, may_review
from core.email_addresses import normalize_address
from core.errors import NotAllowed, WrongState
from core.field_errors import FieldErrors
from core.models import User
from core.notifications.outbox import enqueue_notice

# Letters, the API's description and docs/flow.md say “a week”: change them too.
MEMBER_INVITATION_LIFETIME = timedelta(days=7)


@transaction.atomic
def invite_member(
    *,
    actor: User,
    campaign: Campaign,
    email: str,
    position: str,
    at: datetime,
    has_mfa: bool = False,
    authenticated_at: datetime | None = None,
) -> MemberInvitation:
    """Enqueue a mail with a link to an address. The answer is the same whether or not it has an account here.

    While an invitation to the address is open, no second mail is sent, but the position is updated. A manager invites;
    so does a reviewer where no one manages the campaign, but not themselves. An invitation to manage needs a sign-in of
    the last minutes (`authenticated_at`), by second factor (`has_mfa`) if the actor has one. Raises NotAllowed,
    ReauthenticationRequired, WrongState (the campaign is over, or stopped by its candidate), Invalid (the position;
    this address belongs to a member; too many invitations today).
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    _check_may_invite(actor, campaign, email=email, position=position)
    if is_manager(actor, campaign):
        check_not_stopped(campaign)
    if position == Member.Position.MANAGER:
        require_proof_to_change_managers(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    return create_invitation(campaign, email=email, position=position, by=actor, at=at)


def check_may_be_invited(actor: User, campaign: Campaign, *, email: str, position: str) -> None:
    """Check the inputs of an invitation. Raises NotAllowed, and Invalid, naming every input to correct."""
    _check_may_invite(actor, campaign, email=email, position=position)
    check_invitation(campaign, email=email, position=position)


def _check_may_invite(actor: User, campaign: Campaign, *, email: str, position: str) -> None:
    if not may_invite(actor, campaign, position):
        raise NotAllowed(_("Only this campaign's managers invite people. Ask a manager."))
    if not is_manager(actor, campaign):
        check_not_own_address(actor, email)


def check_invitation(campaign: Campaign, *, email: str, position: str) -> str:
    """Return the address as it is stored, if it can be invited to the position. Raises Invalid with all of it."""
    errors = FieldErrors()
    if position not in Member.Position.values:
        params = {"positions": ", ".join(Member.Position.values)}
        errors.add("position", _("Choose one of these positions: %(positions)s.") % params)
    with errors.collect():
        email = normalize_address(email)
    if campaign.members.filter(user__email=email).exists():
        errors.add("email", _("A member has this address already. Check the address."))
    errors.raise_if_any()
    return email


def create_invitation(
    campaign: Campaign, *, email: str, position: str, by: User | None, at: datetime
) -> MemberInvitation:
    """Invite an address to the campaign, which the caller has locked. Raises WrongState and Invalid.

    `by` is None where the candidate names a successor, whom no limit of a day keeps away.
    """
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so no one can be invited any more."))
    email = check_invitation(campaign, email=email, position=position)
    # Only one open invitation a campaign and address may exist, and an expired one would block the new one.
    close_invitations(campaign.invitations.filter(expires_at__lte=at), at=at)
    open_invitation = campaign.invitations.filter(email=email, used_at=None, revoked_at=None).first()
    if open_invitation is not None:
        if open_invitation.invited_by_id is None and by is not None:
            return open_invitation  # the candidate named them, so it stays as it is
        open_invitation.position, open_invitation.invited_by = position, by
        open_invitation.save()
        return open_invitation
    # The candidate names one successor for each manager whom they end. A manager who has used the day up, and is ended
    # for it, keeps no successor away.
    if by is not None:
        check_campaign_invitation_count(campaign, at=at)
        check_sent_invitation_count(by, at=at)
    due_at = find_letter_time(email, at=at) if by is not None else at
    return _store_invitation(campaign, email=email, position=position, by=by, at=at, due_at=due_at)


def _store_invitation(
    campaign: Campaign, *, email: str, position: str, by: User | None, at: datetime, due_at: datetime | None
) -> MemberInvitation:
    """Store an invitation, and enqueue its letter for `due_at`; it has none where that is None."""
    public_id = uuid4()
    invitation = MemberInvitation.objects.create(
        public_id=public_id,
        campaign=campaign,
        email=email,
        position=position,
        token_digest=hash_link_token(derive_link_token(CampaignNotice.MEMBER_INVITATION, public_id)),
        invited_by=by,
        invited_at=at,
        expires_at=at + MEMBER_INVITATION_LIFETIME,
    )
    cause, subjects = f"{CampaignNotice.MEMBER_INVITATION}:{public_id}", {"member_invitation": str(public_id)}
    enqueue_notice(
        to=email,
        kind=CampaignNotice.MEMBER_INVITATION,
        cause=cause,
        subjects=subjects,
        at=at,
        is_mailed=due_at is not None,
        due_at=due_at,
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: User, invitation: MemberInvitation, at: datetime) -> None:
    """Revoke an invitation, so that its link stops working. Revoking it twice is safe.

    Raises NotAllowed, WrongState (used already).
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=invitation.campaign_id)
    if not (is_manager(actor, campaign) or may_review(actor, campaign)):
        raise NotAllowed(_("Only this campaign's managers take invitations back. Ask a manager."))
    invitation.refresh_from_db()
    if invitation.used_at is not None:
        raise WrongState(_("This invitation was used already. Remove the member instead."))
    close_invitations(campaign.invitations.filter(pk=invitation.pk), at=at)


def close_invitations(invitations: "QuerySet[MemberInvitation]", *, at: datetime) -> None:
    """Revoke those of these invitations that are open, and delete the addresses they were sent to."""
    invitations.filter(used_at=None, revoked_at=None).update(revoked_at=at, email="")
