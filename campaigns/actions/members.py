"""Changing what somebody may do for a campaign, and ending it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.invitations import close_invitations
from campaigns.models import Campaign, Member, Request
from campaigns.queries import EDITOR_POSITIONS, is_manager
from core.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice


@transaction.atomic
def change_position(*, actor: User, member: Member, position: str, at: datetime, version: int | None = None) -> Member:
    """What somebody may do for the campaign from now on; a manager says so. They are told.

    Who answers a request's volunteers and may no longer hands that over. Raises NotAllowed, NotFound (gone meanwhile),
    Stale, Invalid (the position), WrongState (nobody would manage the campaign any more).
    """
    campaign, member = lock_member(member)
    _check_manager(actor, campaign)
    if version is not None and version != member.version:
        raise Stale(_("Somebody has changed this since you loaded it. Load it again and decide anew."))
    if position not in Member.Position.values:
        told = {"positions": ", ".join(Member.Position.values)}
        raise Invalid(_("Choose one of these positions: %(positions)s.") % told, field="position")
    if position == member.position:
        return member
    if position != Member.Position.MANAGER:
        _check_manager_remains(campaign, member)
    member.position = position
    member.version += 1
    member.save()
    if position not in EDITOR_POSITIONS:
        reassign_requests(campaign, member, to=_choose_successor(campaign, actor, member))
    notify_member(member.user, "position-changed", campaign, about=f"{member.public_id}:{member.version}", at=at)
    return member


@transaction.atomic
def remove_member(*, actor: User, member: Member, at: datetime, version: int | None = None) -> None:
    """Ends somebody's access at once; a manager says so, or the person themselves, who leaves.

    Invitations that they sent end with it, and requests whose volunteers they answered are answered by whoever removes
    them, or by the manager who has been one for longest. Raises NotAllowed, NotFound (gone meanwhile), Stale,
    WrongState (nobody would manage the campaign any more).
    """
    campaign, member = lock_member(member)
    if member.user_id != actor.pk:
        _check_manager(actor, campaign)
    if version is not None and version != member.version:
        raise Stale(_("Somebody has changed this since you loaded it. Load it again and decide anew."))
    _check_manager_remains(campaign, member)
    end_member_access(
        campaign, member, to=_choose_successor(campaign, actor, member), at=at, told=member.user_id != actor.pk
    )


def leave_campaign(*, actor: User, campaign: Campaign, at: datetime) -> None:
    """The person acts for the campaign no longer. Raises NotAllowed (they do not), WrongState (the only manager)."""
    member = Member.objects.filter(user=actor, campaign=campaign).first()
    if member is None:
        raise NotAllowed(_("You do not act for this campaign, so there is nothing to leave."))
    remove_member(actor=actor, member=member, at=at)


def lock_member(member: Member) -> tuple[Campaign, Member]:
    """The campaign and the member as they are now, locked; the requests that the member answers for come first.

    Raises NotFound when the member has gone meanwhile.
    """
    theirs = Request.objects.filter(contact=member.pk).order_by("pk")
    list(theirs.select_for_update(no_key=True).values_list("pk"))
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=member.campaign_id)
    # Against whoever makes them the contact of one more request meanwhile: they wait, and find nobody.
    found = Member.objects.select_for_update(of=("self",)).select_related("user").filter(pk=member.pk).first()
    if found is None:
        raise NotFound(_("This person does not act for the campaign any more."))
    return campaign, found


def end_member_access(campaign: Campaign, member: Member, *, to: Member | None, at: datetime, told: bool) -> None:
    """Removes a member who is held, with what hangs on them; `to` answers the volunteers from now on."""
    reassign_requests(campaign, member, to=to)
    close_invitations(campaign.invitations.filter(invited_by=member.user), at=at)
    user, name = member.user, member.public_id
    member.delete()
    if told:
        notify_member(user, "access-ended", campaign, about=str(name), at=at)


def reassign_requests(campaign: Campaign, member: Member, *, to: Member | None) -> None:
    """Has the volunteers of those requests that the member answered for answered by somebody else."""
    Request.objects.filter(campaign=campaign, contact=member).update(contact=to, version=F("version") + 1)


def notify_member(user: User, kind: str, campaign: Campaign, *, about: str, at: datetime) -> None:
    """Owes somebody word of what they may do for a campaign."""
    subjects = {"campaign": str(campaign.public_id)}
    enqueue_notice(to=user, kind=kind, cause=f"{kind}:{about}:{user.pk}", subjects=subjects, at=at)


def _check_manager(actor: User, campaign: Campaign) -> None:
    if not is_manager(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers say who acts for it, and as what."))


def _check_manager_remains(campaign: Campaign, member: Member) -> None:
    others = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    if member.position == Member.Position.MANAGER and not others.exists():
        raise WrongState(_("A campaign has a manager. Make somebody else a manager first, or say that it is over."))


def find_successor(campaign: Campaign, member: Member) -> Member | None:
    """Who answers the member's volunteers when they go: the manager of longest standing."""
    managers = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    return managers.order_by("since", "pk").first()


def _choose_successor(campaign: Campaign, actor: User, member: Member) -> Member | None:
    """The same, but whoever acts comes first."""
    acts = campaign.members.exclude(pk=member.pk).filter(user=actor, position__in=EDITOR_POSITIONS).first()
    return acts or find_successor(campaign, member)
