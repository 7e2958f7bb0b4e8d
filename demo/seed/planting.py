"""Draws the whole demo and stores it in a few large statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Model

from demo.seed.accounts import reviewer_account, verified_address
from demo.seed.calendars import draw_calendars
from demo.seed.campaigns import draw_organisations
from demo.seed.claims import draw_trust
from demo.seed.contests import draw_ballot
from demo.seed.ground import refuse_if_others_are_here
from demo.seed.pairs import draw_decisions
from demo.seed.people import draw_people
from demo.seed.requests import draw_requests
from demo.seed.seats import draw_places
from demo.seed.world import Size, World, world

BATCH = 5000


@dataclass(frozen=True, slots=True)
class Planted:
    """How much there is now."""

    volunteers: int
    campaigns: int
    requests: int
    seats: int


def plant(*, seed: int, today: date, size: Size) -> Planted:
    """Fill the database with the demo that this seed gives on this day, all of it or nothing.

    Raises WrongState when people or campaigns who are not of the demo are there.
    """
    with transaction.atomic():
        refuse_if_others_are_here()
        rows = list(_draw(world(seed=seed, today=today), size))
        for batch in rows:
            _store(batch)
        with connection.cursor() as cursor:
            # The first run reads all of this at once; without figures PostgreSQL would plan for empty tables.
            cursor.execute("ANALYZE")
    counts = {type(batch[0]).__name__: len(batch) for batch in rows if batch}
    return Planted(*(counts.get(name, 0) for name in ("Volunteer", "Campaign", "Request", "Seat")))


def _draw(world: World, size: Size) -> Iterable[Sequence[Model]]:
    """All rows, a table at a time, each after those that it refers to."""
    reviewer = reviewer_account(world)
    ballot = draw_ballot(world, size.campaigns)
    organisations = draw_organisations(world, ballot, reviewer)
    demand = draw_requests(world, organisations, ballot, size.requests)
    places = draw_places(world, demand)
    people = draw_people(world, size.volunteers)
    trust = draw_trust(world, people, reviewer)
    calendars = draw_calendars(world, people)
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
    yield [verified_address(user) for user in (reviewer, organisations.accounts[0], people.accounts[0])]
    yield from (ballot.contests, ballot.candidates, organisations.campaigns, organisations.managers)
    yield from (demand.requests, demand.windows, places.roles, places.seats, places.nice)
    yield from (people.volunteers, people.parties, people.places, trust.claims, trust.vettings)
    yield from (calendars.windows, calendars.time_off, decisions.matches, decisions.pins, decisions.vetoes)


def _store(rows: Sequence[Model]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
