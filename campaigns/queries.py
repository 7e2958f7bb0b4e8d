"""Who may see which campaign and which request."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Value

from campaigns.link_tokens import hash_link_token
from campaigns.models import (
    Campaign,
    CandidateLink,
    Member,
    MemberInvitation,
    Playbook,
    Request,
    RequestWindow,
    Role,
    Seat,
)
from campaigns.rules import RequestDraft, RoleDraft
from core.errors import Invalid
from core.models import User
from core.week_mask import Window

EDITOR_POSITIONS = (Member.Position.MANAGER, Member.Position.STAFF)


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


def roles_visible_to(user: User) -> QuerySet[Role]:
    """The roles of the requests that somebody sees, with everything that a role shows."""
    roles = Role.objects.filter(request__in=requests_visible_to(user)).select_related("skill", "request__campaign")
    return roles.prefetch_related("seats", "nice_to_have_skills")


def seats_visible_to(user: User) -> QuerySet[Seat]:
    """The places of the requests that somebody sees."""
    seen = Seat.objects.filter(role__request__in=requests_visible_to(user))
    return seen.select_related("role__request__campaign")


def may_edit(user: User, campaign: Campaign) -> bool:
    """Whether this person drafts and publishes for the campaign."""
    return campaign.members.filter(Q(user=user), position__in=EDITOR_POSITIONS).exists()


def is_manager(user: User, campaign: Campaign) -> bool:
    """Whether this person manages the campaign."""
    return campaign.members.filter(user=user, position=Member.Position.MANAGER).exists()


def is_manager_anywhere(user: User) -> bool:
    """Whether this person manages any campaign."""
    return Member.objects.filter(user=user, position=Member.Position.MANAGER).exists()


def is_impartial_reviewer(user: User, campaign: Campaign) -> bool:
    """Whether this person reviews and acts for no campaign in the contest."""
    contest = campaign.candidate.contest_id
    acts = Member.objects.filter(user=user, campaign__candidate__contest=contest)
    return user.is_reviewer and not acts.exists()


def may_invite(user: User, campaign: Campaign, position: str) -> bool:
    """Managers invite people; where there is none a reviewer invites one."""
    managed = campaign.members.filter(position=Member.Position.MANAGER).exists()
    orphaned = not managed and position == Member.Position.MANAGER
    return is_manager(user, campaign) or (orphaned and is_impartial_reviewer(user, campaign))


def members_visible_to(user: User) -> QuerySet[Member]:
    """Those of the campaigns that somebody sees, managers first, with `shown`: whether they are told the address.

    Managers and reviewers know everybody's, anybody else their own and those of the managers.
    """
    manages = Member.objects.filter(campaign=OuterRef("campaign"), user=user, position=Member.Position.MANAGER)
    known = Q(position=Member.Position.MANAGER) | Q(user=user) | Q(Exists(manages))
    shown = Value(True) if user.is_reviewer else ExpressionWrapper(known, output_field=BooleanField())
    return Member.objects.filter(campaign__in=visible_to(user)).select_related("user", "campaign").annotate(shown=shown)


def invitations_visible_to(user: User, *, at: datetime) -> QuerySet[MemberInvitation]:
    """Open invitations to campaigns that somebody manages; reviewers see all."""
    managed = Campaign.objects.filter(members__user=user, members__position=Member.Position.MANAGER)
    seen = MemberInvitation.objects.all() if user.is_reviewer else MemberInvitation.objects.filter(campaign__in=managed)
    return seen.filter(used_at=None, revoked_at=None, expires_at__gt=at)


def find_invitation(token: str, *, at: datetime) -> MemberInvitation | None:
    """The open invitation that a link was made for."""
    opened = MemberInvitation.objects.filter(digest=hash_link_token(token.strip()), used_at=None, revoked_at=None)
    return opened.filter(expires_at__gt=at).select_related("campaign").first()


def find_candidate_link(token: str) -> CandidateLink | None:
    """The candidate's link with this token, while its campaign goes on."""
    keys = CandidateLink.objects.filter(digest=hash_link_token(token.strip())).exclude(
        campaign__state=Campaign.State.ENDED
    )
    return keys.select_related("campaign").first()


