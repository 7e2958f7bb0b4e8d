"""Change a member's position, and end their access to a campaign."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.filings import delete_safe_phone_of, has_safe_phone_of
from campaigns.actions.invitations import close_invitations
from campaigns.actions.manager_changes import (
    notify_of_new_manager,
    require_proof_to_change_managers,
    require_proof_to_delete_safe_phone,
)
from campaigns.actions.registration import manages_enough_unverified
from campaigns.draft_rules import MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY
from campaigns.models import Campaign, Member, Request
from campaigns.notice_types import CampaignNotice
from campaigns.queries import EDITOR_POSITIONS, is_manager
from core.clock_rules import ONE_DAY
from core.errors import Invalid, NotAllowed, NotFound, Stale, TooMany, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice

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
    meanwhile), Stale, Invalid (the position; too many changes today), WrongState (the campaign would have no manager;
    the member manages too many unverified campaigns).
    """
    campaign, member = lock_member(member)
    _check_manager(actor, campaign)
    if version is not None and version != member.version:
        raise Stale(_("This member has changed since you loaded them. Load them again and check your decision."))
    _check_position(position)
    if position == member.position:
        return member
    is_new_manager = position == Member.Position.MANAGER
    if is_new_manager or _is_other_manager(actor, member):
        require_proof_to_change_managers(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    if not is_new_manager:
        _check_manager_remains(campaign, member)
    elif campaign.state == Campaign.State.UNVERIFIED and manages_enough_unverified(member.user):
        raise TooMany(_("This member manages too many unverified campaigns. Wait until this one is verified."))
    _check_change_count(member, at=at)
    if member.position == Member.Position.MANAGER:
        # They no longer decide who acts for the campaign, and neither do their invitations.
        close_invitations(campaign.invitations.filter(invited_by=member.user), at=at)
    member.position = position
    member.version += 1
    member.save()
    if position not in EDITOR_POSITIONS:
        reassign_requests(campaign, member, to=_choose_successor(campaign, actor, member))
    notify_member(
        member.user, CampaignNotice.POSITION_CHANGED, campaign, about=f"{member.public_id}:{member.version}", at=at
    )
    if is_new_manager:
        notify_of_new_manager(campaign, member, at=at)
    return member


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
        _check_manager(actor, campaign)
    if version is not None and version != member.version:
        raise Stale(_("This member has changed since you loaded them. Load them again and check your decision."))
    if _is_other_manager(actor, member):
        require_proof_to_change_managers(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    elif has_safe_phone_of(campaign, member.user):
        require_proof_to_delete_safe_phone(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    _check_manager_remains(campaign, member)
    end_member_access(
        campaign, member, to=_choose_successor(campaign, actor, member), at=at, notify=member.user_id != actor.pk
    )


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


def lock_member(member: Member) -> tuple[Campaign, Member]:
    """Lock the campaign and the member, and return both as they are now.

    The requests that the member answers for are locked first, as in every action that locks requests and campaigns.
    Raises NotFound when the member has been removed meanwhile.
    """
    answered_requests = Request.objects.filter(contact=member.pk).order_by("pk")
    list(answered_requests.select_for_update(no_key=True).values_list("pk"))
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=member.campaign_id)
    # Another action may be making this member the contact of one more request: it waits here, and then finds no member.
    locked = Member.objects.select_for_update(of=("self",)).select_related("user").filter(pk=member.pk).first()
    if locked is None:
        raise NotFound(_("This person does not act for the campaign any more. Load its members again."))
    return campaign, locked


def make_manager(campaign: Campaign, member: Member, *, at: datetime) -> Member:
    """Make a locked member a manager, and inform them and the other managers. One who is a manager stays as they are.

    Raises TooMany (the member manages too many unverified campaigns).
    """
    if member.position == Member.Position.MANAGER:
        return member
    if campaign.state == Campaign.State.UNVERIFIED and manages_enough_unverified(member.user):
        raise TooMany(_("This member manages too many unverified campaigns. Wait until this one is verified."))
    member.position = Member.Position.MANAGER
    member.version += 1
    member.save()
    about = f"{member.public_id}:{member.version}"
    notify_member(member.user, CampaignNotice.POSITION_CHANGED, campaign, about=about, at=at)
    notify_of_new_manager(campaign, member, at=at)
    return member


def _check_position(position: str) -> None:
    if position not in Member.Position.values:
        params = {"positions": ", ".join(Member.Position.values)}
        raise Invalid(_("Choose one of these positions: %(positions)s.") % params, field="position")


def end_member_access(campaign: Campaign, member: Member, *, to: Member | None, at: datetime, notify: bool) -> None:
    """Remove a locked member and what depends on them; `to` answers the volunteers from now on."""
    reassign_requests(campaign, member, to=to)
    close_invitations(campaign.invitations.filter(invited_by=member.user), at=at)
    user, public_id = member.user, member.public_id
    member.delete()
    delete_safe_phone_of(campaign, user, at=at)
    if notify:
        notify_member(user, CampaignNotice.ACCESS_ENDED, campaign, about=str(public_id), at=at)


def reassign_requests(campaign: Campaign, member: Member, *, to: Member | None) -> None:
    """Make `to` the contact of the requests that the member answered for."""
    Request.objects.filter(campaign=campaign, contact=member).update(contact=to, version=F("version") + 1)


def notify_member(user: User, kind: str, campaign: Campaign, *, about: str, at: datetime) -> None:
    """Enqueue a notice to a user about what they may do for a campaign."""
    subjects = {"campaign": str(campaign.public_id)}
    enqueue_notice(to=user, kind=kind, cause=f"{kind}:{about}:{user.pk}", subjects=subjects, at=at)


def _check_manager(actor: User, campaign: Campaign) -> None:
    if not is_manager(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers decide who acts for it, and as what. Ask a manager."))


def _check_change_count(member: Member, *, at: datetime) -> None:
    """Raise Invalid when the member's position was changed as often as it may be within a day."""
    changes = _MemberEvent.objects.filter(pgh_obj=member, pgh_label="update", pgh_created_at__gt=at - ONE_DAY)
    if changes.count() >= MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY:
        message = _("A position is changed at most %(limit)s times a day. Change it again tomorrow.")
        raise Invalid(message % {"limit": MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY}, field="position")


def _is_other_manager(actor: User, member: Member) -> bool:
    return member.position == Member.Position.MANAGER and member.user_id != actor.pk


def _check_manager_remains(campaign: Campaign, member: Member) -> None:
    other_managers = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    if member.position == Member.Position.MANAGER and not other_managers.exists():
        raise WrongState(_("A campaign needs a manager. Make another member a manager first, or end the campaign."))


def find_successor(campaign: Campaign, member: Member) -> Member | None:
    """Return the manager who answers the member's volunteers next: the one of longest standing."""
    managers = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    return managers.order_by("since", "pk").first()


def _choose_successor(campaign: Campaign, actor: User, member: Member) -> Member | None:
    """Return the acting member if they may answer volunteers, else as `find_successor`."""
    acting_editor = campaign.members.exclude(pk=member.pk).filter(user=actor, position__in=EDITOR_POSITIONS).first()
    return acting_editor or find_successor(campaign, member)
