"""End a member's access to a campaign."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.filings import delete_safe_phone_of, has_safe_phone_of
from campaigns.actions.invitations import close_invitations
from campaigns.actions.locked_members import (
    check_decides_on_members,
    check_manager_remains,
    choose_successor,
    is_other_manager,
    lock_member,
    notify_member,
    reassign_requests,
)
from campaigns.actions.manager_changes import require_proof_to_change_managers, require_proof_to_delete_safe_phone
from campaigns.models import Campaign, Member
from campaigns.notice_types import ENDED_BY_MANAGER, CampaignNotice
from core.errors import NotAllowed, Stale
from core.models import User


@transaction.atomic
def remove_member(
    *,
    actor: User,
    member: Member,
    at: datetime,
    version: int | None = None,
    has_mfa: bool = False,
    authenticated_at: datetime | None = None,
) -> None:
    """End a member's access at once; a manager does so, or the member, who leaves.

    Invitations that the member sent end with it. Their volunteers are answered from now on by the one who removes them,
    or by the manager of longest standing. The safe phone that is theirs is deleted, and the managers hear of it. To
    remove another manager, or whose the safe phone is, needs a sign-in of the last minutes (`authenticated_at`), by
    second factor (`has_mfa`) if the actor has one. Raises NotAllowed, ReauthenticationRequired, NotFound (removed
    meanwhile), Stale, WrongState (the campaign would have no manager).
    """
    campaign, member = lock_member(member)
    if member.user_id != actor.pk:
        check_decides_on_members(actor, campaign)
    if version is not None and version != member.version:
        raise Stale(_("This member has changed since you loaded them. Load them again and check your decision."))
    if is_other_manager(actor, member):
        require_proof_to_change_managers(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    elif has_safe_phone_of(campaign, member.user):
        require_proof_to_delete_safe_phone(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    check_manager_remains(campaign, member)
    notify_of = ENDED_BY_MANAGER if member.user_id != actor.pk else ""
    end_member_access(campaign, member, to=choose_successor(campaign, actor, member), at=at, notify_of=notify_of)


def leave_campaign(
    *, actor: User, campaign: Campaign, at: datetime, has_mfa: bool = False, authenticated_at: datetime | None = None
) -> None:
    """End the user's own access to the campaign; proof as in `remove_member`.

    Raises NotAllowed (not a member), ReauthenticationRequired (the safe phone is theirs), WrongState (the only
    manager).
    """
    member = Member.objects.filter(user=actor, campaign=campaign).first()
    if member is None:
        raise NotAllowed(_("You do not act for this campaign, so there is nothing to leave."))
    remove_member(actor=actor, member=member, at=at, has_mfa=has_mfa, authenticated_at=authenticated_at)


def end_member_access(
    campaign: Campaign, member: Member, *, to: Member | None, at: datetime, notify_of: str = ""
) -> None:
    """Remove a locked member and what depends on them; `to` answers the volunteers from now on.

    `notify_of` is who has ended it, for the letter to the member: `ENDED_BY_MANAGER` or `ENDED_BY_CANDIDATE`. There is
    no letter where it is empty.
    """
    reassign_requests(campaign, member, to=to)
    close_invitations(campaign.invitations.filter(invited_by=member.user), at=at)
    user, public_id = member.user, member.public_id
    member.delete()
    delete_safe_phone_of(campaign, user, at=at)
    if notify_of:
        notify_member(user, CampaignNotice.ACCESS_ENDED, campaign, about=str(public_id), at=at, ended_by=notify_of)
