"""Change what a member may do for a campaign."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

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
from campaigns.actions.manager_changes import notify_of_new_manager, require_proof_to_change_managers
from campaigns.actions.memberships import set_position
from campaigns.actions.registration import manages_enough_unverified
from campaigns.daily_limits import MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY
from campaigns.models import Campaign, Member
from campaigns.notice_types import CampaignNotice
from campaigns.queries import EDITOR_POSITIONS
from core.daily_limits import check_daily_rows
from core.errors import Invalid, Stale, TooMany
from core.models import User

_MemberEvent = Member.pgh_event_model  # type: ignore[attr-defined]


@transaction.atomic
def change_position(
    *,
    actor: User,
    member: Member,
    position: str,
    at: datetime,
    version: int | None = None,
    has_mfa: bool = False,
    authenticated_at: datetime | None = None,
) -> Member:
    """Change what a member may do for the campaign; a manager does so, and the member is informed.

    The other managers hear of a new one. A member who may no longer answer a request's volunteers hands that over. To
    make another member a manager, or one no longer a manager, needs a sign-in of the last minutes (`authenticated_at`),
    by second factor (`has_mfa`) if the actor has one. Raises NotAllowed, ReauthenticationRequired, NotFound (removed
    meanwhile), Stale, Invalid (the position), TooManyRequests, WrongState (the campaign would have no manager; the
    candidate has stopped it, and the position is a higher one), TooMany (the member manages too many unverified
    campaigns).
    """
    campaign, member = lock_member(member)
    check_decides_on_members(actor, campaign)
    if version is not None and version != member.version:
        raise Stale(_("This member has changed since you loaded them. Load them again and check your decision."))
    _check_position(position)
    if position == member.position:
        return member
    is_new_manager = position == Member.Position.MANAGER
    if is_new_manager or is_other_manager(actor, member):
        require_proof_to_change_managers(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    if is_new_manager:
        _check_may_manage(campaign, member)
    else:
        check_manager_remains(campaign, member)
    _check_change_count(member, at=at)
    if member.position == Member.Position.MANAGER:
        # They no longer decide who acts for the campaign, and neither do their invitations.
        close_invitations(campaign.invitations.filter(invited_by=member.user), at=at)
    set_position(campaign, member, position)
    if position not in EDITOR_POSITIONS:
        reassign_requests(campaign, member, to=choose_successor(campaign, actor, member))
    _notify_of_position(campaign, member, at=at)
    return member


def make_manager(campaign: Campaign, member: Member, *, at: datetime) -> Member:
    """Make a locked member a manager, and inform them and the other managers. One who is a manager stays as they are.

    Raises WrongState (the candidate has stopped it), TooMany (the member manages too many unverified campaigns).
    """
    if member.position == Member.Position.MANAGER:
        return member
    _check_may_manage(campaign, member)
    set_position(campaign, member, Member.Position.MANAGER)
    _notify_of_position(campaign, member, at=at)
    return member


def _notify_of_position(campaign: Campaign, member: Member, *, at: datetime) -> None:
    """Inform a member of their new position, and the other managers of a new one."""
    about = f"{member.public_id}:{member.version}"
    notify_member(member.user, CampaignNotice.POSITION_CHANGED, campaign, about=about, at=at)
    if member.position == Member.Position.MANAGER:
        notify_of_new_manager(campaign, member, at=at)


def _check_may_manage(campaign: Campaign, member: Member) -> None:
    """Raise TooMany where the campaign is unverified, and the member manages as many such campaigns as they may."""
    if campaign.state == Campaign.State.UNVERIFIED and manages_enough_unverified(member.user):
        raise TooMany(_("This member manages too many unverified campaigns. Wait until this one is verified."))


def _check_position(position: str) -> None:
    if position not in Member.Position.values:
        params = {"positions": ", ".join(Member.Position.values)}
        raise Invalid(_("Choose one of these positions: %(positions)s.") % params, field="position")


def _check_change_count(member: Member, *, at: datetime) -> None:
    """Raise TooManyRequests when the member's position was changed as often as it may be within a day."""
    limit, changes = MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY, _MemberEvent.objects.filter(pgh_obj=member)
    message = _("A position is changed at most %(limit)s times a day. Change it again tomorrow.") % {"limit": limit}
    updates = changes.filter(pgh_label="update")
    check_daily_rows(updates, "pgh_created_at", limit=limit, message=message, at=at, field="position")
