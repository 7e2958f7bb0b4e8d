"""Draws the whole demo and stores it in a few large statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Model

from demo.seed.accounts import build_reviewer_account, build_verified_address
from demo.seed.availability import draw_availability
from demo.seed.campaigns import draw_campaigns
from demo.seed.contests import draw_ballot
from demo.seed.database import refuse_foreign_rows
from demo.seed.decisions import draw_decisions
from demo.seed.requests import draw_requests
from demo.seed.roles_and_seats import draw_roles_and_seats
from demo.seed.skills_and_vetting import draw_skills_and_vetting
from demo.seed.volunteers import draw_volunteers
from demo.seed.world import World, WorldSize, load_world

INSERT_BATCH_SIZE = 5000


@dataclass(frozen=True, slots=True)
class SeededCounts:
    """How much there is now."""

    volunteers: int
    campaigns: int
    requests: int
    seats: int


def seed_database(*, seed: int, today: date, size: WorldSize) -> SeededCounts:
    """Fill the database with the demo that this seed gives on this day, all of it or nothing.

    Raises WrongState when people or campaigns who are not of the demo are there.
    """
    with transaction.atomic():
        refuse_foreign_rows()
        rows = list(_draw_rows(load_world(seed=seed, today=today), size))
        for batch in rows:
            _store_rows(batch)
        with connection.cursor() as cursor:
            # The first run reads all of this at once; without figures PostgreSQL would plan for empty tables.
            cursor.execute("ANALYZE")
    counts = {type(batch[0]).__name__: len(batch) for batch in rows if batch}
    return SeededCounts(*(counts.get(name, 0) for name in ("Volunteer", "Campaign", "Request", "Seat")))


def _draw_rows(world: World, size: WorldSize) -> Iterable[Sequence[Model]]:
    """All rows, a table at a time, each after those that it refers to."""
    reviewer = build_reviewer_account(world)
    ballot = draw_ballot(world, size.campaigns)
    organisations = draw_campaigns(world, ballot, reviewer)
    demand = draw_requests(world, organisations, ballot, size.requests)
    places = draw_roles_and_seats(world, demand)
    people = draw_volunteers(world, size.volunteers)
    trust = draw_skills_and_vetting(world, people, reviewer)
    calendars = draw_availability(world, people)
    decisions = draw_decisions(
        world,
        organisations=organisations,
        demand=demand,
        places=places,
        people=people,
        claims=trust.claims,
        reviewer=reviewer,
    )
    yield [reviewer, *organisations.accounts, *people.accounts]
    yield [build_verified_address(user) for user in (reviewer, organisations.accounts[0], people.accounts[0])]
    yield from (ballot.contests, ballot.candidates, organisations.campaigns, organisations.managers)
    yield from (demand.requests, demand.windows, places.roles, places.seats, places.nice_to_have_skills)
    yield from (people.volunteers, people.parties, people.jurisdictions, trust.claims, trust.vettings)
    yield from (calendars.windows, calendars.time_off, decisions.matches, decisions.pins, decisions.vetoes)


def _store_rows(rows: Sequence[Model]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=INSERT_BATCH_SIZE)
