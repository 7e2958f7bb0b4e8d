"""Who may see which campaign and which request."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from campaigns.models import Campaign, Member, Request, Role, Seat
from core.models import User

EDITORS = (Member.Position.MANAGER, Member.Position.STAFF)


def visible_to(user: User) -> QuerySet[Campaign]:
    """Reviewers see every campaign, anybody else those that they act for."""
    if user.is_reviewer:
        return Campaign.objects.all()
    return Campaign.objects.filter(members__user=user)


def requests_visible_to(user: User) -> QuerySet[Request]:
    """Reviewers see every request, anybody else those of the campaigns that they act for."""
    if user.is_reviewer:
        return Request.objects.all()
    return Request.objects.filter(campaign__in=visible_to(user))


def may_edit(user: User, campaign: Campaign) -> bool:
    """Whether this person drafts and publishes for the campaign."""
    return campaign.members.filter(Q(user=user), position__in=EDITORS).exists()


def waiting_to_be_verified() -> QuerySet[Campaign]:
    """Campaigns that somebody manages and nobody has verified yet, the longest waiting first."""
    managed = Member.objects.filter(campaign=OuterRef("pk"), position=Member.Position.MANAGER)
    waiting = Campaign.objects.filter(Exists(managed), state=Campaign.State.UNVERIFIED)
    return waiting.select_related("candidate__contest").order_by("created_at", "pk")


def with_contest(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """The same campaigns with who stands for what."""
    return campaigns.select_related("candidate__contest__jurisdiction", "candidate__party")


def with_roles(requests: QuerySet[Request]) -> QuerySet[Request]:
    """The same requests with everything that a request shows."""
    seats = Prefetch("seats", Seat.objects.filter(cut_at=None))
    roles = Role.objects.select_related("skill").prefetch_related(seats, "nice_skills")
    return requests.select_related("campaign", "playbook").prefetch_related(Prefetch("roles", roles), "windows")
