"""Look-ups of a campaign's requests, and a stored request as a draft."""

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Campaign, Member, Request, RequestWindow, Role, Seat
from campaigns.queries import list_editable_campaigns
from core.models import User
from core.notifications.moments import describe_moment
from core.week_mask import Window


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


def with_roles(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Return the same requests with everything that a request shows."""
    roles = Role.objects.select_related("skill").prefetch_related("nice_to_have_skills")
    return requests.select_related("campaign", "playbook", "contact").prefetch_related(
        Prefetch("roles", roles), "windows"
    )


def with_open_seats(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Return the same requests, whose roles are prefetched, with the open seats of these."""
    return requests.prefetch_related(Prefetch("roles__seats", Seat.objects.filter(closed_at=None)))


def list_shown_requests(campaign: Campaign) -> QuerySet[Request]:
    """Return the requests of a campaign that volunteers may have been asked about, with their roles, the open first."""
    asked = Request.objects.filter(campaign=campaign, published_at__isnull=False)
    return with_roles(asked).order_by("-state", "starts_on", "pk")


def find_campaign_time_zone(campaign: Campaign) -> str:
    """Return the zone of the campaign's latest request; without one, the zone that a new request begins with."""
    zone = Request.objects.filter(campaign=campaign).order_by("-pk").values_list("time_zone", flat=True).first()
    return zone or find_first_time_zone()


def find_first_time_zone() -> str:
    """Return the zone that a new request begins with."""
    return str(Request._meta.get_field("time_zone").get_default())


def find_latest_zone_of(campaign: str) -> Subquery:
    """Return the zone of the latest request of the campaign at this lookup path of a row; None without one."""
    return Subquery(Request.objects.filter(campaign=OuterRef(campaign)).order_by("-pk").values("time_zone")[:1])


def describe_promise(due_at: datetime | None, campaign: Campaign) -> str:
    """Return until when a campaign or its candidate was promised an answer, as their own pages and letters say it."""
    return describe_moment(due_at, find_campaign_time_zone(campaign)) if due_at else ""


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
