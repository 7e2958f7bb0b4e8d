"""Which campaigns, requests, roles and seats a user may see, and what they may do there."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Campaign, CandidateStop, Member, Request, Role, Seat
from core.conflict_of_interest import is_impartial_reviewer, no_part_in_contest
from core.models import User

EDITOR_POSITIONS = (Member.Position.MANAGER, Member.Position.STAFF)
UNVERIFIED_MEMBERSHIP_COUNTS_FOR = timedelta(days=365)
"""For so long a membership of a campaign that no reviewer ever verified counts after its end."""


def visible_to(user: User) -> QuerySet[Campaign]:
    """Return the campaigns that a user sees: those that they act for, and a reviewer also those that they review."""
    acting_for = Q(pk__in=Member.objects.filter(user=user).values("campaign"))
    return Campaign.objects.filter(acting_for | reviewed_by(user, "candidate__contest"))


def list_editable_campaigns(user: User) -> QuerySet[Campaign]:
    """Return the campaigns that go on and in whose name a user asks for volunteers, by name."""
    members = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS)
    campaigns = Campaign.objects.filter(pk__in=members.values("campaign")).exclude(state=Campaign.State.ENDED)
    return with_contest(campaigns).order_by("name", "pk")


def requests_visible_to(user: User) -> QuerySet[Request]:
    """Return the requests of the campaigns that a user sees."""
    return Request.objects.filter(campaign__in=visible_to(user))


def roles_visible_to(user: User) -> QuerySet[Role]:
    """Return the roles of the requests that a user sees, with everything that a role shows."""
    roles = Role.objects.filter(request__in=requests_visible_to(user)).select_related("skill", "request__campaign")
    return roles.prefetch_related("seats", "nice_to_have_skills")


def seats_visible_to(user: User) -> QuerySet[Seat]:
    """Return the seats of the requests that a user sees."""
    seats = Seat.objects.filter(role__request__in=requests_visible_to(user))
    return seats.select_related("role__request__campaign")


def may_edit(user: User, campaign: Campaign) -> bool:
    """Return whether the user drafts and publishes requests for the campaign."""
    return campaign.members.filter(Q(user=user), position__in=EDITOR_POSITIONS).exists()


def is_manager(user: User, campaign: Campaign) -> bool:
    """Return whether the user manages the campaign."""
    return campaign.members.filter(user=user, position=Member.Position.MANAGER).exists()


def is_member_of_verified_campaign(user: User) -> bool:
    """Return whether the user acts for a campaign that was verified, and so sees volunteers.

    A campaign that has ended counts too, as its members still see who worked for it.
    """
    return Member.objects.filter(user=user, campaign__verified_at__isnull=False).exists()


def users_of_unverified_campaigns(*, at: datetime) -> QuerySet[User]:
    """Return the users who act for a campaign that no reviewer ever verified, or acted for one within a year.

    Anyone who signs in can register such a campaign, in whatever contest they choose.
    """
    memberships = Member.objects.filter(campaign__verified_at=None)
    # A membership that ended is only in history, where its end is the latest row.
    history = Member.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        campaign__verified_at=None, pgh_created_at__gt=at - UNVERIFIED_MEMBERSHIP_COUNTS_FOR
    )
    return User.objects.filter(Q(pk__in=memberships.values("user")) | Q(pk__in=history.values("user")))


def may_review(user: User, campaign: Campaign) -> bool:
    """Return whether the user is a reviewer without a part in the campaign's contest."""
    return is_impartial_reviewer(user, campaign.candidate.contest_id)


def reviewed_by(user: User, contest: str) -> Q:
    """Return the condition that the user reviews the contest at this path; no other user than a reviewer does."""
    return no_part_in_contest(user, contest) if user.is_reviewer else Q(pk__in=[])


def campaigns_awaiting_verification() -> QuerySet[Campaign]:
    """Return campaigns that have a manager and are not verified yet, the longest waiting first.

    One that its candidate has stopped waits for a call instead.
    """
    managed = Member.objects.filter(campaign=OuterRef("pk"), position=Member.Position.MANAGER)
    stopped = CandidateStop.objects.filter(campaign=OuterRef("pk"), handled_at=None)
    waiting = Campaign.objects.filter(Exists(managed), ~Exists(stopped), state=Campaign.State.UNVERIFIED)
    return waiting.select_related("candidate__contest").order_by("created_at", "pk")


def with_contest(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Return the same campaigns with contest, candidate and party read along."""
    return campaigns.select_related("candidate__contest__jurisdiction", "candidate__party")
