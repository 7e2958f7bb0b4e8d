"""Rows that several states of a volunteer's pages need."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from campaigns.actions.registration import register_campaign
from campaigns.models import Request, Seat
from core.week_mask import Window
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, publish_new_request, verify_by_phone
from tests.match_factory import (
    create_match,
)
from volunteers.models import Volunteer


def change_volunteer(cast: Cast, **changes: Any) -> None:
    Volunteer.objects.filter(user=cast.alice).update(**changes)


def make_other_request(cast: Cast, now: datetime, title: str = "Welcome emails", **changes: Any) -> Request:
    """A request of another campaign, in another contest, that Alice fits, too."""
    manager = create_user(f"manager-{title.split()[0].lower()}")
    candidacy = build_candidacy(f"Ada {title.split()[0]}", now, district=title.split()[0][:20])
    campaign = register_campaign(actor=manager, candidacy=candidacy, name=f"Ada for {title}", at=now)
    campaign = verify_by_phone(actor=cast.rita, campaign=campaign, at=now)
    days: dict[str, Any] = {"meetings": [Window(3, time(19), time(20))], "summary": "Letters that new people get."}
    role = replace(FRONT_END_ROLE, name="Email marketer", hours_per_week=3)
    return publish_new_request(manager, campaign, now, roles=[role], title=title, **(days | changes))


def match_in(request: Request, cast: Cast, now: datetime, state: MatchState, reason: str = "") -> Match:
    seat = Seat.objects.filter(role__request=request).earliest("pk")
    volunteer = Volunteer.objects.get(user=cast.alice)
    match = create_match(state, volunteer=volunteer, seat=seat, at=now, reason=reason)
    # Offers of one week are limited in number, so this one came earlier.
    Match.objects.filter(pk=match.pk, offered_at__isnull=False).update(offered_at=now - timedelta(days=8))
    return match
