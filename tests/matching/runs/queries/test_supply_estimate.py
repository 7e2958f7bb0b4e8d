"""How many people fit by what they say: beside the engine's own judgement, and blind to everything else."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.draft_rules import RoleDraft
from campaigns.models import Seat
from core.enums import OfficeLevel, VettingArea
from core.models import Jurisdiction, Party, Skill, User
from core.week_mask import Window
from matching.engine.rulebook import Rulebook
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Veto
from matching.rules.supply_estimate import SupplyQuestion, list_possible_changes
from matching.runs.queries.supply_estimate import FitCounts, count_fits
from matching.runs.queries.willing_volunteers import willing_volunteers
from matching.snapshot.assembly import take_role_snapshot
from matching.snapshot.available_volunteers import available_volunteers, time_zones_in_use
from tests.cast import Cast, publish_new_request
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

ZONES = ["America/New_York", "America/Los_Angeles", "Asia/Kathmandu", "Europe/London", "America/Phoenix", "UTC"]
SKILLS = ["front-end", "engineering", "ux-research", "design"]
LANGUAGES = ["en", "es", "fr"]


def world(cast: Cast, now: datetime, seed: int, people: int = 40) -> random.Random:
    """People who differ in everything that a rule looks at."""
    chance = random.Random(seed)
    skills = dict(Skill.objects.filter(code__in=SKILLS).values_list("code", "pk"))
    parties = [Party.objects.create(code=code, name=code) for code in ("green", "plum")]
    places = list(Jurisdiction.objects.filter(code__in=["US", "US-WA", "US-OR"]))
    cast.campaign.candidate.party = parties[0]
    cast.campaign.candidate.save()
    for number in range(people):
        volunteer = Volunteer.objects.create(
            user=User.objects.create(email=f"p{number}@example.org", is_active=chance.random() < 0.95),
            adult=True,
            max_hours_per_week=chance.choice([1, 2, 4, 8, 20]),
            max_projects=1,
            time_zone=chance.choice(ZONES),
            languages=chance.sample(LANGUAGES, chance.randrange(1, 4)),
            wants_to_lead=chance.random() < 0.6,
            may_make_decisions=chance.choice(["yes", "yes", "no", "unsaid"]),
            levels=chance.sample(OfficeLevel.values, chance.randrange(1, 3)),
            restrict_to_levels=chance.random() < 0.15,
            restrict_to_parties=chance.random() < 0.3,
            restrict_to_jurisdictions=chance.random() < 0.2,
            state=chance.choice(["active"] * 12 + ["paused"]),
            waiting_since=now,
            claimed_at=now,
            availability_confirmed_at=now - timedelta(days=chance.choice([1] * 12 + [80])),
        )
        volunteer.parties.set(chance.sample(parties, chance.randrange(3)))
        volunteer.jurisdictions.set(chance.sample(places, chance.randrange(3)))
        SkillClaim.objects.bulk_create(
            SkillClaim(volunteer=volunteer, skill_id=skills[code], level=chance.randrange(1, 6))
            for code in chance.sample(SKILLS, chance.randrange(1, 4))
        )
        AvailabilityWindow.objects.bulk_create(
            AvailabilityWindow(volunteer=volunteer, weekday=day, starts=starts, ends=ends)
            for day, starts, ends in windows(chance, 6)
        )
        if chance.random() < 0.2:
            first = now.date() + timedelta(days=chance.randrange(60))
            TimeOff.objects.create(volunteer=volunteer, starts_on=first, ends_on=first + timedelta(days=3))
        if chance.random() < 0.5:
            until = now.date() + timedelta(days=chance.randrange(20, 90))
            told = {"method": "call", "reviewer": cast.rita, "created_at": now, "valid_until": until}
            Vetting.objects.create(volunteer=volunteer, area=VettingArea.values[0], **told)
    return chance


def windows(chance: random.Random, most: int) -> list[tuple[int, time, time]]:
    """Long stretches that begin at odd minutes now and then."""
    found = {}
    for _ in range(chance.randrange(1, most + 1)):
        starts = time(chance.randrange(24), chance.choice([0, 0, 0, 15, 20, 30]))
        length = chance.choice([3, 5, 8, 12])
        found[chance.randrange(7), starts] = time((starts.hour + length) % 24, starts.minute)
    return [(day, starts, ends) for (day, starts), ends in found.items()]


def question(chance: random.Random, on: date) -> SupplyQuestion:
    """Something that a role may ask for."""
    first = on + timedelta(days=chance.randrange(-3, 14))
    return SupplyQuestion(
        skill=chance.choice(SKILLS),
        level=chance.choice([1, 1, 2, 3]),
        hours=chance.choice([1, 2, 3]),
        languages=tuple(sorted(chance.sample(LANGUAGES, chance.choice([0, 0, 1, 2])))),
        leads=chance.random() < 0.2,
        decides=chance.random() < 0.2,
        vetted_for=chance.choice(["", "", "", VettingArea.values[0]]),
        first=max(on, first),
        last=max(on, first) + timedelta(days=chance.choice([5, 20, 60])),
        time_zone=chance.choice(ZONES),
        work=tuple(Window(*one) for one in windows(chance, 5)) if chance.random() < 0.5 else (),
        meetings=(Window(chance.randrange(7), time(18, 10), time(18, 50)),) if chance.random() < 0.4 else (),
    )


def count(cast: Cast, asked: SupplyQuestion, instead: list[SupplyQuestion], now: datetime) -> FitCounts:
    people = willing_volunteers(cast.campaign, policy=get_active_policy(), at=now)
    return count_fits(asked, instead, volunteers=people, zones=time_zones_in_use())


def judged(cast: Cast, asked: SupplyQuestion, now: datetime) -> set[int]:
    """Whom the engine's second reader of the rules finds to fit this question, once it is a published request."""
    role = RoleDraft(
        name="One",
        skill=asked.skill,
        level=asked.level,
        hours_per_week=asked.hours,
        languages=asked.languages,
        is_lead=asked.leads,
        makes_decisions=asked.decides,
        vetted_for=asked.vetted_for,
    )
    terms = {"starts_on": asked.first, "ends_on": asked.last, "time_zone": asked.time_zone}
    times = {"work": asked.work, "meetings": asked.meetings}
    request = publish_new_request(cast.carol, cast.campaign, now, roles=[role], **terms, **times)
    policy = get_active_policy()
    people = available_volunteers().filter(
        availability_confirmed_at__gt=now - timedelta(days=policy.availability_valid_days)
    )
    problem = take_role_snapshot(Seat.objects.get(role__request=request), people, policy=policy, at=now).problem
    book = Rulebook(problem)
    return {int(problem.volunteer_id[row]) for row in range(problem.volunteers) if not book.broken(row, 0)}


