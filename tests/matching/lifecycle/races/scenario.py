"""The stage of the races: people and requests that have much in common, and back to the beginning between rounds."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from django.db import connection

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Request, Role, Seat
from core.models import User
from core.week_mask import Window
from matching.lifecycle.actions.offers import send_broadcast_offer
from matching.models import Match
from matching.rules.transitions import ActorKind
from tests.cast import build_candidacy, create_user, create_volunteer, publish_new_request, verify_by_phone
from volunteers.models import Volunteer

_TABLES_EMPTIED_BETWEEN_ROUNDS = (
    "matching_match",
    "matching_matchevent",
    "matching_run",
    "matching_interest",
    "matching_veto",
    "core_notice",
    "volunteers_levelquestion",
)


@dataclass(frozen=True)
class RaceScenario:
    """Rita reviews, Carol manages every campaign."""

    at: datetime
    rita: User
    carol: User
    volunteers: list[Volunteer]
    requests: dict[str, Request]

    def list_roles(self, name: str) -> list[Role]:
        return list(self.requests[name].roles.order_by("order"))

    def list_seats(self, name: str) -> list[Seat]:
        seats = Seat.objects.filter(role__request=self.requests[name]).select_related("role__request")
        return list(seats.order_by("role__order", "number"))

    def reset(self) -> None:
        """Restore the set-up: no matches, and every request as published."""
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(_TABLES_EMPTIED_BETWEEN_ROUNDS)} CASCADE")
        Seat.objects.update(closed_at=None)
        Request.objects.update(state=Request.State.PUBLISHED)
        Campaign.objects.update(paused_at=None)
        for one in self.volunteers:
            Volunteer.objects.filter(pk=one.pk).update(
                state=one.state,
                rest_until=None,
                max_hours_per_week=one.max_hours_per_week,
                max_projects=one.max_projects,
                waiting_since=one.waiting_since,
            )


def set_up_scenario(at: datetime, *, people: int = 8) -> RaceScenario:
    """Kim and Lee want the same seat in the senate, Ann another one. Each volunteer fits each seat, not all at once."""
    rita, carol = create_user("rita", reviewer=True), create_user("carol")
    volunteers = [
        create_volunteer(create_user(f"v{number}"), at, max_hours_per_week=8, max_projects=2)
        for number in range(people)
    ]
    Volunteer.objects.update(on_call=True)
    kim, lee = (
        register_campaign(actor=carol, candidacy=build_candidacy(name, at), name=name, at=at) for name in ("Kim", "Lee")
    )
    elsewhere = replace(build_candidacy("Ann", at), district="6")
    ann = register_campaign(actor=carol, candidacy=elsewhere, name="Ann", at=at)
    for campaign in (kim, lee, ann):
        verify_by_phone(actor=rita, campaign=campaign, at=at)

    def role(name: str, hours: int, seats: int = 1) -> RoleDraft:
        return RoleDraft(name=name, skill="front-end", hours_per_week=hours, seat_count=seats)

    requests = {
        "site": publish_new_request(carol, kim, at, title="Site", roles=[role("Coder", 4, seats=2)]),
        "rival": publish_new_request(carol, lee, at, title="Rival", roles=[role("Coder", 4)], meetings=[]),
        "texts": publish_new_request(
            carol,
            ann,
            at,
            title="Texts",
            roles=[role("Writer", 4, seats=3)],
            meetings=[Window(1, time(19, 30), time(20, 30))],
            auto_confirm=True,
        ),
        "team": publish_new_request(
            carol, ann, at, title="Team", roles=[role("One", 4), role("Two", 4)], meetings=[], staffing="whole"
        ),
        "hacked": publish_new_request(
            carol, ann, at, title="Hacked", roles=[role("One", 1)], meetings=[], emergency=True, auto_confirm=True
        ),
        "breached": publish_new_request(
            carol, kim, at, title="Breached", roles=[role("One", 1)], meetings=[], emergency=True, auto_confirm=True
        ),
    }
    return RaceScenario(at, rita, carol, [Volunteer.objects.get(pk=one.pk) for one in volunteers], requests)


def create_proposal(volunteer: Volunteer, seat: Seat, *, at: datetime) -> Match:
    """A proposal as a run would store it."""
    return Match.objects.create(
        volunteer=volunteer,
        seat=seat,
        request=seat.role.request,
        score=0,
        score_parts={},
        proposed_at=at,
        state_changed_at=at,
    )


def create_raced_offer(volunteer: Volunteer, seat: Seat, *, at: datetime) -> Match:
    """One of several broadcast offers for a seat."""
    match = create_proposal(volunteer, seat, at=at)
    send_broadcast_offer(match, ActorKind.REVIEWER, at=at)
    return match
