"""Draw the whole demo and store it in a few large statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model

from core.table_statistics import update_table_statistics
from demo.garbage_collection import pausing_garbage_collection
from demo.seed.accounts import build_reviewer_account, build_story_accounts, build_verified_address
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

INSERT_BATCH_SIZE = 2500


@dataclass(frozen=True, slots=True)
class SeededCounts:
    """Numbers of rows stored."""

    volunteers: int
    campaigns: int
    requests: int
    seats: int


def seed_database(*, seed: int, today: date, size: WorldSize) -> SeededCounts:
    """Fill the database with the demo of this seed and day, all of it or nothing.

    Raises CommandError when the database holds people or campaigns that are not of the demo.
    """
    with transaction.atomic():
        refuse_foreign_rows()
        with pausing_garbage_collection():
            rows = list(_draw_rows(load_world(seed=seed, today=today), size))
            for batch in rows:
                _store_rows(batch)
        update_table_statistics()
    counts = {type(batch[0]).__name__: len(batch) for batch in rows if batch}
    return SeededCounts(*(counts.get(name, 0) for name in ("Volunteer", "Campaign", "Request", "Seat")))


def _draw_rows(world: World, size: WorldSize) -> Iterable[Sequence[Model]]:
    """Yield all rows, a table at a time, each after those that it refers to."""
    reviewer = build_reviewer_account(world)
    ballot = draw_ballot(world, size.campaigns)
    campaigns = draw_campaigns(world, ballot, reviewer)
    requests = draw_requests(world, campaigns, ballot, size.requests)
    seats = draw_roles_and_seats(world, requests)
    volunteers = draw_volunteers(world, size.volunteers)
    skills = draw_skills_and_vetting(world, volunteers, reviewer)
    availability = draw_availability(world, volunteers)
    decisions = draw_decisions(
        world,
        drawn_campaigns=campaigns,
        drawn_requests=requests,
        drawn_seats=seats,
        drawn_volunteers=volunteers,
        claims=skills.claims,
        reviewer=reviewer,
    )
    story_accounts = build_story_accounts(world)
    yield [reviewer, *campaigns.accounts, *volunteers.accounts, *story_accounts]
    main_accounts = reviewer, campaigns.accounts[0], volunteers.accounts[0]
    yield [build_verified_address(user) for user in (*main_accounts, *story_accounts)]
    yield from (ballot.contests, ballot.candidates, campaigns.campaigns, campaigns.managers)
    yield from (requests.requests, requests.windows, seats.roles, seats.seats, seats.nice_to_have_skills)
    yield from (volunteers.volunteers, volunteers.parties, volunteers.jurisdictions, skills.claims, skills.vettings)
    yield from (availability.windows, availability.time_off, decisions.matches, decisions.pins, decisions.vetoes)


def _store_rows(rows: Sequence[Model]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=INSERT_BATCH_SIZE)
