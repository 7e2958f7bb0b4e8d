"""Which campaigns, requests and members a user may see, and look-ups by link."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet

from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.link_tokens import hash_link_token
from campaigns.models import (
    Campaign,
    CandidateStop,
    Member,
    MemberInvitation,
    Playbook,
    PlaybookRole,
    Request,
    RequestWindow,
    Role,
    Seat,
)
from core.conflict_of_interest import is_impartial_reviewer, no_part_in_contest
from core.models import User
from core.unknown_codes import unknown_code_error
from core.week_mask import Window

_MemberEvent = Member.pgh_event_model  # type: ignore[attr-defined]
EDITOR_POSITIONS = (Member.Position.MANAGER, Member.Position.STAFF)


def visible_to(user: User) -> QuerySet[Campaign]:
    """Return the campaigns that a user sees: those that they act for, and a reviewer also those that they review."""
    acting_for = Q(pk__in=Member.objects.filter(user=user).values("campaign"))
    return Campaign.objects.filter(acting_for | _reviewed_by(user, "candidate__contest"))


def list_editable_campaigns(user: User) -> QuerySet[Campaign]:
    """Return the campaigns that go on and in whose name a user asks for volunteers, by name."""
    members = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS)
    campaigns = Campaign.objects.filter(pk__in=members.values("campaign")).exclude(state=Campaign.State.ENDED)
    return with_contest(campaigns).order_by("name", "pk")


def find_editable_request(user: User, campaign_id: UUID | str, request_id: UUID | str) -> Request | None:
    """Return a request in whose campaign's name the user asks for volunteers, with what it shows; else None."""
    requests = Request.objects.filter(campaign__in=list_editable_campaigns(user), campaign__public_id=campaign_id)
    found = with_open_seats(with_roles(requests.filter(public_id=request_id)))
    return found.select_related("campaign__candidate__contest__jurisdiction", "playbook", "contact").first()


def find_member_request(member: Member, request_id: UUID) -> Request | None:
    """Return a request of a member's campaign that is no emergency, with what it shows; else None."""
    requests = Request.objects.filter(campaign=member.campaign_id, public_id=request_id, emergency=False)
    shown = with_open_seats(with_roles(requests))
    return shown.select_related("campaign__candidate__contest__jurisdiction", "playbook", "contact").first()


def find_unpublished_request(user: User) -> Request | None:
    """Return the latest draft in whose campaign's name the user asks for volunteers, with its campaign; else None."""
    drafts = Request.objects.filter(state=Request.State.DRAFT, emergency=False)
    return drafts.filter(campaign__in=list_editable_campaigns(user)).select_related("campaign").order_by("-pk").first()


def list_unpublished_requests(campaign: Campaign) -> QuerySet[Request]:
    """Return the drafts of a campaign that wait to be published, the latest first."""
    return Request.objects.filter(campaign=campaign, state=Request.State.DRAFT, emergency=False).order_by("-pk")


def has_acted_for(user: User, campaign_id: UUID) -> bool:
    """Return whether the user was ever a member of the campaign with this public id, by its history."""
    acted: bool = _MemberEvent.objects.filter(user_id=user.pk, campaign__public_id=campaign_id).exists()
    return acted


def list_memberships(user: User) -> QuerySet[Member]:
    """Return what a user acts for, with the campaigns, the longest standing first."""
    return Member.objects.filter(user=user).select_related("campaign").order_by("since", "pk")


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


def may_review(user: User, campaign: Campaign) -> bool:
    """Return whether the user is a reviewer without a part in the campaign's contest."""
    return is_impartial_reviewer(user, campaign.candidate.contest_id)


def _reviewed_by(user: User, contest: str) -> Q:
    """Return the condition that the user reviews the contest at this path; no other user than a reviewer does."""
    return no_part_in_contest(user, contest) if user.is_reviewer else Q(pk__in=[])


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
    address_is_visible |= _reviewed_by(user, "campaign__candidate__contest")
    shown = ExpressionWrapper(address_is_visible, output_field=BooleanField())
    return Member.objects.filter(campaign__in=visible_to(user)).select_related("user", "campaign").annotate(shown=shown)


def count_answered_requests(member: Member) -> int:
    """Return how many requests that go on the member answers for."""
    return Request.objects.filter(contact=member, state=Request.State.PUBLISHED).count()


def invitations_visible_to(user: User, *, at: datetime) -> QuerySet[MemberInvitation]:
    """Return the open invitations to campaigns that the user manages, or reviews."""
    managed_campaigns = Campaign.objects.filter(members__user=user, members__position=Member.Position.MANAGER)
    invitations = MemberInvitation.objects.filter(
        Q(campaign__in=managed_campaigns) | _reviewed_by(user, "campaign__candidate__contest")
    )
    return invitations.filter(used_at=None, revoked_at=None, expires_at__gt=at)


