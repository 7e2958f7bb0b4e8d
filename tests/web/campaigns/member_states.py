"""How each state of the pages about a campaign's people comes about; each maker returns the address of the page."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.urls import reverse

from campaigns.actions.invitations import invite_member
from campaigns.invitation_queries import derive_invitation_token
from campaigns.models import Member, MemberInvitation
from tests.cast import Cast, create_user

SAM = "sam@example.org"


def find_members_page(cast: Cast) -> str:
    return reverse("campaign-members-page", args=[cast.campaign.public_id])


def add_sam(cast: Cast, at: datetime) -> Member:
    """Sam joins Carol's campaign, as its staff."""
    return Member.objects.create(campaign=cast.campaign, user=create_user("sam"), position="staff", since=at)


def invite_erin(cast: Cast, at: datetime) -> MemberInvitation:
    return invite_member(actor=cast.carol, campaign=cast.campaign, email="erin@example.org", position="staff", at=at)


def prove_address_of_carol(cast: Cast) -> None:
    EmailAddress.objects.get_or_create(user=cast.carol, email=cast.carol.email, primary=True, verified=True)


def make_link(cast: Cast, at: datetime) -> str:
    """Carol, who has proved her address, invites Erin; the address of the link in the letter."""
    prove_address_of_carol(cast)
    return find_link(invite_erin(cast, at))


def make_link_for_dave(cast: Cast, at: datetime) -> str:
    """Carol invites Dave, who has an account."""
    return find_link(
        invite_member(actor=cast.carol, campaign=cast.campaign, email="dave@example.org", position="staff", at=at)
    )


def find_link(invitation: MemberInvitation) -> str:
    return reverse("join", args=[derive_invitation_token(invitation.public_id)])


def make_members(cast: Cast, at: datetime) -> str:
    return find_members_page(cast)


def make_members_and_invitation(cast: Cast, at: datetime) -> str:
    add_sam(cast, at)
    invite_erin(cast, at)
    return find_members_page(cast)


def make_members_for_staff(cast: Cast, at: datetime) -> str:
    """Carol helps now, and Mo manages; she sees the list and decides nothing."""
    make_members_and_invitation(cast, at)
    Member.objects.create(campaign=cast.campaign, user=create_user("mo"), position="manager", since=at)
    Member.objects.filter(user=cast.carol).update(position="staff")
    return find_members_page(cast)


def make_position(cast: Cast, at: datetime) -> str:
    return reverse("campaign-member-position", args=[cast.campaign.public_id, add_sam(cast, at).public_id])


def make_end(cast: Cast, at: datetime) -> str:
    return reverse("campaign-member-end", args=[cast.campaign.public_id, add_sam(cast, at).public_id])


def make_leave(cast: Cast, at: datetime) -> str:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=at)
    return reverse("campaign-leave-page", args=[cast.campaign.public_id])


def make_leave_of_only_manager(cast: Cast, at: datetime) -> str:
    return reverse("campaign-leave-page", args=[cast.campaign.public_id])


def make_take_back(cast: Cast, at: datetime) -> str:
    ids = [cast.campaign.public_id, invite_erin(cast, at).public_id]
    return reverse("campaign-invitation-take-back", args=ids)
