"""Each state of the pages about one request, and how it comes about."""

from collections.abc import Callable
from datetime import datetime, time

from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Request
from campaigns.request_queries import draft_from_request, with_open_seats, with_roles
from matching.rules.states import MatchState
from matching.runs.actions.supply_estimate import estimate_supply
from tests.cast import Cast, create_user, create_volunteer, publish_new_request
from tests.web.campaigns.requests import fill_places, find_request_page, find_role_page


def make_busy_request(cast: Cast, at: datetime) -> Request:
    """A team with a person who waits, two who are asked, one at work, and a role that is hard to fill."""
    roles = [
        RoleDraft(name="Lead", skill="front-end", hours_per_week=4, tasks="Keeps the plan, and asks who is stuck."),
        RoleDraft(name="Front end", skill="front-end", hours_per_week=4, seat_count=3, tasks="Builds the pages."),
        RoleDraft(name="Forms", skill="front-end", hours_per_week=3, seat_count=2),
        RoleDraft(name="Writer", skill="copywriting", hours_per_week=3),
    ]
    summary = "People who look for us find us, and can donate. By 14 April."
    request = publish_new_request(
        cast.carol, cast.campaign, at, title="A site that works", summary=summary, roles=roles
    )
    fill_places(request, "Lead", [MatchState.ACTIVE], at)
    fill_places(request, "Front end", [MatchState.ACCEPTED, MatchState.OFFERED], at)
    fill_places(request, "Forms", [MatchState.OFFERED], at)
    return request


def make_request(cast: Cast, at: datetime) -> str:
    request = make_busy_request(cast, at)
    for number in range(6):
        create_volunteer(create_user(f"writer{number}"), at, claims=[("copywriting", 2, True)])
    stored = with_open_seats(with_roles(Request.objects.filter(pk=request.pk))).get()
    campaign = Campaign.objects.select_related("candidate__contest").get(pk=request.campaign_id)
    estimate_supply(actor=cast.carol, campaign=campaign, draft=draft_from_request(stored), at=at)
    return find_request_page(request)


def make_unchecked_request(cast: Cast, at: datetime) -> str:
    return find_request_page(cast.request)


def make_closed_request(cast: Cast, at: datetime) -> str:
    request = make_busy_request(cast, at)
    Request.objects.filter(pk=request.pk).update(state=Request.State.CLOSED)
    return find_request_page(request)


def make_role(cast: Cast, at: datetime) -> str:
    return find_role_page(make_busy_request(cast, at))


def make_suggested_role(cast: Cast, at: datetime) -> str:
    return find_role_page(make_busy_request(cast, at)) + "?hours_per_week=2"


def make_speaking_role(cast: Cast, at: datetime) -> str:
    request = make_busy_request(cast, at)
    request.roles.update(languages=["en", "es"])
    return find_role_page(request)


def make_team_addition(cast: Cast, at: datetime) -> str:
    request = make_busy_request(cast, at)
    Request.objects.filter(pk=request.pk).update(staffing="whole")
    return find_request_page(request, "campaign-role-add")


def make_end_of_role(cast: Cast, at: datetime) -> str:
    return find_role_page(make_busy_request(cast, at), page="campaign-role-close")


def make_end_of_empty_role(cast: Cast, at: datetime) -> str:
    return find_role_page(make_busy_request(cast, at), "Writer", "campaign-role-close")


def make_addition(cast: Cast, at: datetime) -> str:
    return find_request_page(cast.request, "campaign-role-add")


def make_change_with_work(cast: Cast, at: datetime) -> str:
    request = make_busy_request(cast, at)
    for weekday in range(5):
        request.windows.create(kind="work", weekday=weekday, starts=time(18), ends=time(22))
    return find_request_page(request, "campaign-change")


def make_free_role(cast: Cast, at: datetime) -> str:
    return find_role_page(cast.request)


def make_suggested_change(cast: Cast, at: datetime) -> str:
    return find_request_page(make_busy_request(cast, at), "campaign-change") + "?meetings=0"


def make_page_of(name: str) -> Callable[[Cast, datetime], str]:
    """Return the maker of the address of another page about the busy request."""
    return lambda cast, at: find_request_page(make_busy_request(cast, at), name)
