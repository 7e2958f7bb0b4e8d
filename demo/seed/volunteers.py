"""Draw volunteers: who they are, what they give, and what limits they set. A few are imported rows not claimed yet."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Model

from core.enums import OfficeLevel, OptionalAnswer
from core.models import User
from demo.logins import VOLUNTEER_EMAIL
from demo.seed.accounts import build_account
from demo.seed.names import FIRST_NAMES, LAST_NAMES
from demo.seed.professions import PROFESSION_WEIGHTS, Profession
from demo.seed.states import STATE_WEIGHTS, TIME_ZONES_ABROAD
from demo.seed.world import DEMO_SOURCE, World
from volunteers.models import Volunteer

# Free hours are scarce: half of all volunteers have four a week or fewer.
HOURS_WEIGHTS = {1: 5.0, 2: 17.0, 3: 16.0, 4: 18.0, 5: 14.0, 6: 12.0, 8: 9.0, 10: 6.0, 12: 2.0, 15: 1.0}
PROJECT_COUNT_WEIGHTS = {1: 68.0, 2: 26.0, 3: 6.0}
VOLUNTEER_STATE_WEIGHTS = {Volunteer.State.ACTIVE: 95.5, Volunteer.State.PAUSED: 3.5, Volunteer.State.LEFT: 1.0}
MAY_DECIDE_WEIGHTS = {OptionalAnswer.YES: 64.0, OptionalAnswer.NOT_SAID: 27.0, OptionalAnswer.NO: 9.0}
JOB_RESTRICTS_WEIGHTS = {OptionalAnswer.NO: 62.0, OptionalAnswer.NOT_SAID: 33.0, OptionalAnswer.YES: 5.0}
SECOND_LANGUAGE_WEIGHTS = {"": 78.0, "es": 13.0, "zh": 2.5, "vi": 1.2, "fr": 1.8, "ar": 1.0, "hi": 1.5, "ko": 1.0}
UNCLAIMED_SHARE = 0.08
# Fields that a spreadsheet lacks and its mapping fills in.
ASSUMED_FIELDS = ["max_hours_per_week", "availability"]


@dataclass
class DrawnVolunteers:
    """Volunteers, their professions by the same index, and their preferred parties and jurisdictions."""

    volunteers: list[Volunteer] = field(default_factory=list)
    professions: list[Profession] = field(default_factory=list)
    # Django gives the classes of these links no name.
    parties: list[Model] = field(default_factory=list)
    jurisdictions: list[Model] = field(default_factory=list)

    @property
    def accounts(self) -> list[User]:
        """The accounts of volunteers who have claimed their profile."""
        return [volunteer.user for volunteer in self.volunteers if volunteer.user]


def draw_volunteers(world: World, count: int) -> DrawnVolunteers:
    """Draw `count` volunteers; visitors can sign in as the first one."""
    drawn = DrawnVolunteers()
    for number in range(count):
        profession = _find_designer_profession() if number == 0 else world.rng.pick_weighted(PROFESSION_WEIGHTS)
        volunteer = _draw_volunteer(world, number, profession)
        drawn.volunteers.append(volunteer)
        drawn.professions.append(profession)
        if number == 0:
            _make_easy_to_match(volunteer)
        else:
            _draw_preferences(world, drawn, volunteer)
    return drawn


def _find_designer_profession() -> Profession:
    return next(profession for profession in PROFESSION_WEIGHTS if profession.core_skills == ("ui-design",))


def _draw_volunteer(world: World, number: int, profession: Profession) -> Volunteer:
    rng = world.rng
    state = rng.pick_weighted(STATE_WEIGHTS)
    waiting_days = rng.randint(2, rng.choice((30, 120, 360)))
    second_language = rng.pick_weighted(SECOND_LANGUAGE_WEIGHTS)
    volunteer = Volunteer(
        public_id=rng.public_id(),
        source=DEMO_SOURCE,
        source_key=f"volunteer-{number}",
        first_name=rng.choice(FIRST_NAMES),
        last_name=rng.choice(LAST_NAMES),
        max_hours_per_week=rng.pick_weighted(HOURS_WEIGHTS),
        max_projects=rng.pick_weighted(PROJECT_COUNT_WEIGHTS),
        time_zone=rng.choice(TIME_ZONES_ABROAD) if rng.happens(0.015) else state.time_zone,
        languages=["en", second_language] if second_language else ["en"],
        wants_to_lead=rng.happens(profession.lead_share),
        may_make_decisions=rng.pick_weighted(MAY_DECIDE_WEIGHTS),
        job_restricts=rng.pick_weighted(JOB_RESTRICTS_WEIGHTS),
        state=rng.pick_weighted(VOLUNTEER_STATE_WEIGHTS),
        waiting_since=world.days_ago(waiting_days),
    )
    if number and rng.happens(UNCLAIMED_SHARE):
        volunteer.email, volunteer.assumed = f"volunteer.{number}@example.org", ASSUMED_FIELDS
        volunteer.state = Volunteer.State.ACTIVE
    else:
        _claim_profile(world, volunteer, number, waiting_days)
    return volunteer


def _claim_profile(world: World, volunteer: Volunteer, number: int, waiting: int) -> None:
    language = "es" if "es" in volunteer.languages and world.rng.happens(0.3) else "en"
    email = f"volunteer.{number}@people.example" if number else VOLUNTEER_EMAIL
    volunteer.user = build_account(world, email, volunteer.waiting_since, language=language)
    volunteer.adult = True
    volunteer.claimed_at = volunteer.waiting_since
    last_asked = 60 if world.rng.happens(0.96) else 150
    volunteer.availability_confirmed_at = world.days_ago(world.rng.randint(1, min(waiting, last_asked - 1)))


def _draw_preferences(world: World, drawn: DrawnVolunteers, volunteer: Volunteer) -> None:
    rng = world.rng
    if rng.happens(0.2):
        volunteer.levels = [str(level) for level in rng.sample(OfficeLevel.values, rng.choice((1, 1, 2)))]
        volunteer.restrict_to_levels = rng.happens(0.3)
    if rng.happens(0.25):
        party_sample = rng.sample(world.parties, rng.choice((1, 1, 2)))
        drawn.parties += [Volunteer.parties.through(volunteer=volunteer, party=party) for party in party_sample]
        volunteer.restrict_to_parties = rng.happens(0.35)
    if rng.happens(0.35):
        codes = {rng.pick_weighted(STATE_WEIGHTS).code for _ in range(rng.choice((1, 1, 2, 3)))}
        link_model = Volunteer.jurisdictions.through
        drawn.jurisdictions += [
            link_model(volunteer=volunteer, jurisdiction=world.jurisdictions[code]) for code in sorted(codes)
        ]
        volunteer.restrict_to_jurisdictions = rng.happens(0.12)


def _make_easy_to_match(volunteer: Volunteer) -> None:
    """Remove all obstacles to a proposal: a visitor who signs in should find one beside the work of the story."""
    volunteer.max_hours_per_week, volunteer.max_projects = 12, 4
    volunteer.time_zone = "America/New_York"
    volunteer.state = Volunteer.State.ACTIVE
    volunteer.languages = ["en", "es"]
    volunteer.waiting_since -= timedelta(weeks=20)
    volunteer.claimed_at = volunteer.waiting_since
