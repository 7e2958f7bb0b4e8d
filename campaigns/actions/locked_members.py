"""What changes of members share: the lock, who may decide, who follows, and who is informed."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Member, Request
from campaigns.queries import EDITOR_POSITIONS, is_manager
from core.errors import NotAllowed, NotFound, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice


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


def reassign_requests(campaign: Campaign, member: Member, *, to: Member | None) -> None:
    """Make `to` the contact of the requests that the member answered for."""
    Request.objects.filter(campaign=campaign, contact=member).update(contact=to, version=F("version") + 1)


def notify_member(user: User, kind: str, campaign: Campaign, *, about: str, at: datetime, ended_by: str = "") -> None:
    """Enqueue a notice to a user about what they may do for a campaign; `ended_by` says who ended it, if it is over."""
    subjects = {"campaign": str(campaign.public_id)} | ({"ended_by": ended_by} if ended_by else {})
    enqueue_notice(to=user, kind=kind, cause=f"{kind}:{about}:{user.pk}", subjects=subjects, at=at)


def check_decides_on_members(actor: User, campaign: Campaign) -> None:
    """Raise NotAllowed unless the user manages the campaign."""
    if not is_manager(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers decide who acts for it, and as what. Ask a manager."))


def is_other_manager(actor: User, member: Member) -> bool:
    """Return whether the member is a manager, and not the acting user."""
    return member.position == Member.Position.MANAGER and member.user_id != actor.pk


def check_manager_remains(campaign: Campaign, member: Member) -> None:
    """Raise WrongState where the campaign would have no manager without this member."""
    other_managers = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    if member.position == Member.Position.MANAGER and not other_managers.exists():
        raise WrongState(_("A campaign needs a manager. Make another member a manager first, or end the campaign."))


def find_successor(campaign: Campaign, member: Member) -> Member | None:
    """Return the manager who answers the member's volunteers next: the one of longest standing."""
    managers = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    return managers.order_by("since", "pk").first()


def choose_successor(campaign: Campaign, actor: User, member: Member) -> Member | None:
    """Return the acting member if they may answer volunteers, else as `find_successor`."""
    acting_editor = campaign.members.exclude(pk=member.pk).filter(user=actor, position__in=EDITOR_POSITIONS).first()
    return acting_editor or find_successor(campaign, member)