@pytest.mark.parametrize("seed", range(5))
def test_who_fits_and_whom_a_change_lets_in_are_those_of_the_engine(cast: Cast, now: datetime, seed: int) -> None:
    chance = world(cast, now, seed)
    seen = 0
    for _ in range(5):
        asked = question(chance, now.date())
        instead = list_possible_changes(asked)
        found = count(cast, asked, [one.question for one in instead], now)
        fit = judged(cast, asked, now)
        opened = [len(judged(cast, one.question, now) - fit) for one in instead]
        assert (found.fitting, found.added_by_change) == (len(fit), opened), asked
        seen += len(fit) + sum(opened)
    assert seen > 0


def test_what_stands_between_people_and_campaigns_changes_nothing(cast: Cast, now: datetime) -> None:
    chance = world(cast, now, 3)
    asked = replace(question(chance, now.date()), skill="front-end", level=1, hours=1, work=(), meetings=())
    others = [one.question for one in list_possible_changes(asked)]
    before = count(cast, asked, others, now)
    seat = Seat.objects.get(role__request=cast.request)
    for number, volunteer in enumerate(Volunteer.objects.order_by("pk")):
        volunteer.rest_until = now.date() + timedelta(days=9)
        volunteer.save()
        Veto.objects.create(volunteer=volunteer, campaign=cast.campaign, side="volunteer", created_at=now)
        state = "offered" if not number else "declined"
        told = {"score": 0, "score_parts": {}, "proposed_at": now, "state_changed_at": now, "offered_at": now}
        Match.objects.create(volunteer=volunteer, seat=seat, request=cast.request, state=state, **told)

    assert count(cast, asked, others, now) == before


@pytest.mark.parametrize("people", [1, 30])
def test_an_answer_takes_seven_statements_however_many_people_there_are(cast: Cast, now: datetime, people: int) -> None:
    asked = question(world(cast, now, 1, people=people), now.date())
    others = [one.question for one in list_possible_changes(asked)]

    with CaptureQueriesContext(connection) as captured:
        count(cast, asked, others, now)

    # The policy, the contest, its places; the zones; the skill, those below it, counts.
    assert len(captured) == 7


def test_where_nobody_is_there_nobody_fits(cast: Cast, now: datetime) -> None:
    asked = question(random.Random(0), now.date())
    Volunteer.objects.all().delete()

    assert count(cast, asked, [asked], now) == FitCounts(0, [0])
