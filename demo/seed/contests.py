"""Draw offices and the candidates for them. Some contests have two campaigns here: no volunteer serves both."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from campaigns.models import Candidate, Contest
from core.enums import OfficeLevel, Weekday
from demo.seed.names import FIRST_NAMES, LAST_NAMES, TOWNS
from demo.seed.states import STATE_WEIGHTS, USState
from demo.seed.world import World


class Office(NamedTuple):
    """An office of the demo's contests. Without districts, a whole state or a town elects it."""

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
MIN_STORY_WEEKS_AHEAD = 26
"""Of the first contest, where the story of the demo takes place: both votes are so far that clocks are not shorter."""
# One campaign in twelve has an opponent here, so that the demo shows the rule against serving both.
ONE_OPPOSED_IN = 12


@dataclass
class Ballot:
    """Contests and their candidates, and those candidates who have a campaign here, opponents side by side."""

    contests: list[Contest] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    candidates_with_campaign: list[Candidate] = field(default_factory=list)
    campaign_states: list[USState] = field(default_factory=list)  # of those with a campaign


def draw_ballot(world: World, campaigns: int) -> Ballot:
    """Draw contests for this number of campaigns; the first contests have two campaigns each."""
    ballot = Ballot()
    opposed = campaigns // ONE_OPPOSED_IN
    taken_offices: set[tuple[str, ...]] = set()
    while len(ballot.candidates_with_campaign) < campaigns:
        contest, state = _draw_contest(world, taken_offices)
        candidates = _draw_candidates(world, contest)
        with_campaign = candidates[: 2 if len(ballot.contests) < opposed else 1]
        ballot.contests.append(contest)
        ballot.candidates += candidates
        ballot.candidates_with_campaign += with_campaign
        ballot.campaign_states += [state] * len(with_campaign)
    return ballot


def _draw_contest(world: World, taken_offices: set[tuple[str, ...]]) -> tuple[Contest, USState]:
    rng = world.rng
    while True:
        office, state = rng.pick_weighted(OFFICE_WEIGHTS), rng.pick_weighted(STATE_WEIGHTS)
        district = _draw_district(world, office)
        if (state.code, office.title, district) not in taken_offices:
            break
    taken_offices.add((state.code, office.title, district))
    weeks_ahead = rng.randint(*ELECTION_WEEKS_AHEAD)
    if len(taken_offices) == 1:
        weeks_ahead = max(weeks_ahead, MIN_STORY_WEEKS_AHEAD)
    election = find_next_tuesday(world.today + timedelta(weeks=weeks_ahead))
    primary = election - timedelta(weeks=PRIMARY_WEEKS_BEFORE)
    contest = Contest(
        public_id=rng.public_id(),
        jurisdiction=world.jurisdictions[state.code],
        level=office.level,
        office=office.title,
        district=district,
        cycle=election.year,
        primary_on=primary if rng.happens(0.6) else None,
        election_on=election,
    )
    return contest, state


def _draw_district(world: World, office: Office) -> str:
    if office.town:
        return world.rng.choice(TOWNS)
    return str(world.rng.randint(1, office.districts)) if office.districts else ""


def find_next_tuesday(day: date) -> date:
    """Return the day itself if it is a Tuesday, or the next one."""
    return day + timedelta(days=(Weekday.TUESDAY - day.weekday()) % 7)


def _draw_candidates(world: World, contest: Contest) -> list[Candidate]:
    parties = world.rng.sample(world.parties, world.rng.choice((2, 2, 2, 3)))
    first_names = world.rng.sample(FIRST_NAMES, len(parties))
    return [
        Candidate(
            public_id=world.rng.public_id(),
            contest=contest,
            name=f"{first_name} {world.rng.choice(LAST_NAMES)}",
            party=party,
        )
        for first_name, party in zip(first_names, parties, strict=True)
    ]
