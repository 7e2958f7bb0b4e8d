"""Volunteers: who they are, what they will give, whom they will serve. A few are rows that nobody has claimed yet."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Model

from core.enums import OfficeLevel, OptionalAnswer
from core.models import User
from demo.logins import VOLUNTEER
from demo.seed.accounts import account
from demo.seed.names import FIRST_NAMES, LAST_NAMES
from demo.seed.places import BY_PEOPLE, ZONES_ABROAD
from demo.seed.professions import PROFESSIONS, Profession
from demo.seed.world import SOURCE, World
from volunteers.models import Volunteer

# Scarce as free hours are: half of all people have four a week or fewer.
HOURS = {1: 5.0, 2: 17.0, 3: 16.0, 4: 18.0, 5: 14.0, 6: 12.0, 8: 9.0, 10: 6.0, 12: 2.0, 15: 1.0}
PROJECTS = {1: 68.0, 2: 26.0, 3: 6.0}
STATES = {Volunteer.State.ACTIVE: 95.5, Volunteer.State.PAUSED: 3.5, Volunteer.State.LEFT: 1.0}
MAY_DECIDE = {OptionalAnswer.YES: 64.0, OptionalAnswer.UNSAID: 27.0, OptionalAnswer.NO: 9.0}
JOB_RESTRICTS = {OptionalAnswer.NO: 62.0, OptionalAnswer.UNSAID: 33.0, OptionalAnswer.YES: 5.0}
SECOND_LANGUAGES = {"": 78.0, "es": 13.0, "zh": 2.5, "vi": 1.2, "fr": 1.8, "ar": 1.0, "hi": 1.5, "ko": 1.0}
UNCLAIMED_SHARE = 0.08
# What a spreadsheet did not say and its mapping filled in.
ASSUMED = ["hours", "availability"]


@dataclass
class People:
    """Volunteers, the profession of each by the same index, and what they named: parties and places."""

    volunteers: list[Volunteer] = field(default_factory=list)
    professions: list[Profession] = field(default_factory=list)
    # Django gives the classes of these links no name.
    parties: list[Model] = field(default_factory=list)
    places: list[Model] = field(default_factory=list)

    @property
    def accounts(self) -> list[User]:
        """The accounts of those who have claimed their place."""
        return [one.user for one in self.volunteers if one.user]


def draw_people(world: World, count: int) -> People:
    """So many volunteers; the first is the one as whom a visitor can sign in."""
    drawn = People()
    for number in range(count):
        profession = _designer() if number == 0 else world.chance.pick(PROFESSIONS)
        volunteer = _volunteer(world, number, profession)
        drawn.volunteers.append(volunteer)
        drawn.professions.append(profession)
        if number == 0:
            _make_welcome(volunteer)
        else:
            _choose_whom_to_serve(world, drawn, volunteer)
    return drawn


def _designer() -> Profession:
    return next(one for one in PROFESSIONS if one.core == ("ui-design",))


def _volunteer(world: World, number: int, profession: Profession) -> Volunteer:
    chance = world.chance
    state = chance.pick(BY_PEOPLE)
    waiting = chance.randint(2, chance.choice((30, 120, 360)))
    second = chance.pick(SECOND_LANGUAGES)
    volunteer = Volunteer(
        public_id=chance.public_id(),
        source=SOURCE,
        source_key=f"volunteer-{number}",
        first_name=chance.choice(FIRST_NAMES),
        last_name=chance.choice(LAST_NAMES),
        hours=chance.pick(HOURS),
        projects=chance.pick(PROJECTS),
        time_zone=chance.choice(ZONES_ABROAD) if chance.happens(0.015) else state.zone,
        languages=["en", second] if second else ["en"],
        wants_to_lead=chance.happens(profession.leads),
        may_decide=chance.pick(MAY_DECIDE),
        job_restricts=chance.pick(JOB_RESTRICTS),
        state=chance.pick(STATES),
        raised_at=world.ago(waiting),
    )
    if number and chance.happens(UNCLAIMED_SHARE):
        volunteer.email, volunteer.assumed = f"volunteer.{number}@example.org", ASSUMED
        volunteer.state = Volunteer.State.ACTIVE
    else:
        _claim(world, volunteer, number, waiting)
    return volunteer


def _claim(world: World, volunteer: Volunteer, number: int, waiting: int) -> None:
    language = "es" if "es" in volunteer.languages and world.chance.happens(0.3) else "en"
    email = f"volunteer.{number}@people.example" if number else VOLUNTEER
    volunteer.user = account(world, email, volunteer.raised_at, language=language)
    volunteer.adult = True
    volunteer.claimed_at = volunteer.raised_at
    last_asked = 60 if world.chance.happens(0.96) else 150
    volunteer.availability_confirmed_at = world.ago(world.chance.randint(1, min(waiting, last_asked - 1)))


def _choose_whom_to_serve(world: World, drawn: People, volunteer: Volunteer) -> None:
    chance = world.chance
    if chance.happens(0.2):
        volunteer.levels = [str(level) for level in chance.sample(OfficeLevel.values, chance.choice((1, 1, 2)))]
        volunteer.level_only = chance.happens(0.3)
    if chance.happens(0.25):
        named = chance.sample(world.parties, chance.choice((1, 1, 2)))
        drawn.parties += [Volunteer.parties.through(volunteer=volunteer, party=party) for party in named]
        volunteer.party_only = chance.happens(0.35)
    if chance.happens(0.35):
        codes = {chance.pick(BY_PEOPLE).code for _ in range(chance.choice((1, 1, 2, 3)))}
        places = Volunteer.places.through
        drawn.places += [places(volunteer=volunteer, jurisdiction=world.places[code]) for code in sorted(codes)]
        volunteer.place_only = chance.happens(0.12)


def _make_welcome(volunteer: Volunteer) -> None:
    """Leave nothing in the way of a proposal: a visitor who signs in should find one."""
    volunteer.hours, volunteer.projects = 8, 2
    volunteer.time_zone = "America/New_York"
    volunteer.state = Volunteer.State.ACTIVE
    volunteer.languages = ["en", "es"]
    volunteer.raised_at -= timedelta(weeks=20)
    volunteer.claimed_at = volunteer.raised_at
