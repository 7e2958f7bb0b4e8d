"""Offices to win, and who stands for them. In some contests two opponents have campaigns here: nobody serves both."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from campaigns.models import Candidate, Contest
from core.enums import OfficeLevel, Weekday
from demo.seed.names import FIRST_NAMES, LAST_NAMES, TOWNS
from demo.seed.states import STATE_WEIGHTS, USState
from demo.seed.world import World


class Office(NamedTuple):
    """An office that the demo's candidates stand for; without districts it is elected by the whole state or a town."""

    level: OfficeLevel
    title: str
    districts: int = 0
    town: bool = False


OFFICE_WEIGHTS = {
    Office(OfficeLevel.STATE, "State House", districts=99): 34.0,
    Office(OfficeLevel.STATE, "State Senate", districts=40): 22.0,
    Office(OfficeLevel.FEDERAL, "US House", districts=8): 17.0,
    Office(OfficeLevel.STATE, "Governor"): 5.0,
    Office(OfficeLevel.FEDERAL, "US Senate"): 4.0,
    Office(OfficeLevel.STATE, "Secretary of State"): 4.0,
    Office(OfficeLevel.LOCAL, "Mayor", town=True): 7.0,
    Office(OfficeLevel.LOCAL, "City Council", town=True): 7.0,
}
ELECTION_WEEKS_AHEAD = (2, 40)
PRIMARY_WEEKS_BEFORE = 16
# Of twelve campaigns one opposes another one here, as in real rolls where two sides sign up.
ONE_OPPOSED_IN = 12


@dataclass
class Ballot:
    """The contests, everybody who stands in them, and those who have a campaign here, opponents side by side."""

    contests: list[Contest] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    candidates_with_campaign: list[Candidate] = field(default_factory=list)
    campaign_states: list[USState] = field(default_factory=list)  # of those with a campaign


def draw_ballot(world: World, campaigns: int) -> Ballot:
    """Contests for so many campaigns; the first contests have two each."""
    ballot = Ballot()
    opposed = campaigns // ONE_OPPOSED_IN
    taken: set[tuple[str, ...]] = set()
    while len(ballot.candidates_with_campaign) < campaigns:
        contest, state = _draw_contest(world, taken)
        standing = _draw_candidates(world, contest)
        here = standing[: 2 if len(ballot.contests) < opposed else 1]
        ballot.contests.append(contest)
        ballot.candidates += standing
        ballot.candidates_with_campaign += here
        ballot.campaign_states += [state] * len(here)
    return ballot


def _draw_contest(world: World, taken: set[tuple[str, ...]]) -> tuple[Contest, USState]:
    chance = world.rng
    while True:
        office, state = chance.pick_weighted(OFFICE_WEIGHTS), chance.pick_weighted(STATE_WEIGHTS)
        district = _draw_district(world, office)
        if (state.code, office.title, district) not in taken:
            break
    taken.add((state.code, office.title, district))
    election = _next_tuesday(world.today + timedelta(weeks=chance.randint(*ELECTION_WEEKS_AHEAD)))
    primary = election - timedelta(weeks=PRIMARY_WEEKS_BEFORE)
    contest = Contest(
        public_id=chance.public_id(),
        jurisdiction=world.jurisdictions[state.code],
        level=office.level,
        office=office.title,
        district=district,
        cycle=election.year,
        primary_on=primary if chance.happens(0.6) else None,
        election_on=election,
    )
    return contest, state


def _draw_district(world: World, office: Office) -> str:
    if office.town:
        return world.rng.choice(TOWNS)
    return str(world.rng.randint(1, office.districts)) if office.districts else ""


def _next_tuesday(day: date) -> date:
    return day + timedelta(days=(Weekday.TUESDAY - day.weekday()) % 7)


def _draw_candidates(world: World, contest: Contest) -> list[Candidate]:
    parties = world.rng.sample(world.parties, world.rng.choice((2, 2, 2, 3)))
    firsts = world.rng.sample(FIRST_NAMES, len(parties))
    return [
        Candidate(
            public_id=world.rng.public_id(),
            contest=contest,
            name=f"{first} {world.rng.choice(LAST_NAMES)}",
            party=party,
        )
        for first, party in zip(firsts, parties, strict=True)
    ]
