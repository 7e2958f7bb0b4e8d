"""Requests with people at several stages, and the addresses of the pages about one request."""

from datetime import datetime

from django.urls import reverse

from campaigns.draft_rules import RoleDraft
from campaigns.models import Request, Seat
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import create_match

REQUEST_PAGES = ("campaign-request", "campaign-role-add", "campaign-request-close", "campaign-request-cancel")


def find_request_page(request: Request, page: str = "campaign-request") -> str:
    return reverse(page, args=[request.campaign.public_id, request.public_id])


def find_role_page(request: Request, name: str = "Front end", page: str = "campaign-role") -> str:
    role = request.roles.get(name=name)
    return reverse(page, args=[request.campaign.public_id, request.public_id, role.public_id])


def publish_roles(cast: Cast, at: datetime, *names: str, seat_count: int = 1) -> Request:
    """Publish a request with roles of these names, which ask for the front end, with so many places each."""
    roles = [RoleDraft(name=name, skill="front-end", hours_per_week=3, seat_count=seat_count) for name in names]
    return publish_new_request(cast.carol, cast.campaign, at, title="Two pages", roles=roles)


def fill_places(request: Request, role: str, states: list[MatchState], at: datetime) -> list[Match]:
    """Put a new person into each of the first places of a role, in these states."""
    matches = []
    seats = Seat.objects.filter(role__request=request, role__name=role).order_by("number")
    for seat, state in zip(seats, states, strict=False):
        volunteer = create_volunteer(create_user(f"helper{seat.pk}"), at)
        matches.append(create_match(state, volunteer=volunteer, seat=seat, at=at))
    return matches