def find_invitation(token: str, *, at: datetime) -> MemberInvitation | None:
    """Return the open invitation with this token, or None."""
    invitations = MemberInvitation.objects.filter(
        token_digest=hash_link_token(token.strip()), used_at=None, revoked_at=None
    )
    return invitations.filter(expires_at__gt=at).select_related("campaign").first()


def open_manager_invitations(campaign: Campaign, *, at: datetime) -> QuerySet[MemberInvitation]:
    """Return the open invitations to manage a campaign."""
    invitations = campaign.invitations.filter(position=Member.Position.MANAGER, used_at=None, revoked_at=None)
    return invitations.filter(expires_at__gt=at)


def managers_of(campaign: Campaign) -> QuerySet[Member]:
    """Return the managers of a campaign, the one of longest standing first."""
    return campaign.members.filter(position=Member.Position.MANAGER).select_related("user").order_by("since", "pk")


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


def with_roles(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Return the same requests with everything that a request shows."""
    roles = Role.objects.select_related("skill").prefetch_related("nice_to_have_skills")
    return requests.select_related("campaign", "playbook", "contact").prefetch_related(
        Prefetch("roles", roles), "windows"
    )


def with_open_seats(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Return the same requests, whose roles are prefetched, with the open seats of these."""
    return requests.prefetch_related(Prefetch("roles__seats", Seat.objects.filter(closed_at=None)))


def list_offered_playbooks() -> QuerySet[Playbook]:
    """Return the playbooks that are offered, with their roles and how many people could take these."""
    roles = PlaybookRole.objects.select_related("skill", "supply")
    return Playbook.objects.filter(retired=False).prefetch_related(Prefetch("roles", roles))


def find_offered_playbook(code: str) -> Playbook | None:
    """Return the playbook with this code, with its roles, if it is offered."""
    return list_offered_playbooks().filter(code=code).first()


def complete_draft(draft: RequestDraft) -> tuple[Playbook | None, RequestDraft]:
    """Return the draft's playbook, and the draft completed from it. Raises Invalid (no such playbook).

    Without a playbook, an end that is missing stays missing.
    """
    playbook = None
    if draft.playbook:
        playbook = Playbook.objects.filter(code=draft.playbook, retired=False).first()
        if playbook is None:
            raise unknown_code_error("playbook", draft.playbook, field="playbook")
    ends_on = draft.ends_on
    if ends_on is None and playbook is not None:
        ends_on = draft.starts_on + timedelta(weeks=playbook.weeks, days=-1)
    return playbook, replace(
        draft,
        ends_on=ends_on,
        staffing=draft.staffing or (playbook.staffing if playbook else "rolling"),
        roles=draft.roles or (_draft_playbook_roles(playbook) if playbook else ()),
    )


def _draft_playbook_roles(playbook: Playbook) -> list[RoleDraft]:
    return [
        RoleDraft(
            name=role.name,
            skill=role.skill.code,
            level=role.level,
            hours_per_week=role.hours_per_week,
            tasks=role.tasks,
            seat_count=role.seat_count,
            is_lead=role.is_lead,
            makes_decisions=role.makes_decisions,
            vetted_for=role.vetted_for or None,
            nice_to_have_skills=[skill.code for skill in role.nice_to_have_skills.all()],
        )
        for role in playbook.roles.select_related("skill").prefetch_related("nice_to_have_skills")
    ]


def list_shown_requests(campaign: Campaign) -> QuerySet[Request]:
    """Return the requests of a campaign that volunteers may have been asked about, with their roles, the open first."""
    asked = Request.objects.filter(campaign=campaign, published_at__isnull=False)
    return with_roles(asked).order_by("-state", "starts_on", "pk")


def find_campaign_time_zone(campaign: Campaign) -> str:
    """Return the zone of the campaign's latest request; without one, the zone that a new request begins with."""
    zone = Request.objects.filter(campaign=campaign).order_by("-pk").values_list("time_zone", flat=True).first()
    return zone or str(Request._meta.get_field("time_zone").get_default())


def find_published_plan(campaign: Campaign) -> Request | None:
    """Return the latest published request of a campaign that is no emergency; None without one."""
    published = Request.objects.filter(campaign=campaign, state=Request.State.PUBLISHED, emergency=False)
    return published.order_by("-pk").first()


def draft_from_request(request: Request) -> RequestDraft:
    """Return a stored request as a draft, for questions about it: `with_open_seats(with_roles(requests))` read it."""
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
                hours_per_week=role.hours_per_week,
                level=role.level,
                seat_count=len(role.seats.all()),
                is_lead=role.is_lead,
                makes_decisions=role.makes_decisions,
                vetted_for=role.vetted_for,
                languages=role.languages,
                role_id=role.public_id,
            )
            for role in request.roles.all()
        ],
    )


def _windows_of(request: Request, kind: str) -> list[Window]:
    return [
        Window(window.weekday, window.starts, window.ends) for window in request.windows.all() if window.kind == kind
    ]