def open_manager_invitations(campaign: Campaign, *, at: datetime) -> QuerySet[MemberInvitation]:
    """Open invitations to manage a campaign."""
    opened = campaign.invitations.filter(position=Member.Position.MANAGER, used_at=None, revoked_at=None)
    return opened.filter(expires_at__gt=at)


def managers_of(campaign: Campaign) -> QuerySet[Member]:
    """Who manages a campaign, the longest first."""
    return campaign.members.filter(position=Member.Position.MANAGER).select_related("user").order_by("since", "pk")


def campaigns_awaiting_verification() -> QuerySet[Campaign]:
    """Campaigns that somebody manages and nobody has verified yet, the longest waiting first."""
    managed = Member.objects.filter(campaign=OuterRef("pk"), position=Member.Position.MANAGER)
    waiting = Campaign.objects.filter(Exists(managed), state=Campaign.State.UNVERIFIED)
    return waiting.select_related("candidate__contest").order_by("created_at", "pk")


def with_contest(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """The same campaigns with who stands for what."""
    return campaigns.select_related("candidate__contest__jurisdiction", "candidate__party")


def with_roles(requests: QuerySet[Request]) -> QuerySet[Request]:
    """The same requests with everything that a request shows."""
    seats = Prefetch("seats", Seat.objects.filter(closed_at=None))
    roles = Role.objects.select_related("skill").prefetch_related(seats, "nice_to_have_skills")
    return requests.select_related("campaign", "playbook", "contact").prefetch_related(
        Prefetch("roles", roles), "windows"
    )


def complete_draft(draft: RequestDraft) -> tuple[Playbook | None, RequestDraft]:
    """The draft's playbook, and the draft with everything that it left to it. Raises Invalid (no such playbook)."""
    playbook = None
    if draft.playbook:
        playbook = Playbook.objects.filter(code=draft.playbook, retired=False).first()
        if playbook is None:
            raise Invalid(f"There is no playbook “{draft.playbook}”.", field="playbook")
    weeks = playbook.weeks if playbook else 0
    return playbook, replace(
        draft,
        ends_on=draft.ends_on or draft.starts_on + timedelta(weeks=weeks, days=-1),
        staffing=draft.staffing or (playbook.staffing if playbook else "rolling"),
        roles=draft.roles or (_draft_playbook_roles(playbook) if playbook else ()),
    )


def _draft_playbook_roles(playbook: Playbook) -> list[RoleDraft]:
    return [
        RoleDraft(
            name=part.name,
            skill=part.skill.code,
            level=part.level,
            hours=part.hours,
            seats=part.seats,
            leads=part.leads,
            decides=part.decides,
            vetted_for=part.vetted_for or None,
            nice_to_have_skills=[skill.code for skill in part.nice_to_have_skills.all()],
        )
        for part in playbook.roles.select_related("skill").prefetch_related("nice_to_have_skills")
    ]


def draft_from_request(request: Request) -> RequestDraft:
    """A request that is written down, as it would be drafted anew; its roles and windows have been read."""
    return RequestDraft(
        title=request.title,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        time_zone=request.time_zone,
        work=_windows_of(request, RequestWindow.Kind.WORK),
        meetings=_windows_of(request, RequestWindow.Kind.MEETING),
        roles=[
            RoleDraft(
                name=role.name,
                skill=role.skill.code,
                hours=role.hours,
                level=role.level,
                seats=len(role.seats.all()),
                leads=role.leads,
                decides=role.decides,
                vetted_for=role.vetted_for,
                languages=role.languages,
            )
            for role in request.roles.all()
        ],
    )


def _windows_of(request: Request, kind: str) -> list[Window]:
    return [Window(one.weekday, one.starts, one.ends) for one in request.windows.all() if one.kind == kind]
