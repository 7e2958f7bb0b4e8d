"""Erase a person from campaigns: access ends and addresses go. Requests belong to the campaign and stay."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.filings import empty_safe_phones
from campaigns.actions.invitations import close_invitations
from campaigns.actions.locked_members import find_successor, lock_member
from campaigns.actions.members import end_member_access
from campaigns.models import (
    Campaign,
    CandidateAddress,
    CandidateLink,
    CandidateStop,
    Filing,
    Member,
    MemberInvitation,
    ReplacedCandidateLink,
    Request,
)
from core.conflict_of_interest import no_part_of_reader
from core.errors import NotFound, WrongState
from core.models import User
from core.privacy.erasure_handlers import DataSubject, ErasurePreview


def preview_erasure(person: DataSubject, reader: User | None) -> ErasurePreview:
    """Say what the erasure means for the campaigns that the reader may see. One that goes on needs another manager."""
    is_shown = no_part_of_reader(reader, "candidate__contest")
    names = [campaign.name for campaign in _campaigns_managed_alone(person).filter(is_shown)]
    instruction = _("You alone manage %(campaign)s. Make another member a manager first, or end the campaign.")
    memberships = Member.objects.filter(user=person.user) if person.user else Member.objects.none()
    is_member = memberships.filter(no_part_of_reader(reader, "campaign__candidate__contest")).exists()
    return ErasurePreview(
        blockers=[instruction % {"campaign": name} for name in names],
        erased=[
            _("Your access to campaigns, your safe phone, and how you are reached in an emergency that you reported.")
        ]
        if is_member
        else [],
        retained=[_("What you asked for in a campaign's name is the campaign's, and stays with it.")]
        if is_member
        else [],
    )


def end_memberships(person: DataSubject, at: datetime) -> None:
    """End each membership in a transaction of its own. Raises WrongState (a campaign's only manager)."""
    if person.user is None:
        return
    for member in Member.objects.filter(user=person.user).order_by("campaign"):
        try:
            _end_membership(member, at)
        except NotFound:
            continue  # another call has removed the member meanwhile


def erase_invitation_addresses(person: DataSubject, at: datetime) -> None:
    """Delete the addresses at which the person was invited, or written to as a candidate, and their safe phones.

    So do the words about what a candidate stopped.
    """
    invitations = MemberInvitation.objects.filter(email__in=person.addresses, invited_at__lte=person.until)
    close_invitations(invitations, at=at)
    CandidateLink.objects.filter(email__in=person.addresses, created_at__lte=person.until).delete()
    if person.user is not None:
        empty_safe_phones(Filing.objects.filter(safe_phone_of=person.user))
    had_link = Q(email__in=person.addresses) | (Q(account=person.user) if person.user else Q())
    addresses = CandidateAddress.objects.filter(had_link, created_at__lte=person.until)
    campaigns = list(addresses.values_list("campaign", flat=True))
    # That a campaign was stopped stays; why, and what was said about it, goes.
    CandidateStop.objects.filter(campaign__in=campaigns, stopped_at__lte=person.until).update(reason="", note="")
    ReplacedCandidateLink.objects.filter(campaign__in=campaigns, replaced_at__lte=person.until).delete()
    addresses.delete()


def list_subject_ids(person: DataSubject) -> Iterable[UUID]:
    """Yield the public ids of memberships, of invitations to the person, and of links to them as a candidate."""
    if person.user is not None:
        yield from Member.objects.filter(user=person.user).values_list("public_id", flat=True)
    for model in (MemberInvitation, CandidateLink):
        yield from model._default_manager.filter(email__in=person.addresses).values_list("public_id", flat=True)


def list_held_addresses() -> Iterable[str]:
    """Yield the addresses of people invited, and of candidates."""
    yield from MemberInvitation.objects.exclude(email="").values_list("email", flat=True).distinct()
    yield from CandidateLink.objects.values_list("email", flat=True).distinct()
    yield from CandidateAddress.objects.values_list("email", flat=True).distinct()


@transaction.atomic
def _end_membership(member: Member, at: datetime) -> None:
    campaign, member = lock_member(member)
    is_only_manager = not campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk).exists()
    if member.position == Member.Position.MANAGER and is_only_manager and campaign.state != Campaign.State.ENDED:
        raise WrongState(_("You alone manage one of your campaigns. Make another member a manager first."))
    # In an emergency the channel is the private contact of the member who reported it.
    Request.objects.filter(contact=member, emergency=True).update(channel="")
    end_member_access(campaign, member, to=find_successor(campaign, member), at=at)


def _campaigns_managed_alone(person: DataSubject) -> QuerySet[Campaign]:
    if person.user is None:
        return Campaign.objects.none()
    managers = Member.objects.filter(campaign=OuterRef("pk"), position=Member.Position.MANAGER)
    managed = Campaign.objects.filter(Exists(managers.filter(user=person.user)))
    managed_by_others = Exists(managers.exclude(user=person.user))
    return managed.exclude(managed_by_others).exclude(state=Campaign.State.ENDED).order_by("name")
