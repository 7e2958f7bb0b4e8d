"""Which members and invitations of a campaign a user may see."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from campaigns.models import Campaign, Member, MemberInvitation, Request
from campaigns.queries import is_manager, may_review, reviewed_by, visible_to
from core.models import User

_MemberEvent = Member.pgh_event_model  # type: ignore[attr-defined]


def has_acted_for(user: User, campaign_id: UUID) -> bool:
    """Return whether the user was ever a member of the campaign with this public id, by its history."""
    acted: bool = _MemberEvent.objects.filter(user_id=user.pk, campaign__public_id=campaign_id).exists()
    return acted


def find_start_of_membership(user: User, campaign: Campaign) -> datetime | None:
    """Return since when the user acted for a campaign that they left last, by its history; None where it is gone."""
    events = _MemberEvent.objects.filter(user_id=user.pk, campaign_id=campaign.pk)
    since: datetime | None = events.order_by("-since").values_list("since", flat=True).first()
    return since


def list_memberships(user: User) -> QuerySet[Member]:
    """Return what a user acts for, with the campaigns, the longest standing first."""
    return Member.objects.filter(user=user).select_related("campaign").order_by("since", "pk")


def may_invite(user: User, campaign: Campaign, position: str) -> bool:
    """Return whether the user may invite to this position. Without a manager, a reviewer may invite one."""
    # A campaign that has lost its managers could never invite one by itself.
    has_manager = campaign.members.filter(position=Member.Position.MANAGER).exists()
    invites_first_manager = not has_manager and position == Member.Position.MANAGER
    return is_manager(user, campaign) or (invites_first_manager and may_review(user, campaign))


def members_visible_to(user: User) -> QuerySet[Member]:
    """Return the members of the campaigns that a user sees, managers first.

    The annotation `shown` says whether the user sees the member's address. Managers and reviewers see all addresses,
    any other user, also a reviewer with a part in the contest, their own and those of the managers.
    """
    caller_manages = Member.objects.filter(campaign=OuterRef("campaign"), user=user, position=Member.Position.MANAGER)
    address_is_visible = Q(position=Member.Position.MANAGER) | Q(user=user) | Q(Exists(caller_manages))
    address_is_visible |= reviewed_by(user, "campaign__candidate__contest")
    shown = ExpressionWrapper(address_is_visible, output_field=BooleanField())
    return Member.objects.filter(campaign__in=visible_to(user)).select_related("user", "campaign").annotate(shown=shown)


def count_answered_requests(member: Member) -> int:
    """Return how many requests that go on the member answers for."""
    return Request.objects.filter(contact=member, state=Request.State.PUBLISHED).count()


def invitations_visible_to(user: User, *, at: datetime) -> QuerySet[MemberInvitation]:
    """Return the open invitations to campaigns that the user manages, or reviews."""
    managed_campaigns = Campaign.objects.filter(members__user=user, members__position=Member.Position.MANAGER)
    invitations = MemberInvitation.objects.filter(
        Q(campaign__in=managed_campaigns) | reviewed_by(user, "campaign__candidate__contest")
    )
    return invitations.filter(used_at=None, revoked_at=None, expires_at__gt=at)


def open_manager_invitations(campaign: Campaign, *, at: datetime) -> QuerySet[MemberInvitation]:
    """Return the open invitations to manage a campaign."""
    invitations = campaign.invitations.filter(position=Member.Position.MANAGER, used_at=None, revoked_at=None)
    return invitations.filter(expires_at__gt=at)


def managers_of(campaign: Campaign) -> QuerySet[Member]:
    """Return the managers of a campaign, the one of longest standing first."""
    return campaign.members.filter(position=Member.Position.MANAGER).select_related("user").order_by("since", "pk")
