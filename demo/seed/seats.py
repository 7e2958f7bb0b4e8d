"""Roles and seats: those of the playbook, extra ones, and more of either until the demo has the seats it should."""

from dataclasses import dataclass, field

from django.db.models import Model

from campaigns.models import PlaybookRole, Request, Role, Seat
from campaigns.models.playbook import Staffing
from core.models import Skill
from demo.seed.projects import PROJECTS, Extra
from demo.seed.requests import Demand
from demo.seed.world import World

SEATS_A_REQUEST = 6.1
MOST_SEATS = 4
EXTRA_SHARE = 0.6
LANGUAGES: dict[tuple[str, ...], float] = {(): 94.0, ("es",): 4.0, ("en", "es"): 1.2, ("zh",): 0.5, ("vi",): 0.3}
# Who answers voters is more often asked for a language.
SPOKEN: dict[tuple[str, ...], float] = {(): 83.0, ("es",): 15.0, ("zh",): 1.2, ("vi",): 0.8}
SPOKEN_SKILLS = ("texting", "translation")


@dataclass
class Team:
    """One role, how many seats it has, and the skills that are nice to have."""

    role: Role
    seats: int
    nice: list[Skill]

    @property
    def may_grow(self) -> bool:
        """A whole team is kept small, or it would hardly ever be complete; a project has one lead."""
        return self.seats < MOST_SEATS and not self.role.leads and self.role.request.staffing == Staffing.ROLLING


@dataclass
class Places:
    """Roles, their seats, and their links to skills that are nice to have."""

    roles: list[Role] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    # Django gives the class of the links no name.
    nice: list[Model] = field(default_factory=list)


def draw_places(world: World, demand: Demand) -> Places:
    """The roles of all requests, with close to SEATS_A_REQUEST seats a request altogether."""
    teams: list[Team] = []
    for request, book in zip(demand.requests, demand.playbooks, strict=True):
        teams += [_from_playbook(world, request, part) for part in book.roles.all()]
        extras = PROJECTS[book.code].extras
        if extras and request.staffing == Staffing.ROLLING and world.chance.happens(EXTRA_SHARE):
            chosen = world.chance.sample(extras, world.chance.choice((1, 1, 2)))
            teams += [_from_extra(world, request, extra) for extra in chosen]
    _grow(world, teams, round(SEATS_A_REQUEST * len(demand.requests)))
    return _places(world, teams)


def _from_playbook(world: World, request: Request, part: PlaybookRole) -> Team:
    role = _role(world, request, part.name, part.skill)
    role.order, role.level, role.hours = part.order, part.level, part.hours
    role.leads, role.vetted_for = part.leads, part.vetted_for
    role.decides = part.decides or (part.leads and world.chance.happens(0.1))
    return Team(role, part.seats, list(part.nice_skills.all()))


def _from_extra(world: World, request: Request, extra: Extra) -> Team:
    role = _role(world, request, extra.name, world.skills[extra.skill])
    role.order, role.level, role.hours, role.vetted_for = 10, extra.level, extra.hours, extra.vetted_for
    return Team(role, 1, [])


def _role(world: World, request: Request, name: str, skill: Skill) -> Role:
    languages = world.chance.pick(SPOKEN if skill.code in SPOKEN_SKILLS else LANGUAGES)
    return Role(
        public_id=world.chance.public_id(), request=request, name=name, skill=skill, hours=1, languages=list(languages)
    )


def _grow(world: World, teams: list[Team], wanted: int) -> None:
    short = wanted - sum(team.seats for team in teams)
    while short > 0:
        growing = [team for team in teams if team.may_grow]
        if not growing:
            return
        for team in world.chance.sample(growing, min(short, len(growing))):
            team.seats += 1
            short -= 1


def _places(world: World, teams: list[Team]) -> Places:
    drawn = Places()
    nice = Role.nice_skills.through
    for team in teams:
        drawn.roles.append(team.role)
        drawn.seats += [
            Seat(public_id=world.chance.public_id(), role=team.role, number=number + 1) for number in range(team.seats)
        ]
        drawn.nice += [nice(role=team.role, skill=skill) for skill in team.nice]
    return drawn
