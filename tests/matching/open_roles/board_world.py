"""Campaigns, requests and volunteers that differ in everything that a rule or the board looks at."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Member, Request
from core.enums import OfficeLevel, VettingArea
from core.models import Jurisdiction, Party, Skill, User
from core.week_mask import Window
from matching.models import Veto
from tests.cast import Cast, build_candidacy, create_user, publish_new_request, verify_by_phone
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

ZONES = ["America/New_York", "America/Los_Angeles", "Asia/Kathmandu", "America/Phoenix", "UTC"]
SKILLS = ["front-end", "engineering", "ux-research", "copywriting"]
LANGUAGES = ["en", "es", "fr"]
STATES = ["US-WA", "US-OR", "US-ID"]


@dataclass
class BoardWorld:
    """What was drawn. `managers` are by campaign, in the same order."""

    chance: random.Random
    campaigns: list[Campaign]
    managers: list[User]


def register_verified_campaign(
    cast: Cast, name: str, at: datetime, *, manager: User | None = None, **candidacy: object
) -> tuple[Campaign, User]:
    """Register and verify a campaign, by default with a manager of its own."""
    manager = manager or create_user(f"manager-{name}".replace(" ", "-").lower())
    fields: dict[str, object] = {"district": name, **candidacy}
    campaign = register_campaign(actor=manager, candidacy=build_candidacy(name, at, **fields), name=name, at=at)
    return verify_by_phone(actor=cast.rita, campaign=campaign, at=at), manager


def draw_board_world(cast: Cast, at: datetime, seed: int, *, campaigns: int = 7, people: int = 8) -> BoardWorld:
    """Draw campaigns with a request or two each, and volunteers who set limits of every kind."""
    chance = random.Random(seed)
    Party.objects.get_or_create(code="green", defaults={"name": "Green"})
    Party.objects.get_or_create(code="plum", defaults={"name": "Plum"})
    drawn: list[Campaign] = []
    managers: list[User] = []
    levels: dict[int, str] = {}
    for number in range(campaigns):
        campaign, manager = register_verified_campaign(
            cast,
            f"Campaign {number}",
            at,
            jurisdiction=chance.choice(STATES),
            level=levels.setdefault(number // 2, chance.choice(OfficeLevel.values)),
            party=chance.choice(["green", "plum", ""]),
            # Two in a contest now and then, so that service in one bars the other.
            district=str(number // 2),
        )
        for _ in range(chance.randrange(1, 3)):
            publish_drawn_request(chance, manager, campaign, at)
        drawn.append(campaign)
        managers.append(manager)
    for number in range(people):
        draw_volunteer(cast, chance, number, drawn, at)
    return BoardWorld(chance, drawn, managers)


def publish_drawn_request(chance: random.Random, manager: User, campaign: Campaign, at: datetime) -> Request:
    """Publish a request with random terms."""
    roles = [
        RoleDraft(
            name=f"Role {number}",
            skill=chance.choice(SKILLS),
            level=chance.choice([1, 1, 2, 3]),
            hours_per_week=chance.choice([1, 2, 3]),
            seat_count=2,
            languages=tuple(chance.sample(LANGUAGES, chance.choice([0, 0, 1, 2]))),
            is_lead=chance.random() < 0.15,
            makes_decisions=chance.random() < 0.15,
            vetted_for=chance.choice([None, None, None, None, VettingArea.VOTER_FILES.value]),
        )
        for number in range(chance.randrange(1, 4))
    ]
    first = at.date() + timedelta(days=chance.randrange(0, 14))
    return publish_new_request(
        manager,
        campaign,
        at,
        roles=roles,
        starts_on=first,
        ends_on=first + timedelta(days=chance.choice([10, 30, 70])),
        time_zone=chance.choice(ZONES),
        work=[Window(day, starts, ends) for day, starts, ends in _draw_windows(chance, 5)]
        if chance.random() < 0.4
        else [],
        meetings=[Window(chance.randrange(7), time(18, 10), time(18, 50))] if chance.random() < 0.5 else [],
    )


def draw_volunteer(
    cast: Cast, chance: random.Random, number: int, campaigns: list[Campaign], at: datetime
) -> Volunteer:
    """Store a volunteer with random claims, hours, limits, times off, vetting marks and vetoes."""
    volunteer = Volunteer.objects.create(
        user=User.objects.create(email=f"p{number}@example.org"),
        adult=True,
        max_hours_per_week=chance.choice([2, 4, 8, 20]),
        max_projects=chance.choice([1, 2, 3]),
        time_zone=chance.choice(ZONES),
        languages=chance.sample(LANGUAGES, chance.randrange(1, 4)),
        wants_to_lead=chance.random() < 0.6,
        may_make_decisions=chance.choice(["yes", "yes", "no", "unsaid"]),
        levels=chance.sample(OfficeLevel.values, chance.randrange(1, 3)),
        restrict_to_levels=chance.random() < 0.2,
        restrict_to_parties=chance.random() < 0.2,
        restrict_to_jurisdictions=chance.random() < 0.2,
        waiting_since=at,
        claimed_at=at,
        availability_confirmed_at=at - timedelta(days=1),
    )
    volunteer.parties.set(chance.sample(list(Party.objects.filter(code__in=["green", "plum"])), chance.randrange(3)))
    places = list(Jurisdiction.objects.filter(code__in=["US", *STATES]))
    volunteer.jurisdictions.set(chance.sample(places, chance.randrange(3)))
    skills = dict(Skill.objects.filter(code__in=SKILLS).values_list("code", "pk"))
    SkillClaim.objects.bulk_create(
        SkillClaim(
            volunteer=volunteer,
            skill_id=skills[code],
            level=chance.randrange(1, 6),
            wants_to_use=chance.random() < 0.5,
        )
        for code in chance.sample(SKILLS, chance.randrange(1, 4))
    )
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=day, starts=starts, ends=ends)
        for day, starts, ends in _draw_windows(chance, 7)
    )
    if chance.random() < 0.3:
        first = at.date() + timedelta(days=chance.randrange(40))
        TimeOff.objects.create(volunteer=volunteer, starts_on=first, ends_on=first + timedelta(days=3))
    if chance.random() < 0.4:
        mark = {"method": "call", "reviewer": cast.rita, "created_at": at}
        until = at.date() + timedelta(days=chance.randrange(20, 120))
        Vetting.objects.create(volunteer=volunteer, area=VettingArea.VOTER_FILES, valid_until=until, **mark)
    if chance.random() < 0.4:
        campaign = chance.choice(campaigns)
        side = {"side": Veto.Side.VOLUNTEER, "created_at": at}
        Veto.objects.create(volunteer=volunteer, campaign=campaign, **side)
    return volunteer


def _draw_windows(chance: random.Random, most: int) -> list[tuple[int, time, time]]:
    found = {}
    for _ in range(chance.randrange(2, most + 1)):
        starts = time(chance.randrange(24), chance.choice([0, 0, 0, 15, 30]))
        length = chance.choice([5, 8, 12])
        found[chance.randrange(7), starts] = time((starts.hour + length) % 24, starts.minute)
    return [(day, starts, ends) for (day, starts), ends in found.items()]


def editors_of(campaign: Campaign) -> list[int]:
    """The ids of the users who act for a campaign."""
    return list(Member.objects.filter(campaign=campaign).values_list("user_id", flat=True))
