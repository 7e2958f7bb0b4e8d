"""Roles and seats: those of the playbook, extra ones, and more of either until the demo has the seats it should."""

from dataclasses import dataclass, field

from django.db.models import Model

from campaigns.models import PlaybookRole, Request, Role, Seat
from campaigns.models.playbook import Staffing
from core.models import Skill
from demo.seed.request_templates import REQUEST_TEMPLATES, ExtraRole
from demo.seed.requests import DrawnRequests
from demo.seed.world import World

SEATS_PER_REQUEST = 6.1
MAX_DRAWN_SEATS = 4
EXTRA_SHARE = 0.6
LANGUAGE_WEIGHTS: dict[tuple[str, ...], float] = {(): 94.0, ("es",): 4.0, ("en", "es"): 1.2, ("zh",): 0.5, ("vi",): 0.3}
# Who answers voters is more often asked for a language.
VOTER_LANGUAGE_WEIGHTS: dict[tuple[str, ...], float] = {(): 83.0, ("es",): 15.0, ("zh",): 1.2, ("vi",): 0.8}
VOTER_CONTACT_SKILLS = ("texting", "translation")


@dataclass
class DrawnRole:
    """One role, how many seats it has, and the skills that are nice to have."""

    role: Role
    seat_count: int
    nice_to_have_skills: list[Skill]

    @property
    def can_grow(self) -> bool:
        """A whole team is kept small, or it would hardly ever be complete; a project has one lead."""
        return (
            self.seat_count < MAX_DRAWN_SEATS and not self.role.leads and self.role.request.staffing == Staffing.ROLLING
        )


@dataclass
class DrawnRolesAndSeats:
    """Roles, their seats, and their links to skills that are nice to have."""

    roles: list[Role] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    # Django gives the class of the links no name.
    nice_to_have_skills: list[Model] = field(default_factory=list)


def draw_roles_and_seats(world: World, demand: DrawnRequests) -> DrawnRolesAndSeats:
    """The roles of all requests, with close to SEATS_A_REQUEST seats a request altogether."""
    teams: list[DrawnRole] = []
    for request, book in zip(demand.requests, demand.playbooks, strict=True):
        teams += [_role_from_playbook(world, request, part) for part in book.roles.all()]
        extras = REQUEST_TEMPLATES[book.code].extra_roles
        if extras and request.staffing == Staffing.ROLLING and world.rng.happens(EXTRA_SHARE):
            chosen = world.rng.sample(extras, world.rng.choice((1, 1, 2)))
            teams += [_role_from_extra(world, request, extra) for extra in chosen]
    _add_missing_seats(world, teams, round(SEATS_PER_REQUEST * len(demand.requests)))
    return _build_seats(world, teams)


def _role_from_playbook(world: World, request: Request, part: PlaybookRole) -> DrawnRole:
    role = _build_role(world, request, part.name, part.skill)
    role.order, role.level, role.hours = part.order, part.level, part.hours
    role.leads, role.vetted_for = part.leads, part.vetted_for
    role.decides = part.decides or (part.leads and world.rng.happens(0.1))
    return DrawnRole(role, part.seats, list(part.nice_to_have_skills.all()))


def _role_from_extra(world: World, request: Request, extra: ExtraRole) -> DrawnRole:
    role = _build_role(world, request, extra.name, world.skills[extra.skill])
    role.order, role.level, role.hours, role.vetted_for = 10, extra.level, extra.hours_per_week, extra.vetted_for
    return DrawnRole(role, 1, [])


def _build_role(world: World, request: Request, name: str, skill: Skill) -> Role:
    languages = world.rng.pick_weighted(
        VOTER_LANGUAGE_WEIGHTS if skill.code in VOTER_CONTACT_SKILLS else LANGUAGE_WEIGHTS
    )
    return Role(
        public_id=world.rng.public_id(), request=request, name=name, skill=skill, hours=1, languages=list(languages)
    )


def _add_missing_seats(world: World, teams: list[DrawnRole], wanted: int) -> None:
    short = wanted - sum(team.seat_count for team in teams)
    while short > 0:
        growing = [team for team in teams if team.can_grow]
        if not growing:
            return
        for team in world.rng.sample(growing, min(short, len(growing))):
            team.seat_count += 1
            short -= 1


def _build_seats(world: World, teams: list[DrawnRole]) -> DrawnRolesAndSeats:
    drawn = DrawnRolesAndSeats()
    nice = Role.nice_to_have_skills.through
    for team in teams:
        drawn.roles.append(team.role)
        drawn.seats += [
            Seat(public_id=world.rng.public_id(), role=team.role, number=number + 1)
            for number in range(team.seat_count)
        ]
        drawn.nice_to_have_skills += [nice(role=team.role, skill=skill) for skill in team.nice_to_have_skills]
    return drawn
