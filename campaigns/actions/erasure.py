"""The campaigns' part of an erasure: access ends, addresses go. What was asked for in a campaign's name is its own."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from campaigns.actions.invitations import close_invitations
from campaigns.actions.members import end_member_access, find_successor, lock_member
from campaigns.models import Campaign, CandidateLink, Member, MemberInvitation, Request
from core.errors import NotFound, WrongState
from core.privacy.erasure_handlers import DataSubject, ErasurePreview


def preview_erasure(person: DataSubject) -> ErasurePreview:
    """What it means for campaigns: one that goes on has somebody who manages it."""
    names = [campaign.name for campaign in _campaigns_managed_alone(person)]
    ask = _("Nobody else manages %(campaign)s: make somebody else a manager first, or say that it is over.")
    acts = Member.objects.filter(user=person.user).exists() if person.user else False
    return ErasurePreview(
        first=[ask % {"campaign": name} for name in names],
        goes=[_("Your access to campaigns, and how you are reached in an emergency that you reported.")]
        if acts
        else [],
        stays=[_("What you asked for in a campaign's name is the campaign's, and stays with it.")] if acts else [],
    )


def end_memberships(person: DataSubject, at: datetime) -> None:
    """Ends every access, each in a transaction of its own. Raises WrongState (nobody else manages a campaign)."""
    if person.user is None:
        return
    for member in Member.objects.filter(user=person.user).order_by("campaign"):
        try:
            _end_membership(member, at)
        except NotFound:
            continue  # somebody was quicker


def erase_invitation_addresses(person: DataSubject, at: datetime) -> None:
    """Forgets where the person was written to, as somebody invited or as a candidate."""
    sent = MemberInvitation.objects.filter(email__in=person.addresses, invited_at__lte=person.until)
    close_invitations(sent, at=at)
    CandidateLink.objects.filter(email__in=person.addresses, made_at__lte=person.until).delete()


def list_held_addresses() -> Iterable[str]:
    """Of people invited, and of candidates."""
    yield from MemberInvitation.objects.exclude(email="").values_list("email", flat=True).distinct()
    yield from CandidateLink.objects.values_list("email", flat=True).distinct()


@transaction.atomic
def _end_membership(member: Member, at: datetime) -> None:
    campaign, member = lock_member(member)
    alone = not campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk).exists()
    if member.position == Member.Position.MANAGER and alone and campaign.state != Campaign.State.ENDED:
        raise WrongState(_("Nobody else manages one of your campaigns. Make somebody else a manager first."))
    # In an emergency this is how whoever called is reached, on a line that nobody else reads.
    Request.objects.filter(contact=member, emergency=True).update(channel="")
    end_member_access(campaign, member, to=find_successor(campaign, member), at=at, told=False)


def _campaigns_managed_alone(person: DataSubject) -> Iterable[Campaign]:
    if person.user is None:
        return []
    managers = Member.objects.filter(campaign=OuterRef("pk"), position=Member.Position.MANAGER)
    theirs = Campaign.objects.filter(Exists(managers.filter(user=person.user)))
    others = Exists(managers.exclude(user=person.user))
    return theirs.exclude(others).exclude(state=Campaign.State.ENDED).order_by("name")
