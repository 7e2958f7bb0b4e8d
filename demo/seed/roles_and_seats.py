"""Draw roles and seats: those of the playbook, extra ones, and more seats until the demo has enough."""

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
# Roles that answer voters ask for a language more often.
VOTER_LANGUAGE_WEIGHTS: dict[tuple[str, ...], float] = {(): 83.0, ("es",): 15.0, ("zh",): 1.2, ("vi",): 0.8}
VOTER_CONTACT_SKILLS = ("texting", "translation")


@dataclass
class DrawnRole:
    """A role with its number of seats and the skills that are nice to have."""

    role: Role
    seat_count: int
    nice_to_have_skills: list[Skill]

    @property
    def can_grow(self) -> bool:
        """Return whether seats may be added. A whole team stays small, or it would hardly ever be complete."""
        return (
            self.seat_count < MAX_DRAWN_SEATS
            and not self.role.is_lead
            and self.role.request.staffing == Staffing.ROLLING
        )


@dataclass
class DrawnRolesAndSeats:
    """Roles, their seats, and their links to skills that are nice to have."""

    roles: list[Role] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    # Django gives the class of the links no name.
    nice_to_have_skills: list[Model] = field(default_factory=list)


def draw_roles_and_seats(world: World, drawn_requests: DrawnRequests) -> DrawnRolesAndSeats:
    """Draw the roles of all requests, with close to SEATS_PER_REQUEST seats a request altogether."""
    drawn_roles: list[DrawnRole] = []
    for request, playbook in zip(drawn_requests.requests, drawn_requests.playbooks, strict=True):
        drawn_roles += [_role_from_playbook(world, request, playbook_role) for playbook_role in playbook.roles.all()]
        extras = REQUEST_TEMPLATES[playbook.code].extra_roles
        if extras and request.staffing == Staffing.ROLLING and world.rng.happens(EXTRA_SHARE):
            extra_sample = world.rng.sample(extras, world.rng.choice((1, 1, 2)))
            drawn_roles += [_role_from_extra(world, request, extra) for extra in extra_sample]
    _add_missing_seats(world, drawn_roles, round(SEATS_PER_REQUEST * len(drawn_requests.requests)))
    return _build_seats(world, drawn_roles)


def _role_from_playbook(world: World, request: Request, playbook_role: PlaybookRole) -> DrawnRole:
    role = _build_role(world, request, playbook_role.name, playbook_role.skill)
    role.order, role.level, role.hours_per_week = playbook_role.order, playbook_role.level, playbook_role.hours_per_week
    role.tasks = playbook_role.tasks
    role.is_lead, role.vetted_for = playbook_role.is_lead, playbook_role.vetted_for
    role.makes_decisions = playbook_role.makes_decisions or (playbook_role.is_lead and world.rng.happens(0.1))
    return DrawnRole(role, playbook_role.seat_count, list(playbook_role.nice_to_have_skills.all()))


def _role_from_extra(world: World, request: Request, extra: ExtraRole) -> DrawnRole:
    role = _build_role(world, request, extra.name, world.skills[extra.skill])
    role.tasks = extra.tasks
    role.order, role.level, role.hours_per_week, role.vetted_for = (
        10,
        extra.level,
        extra.hours_per_week,
        extra.vetted_for,
    )
    return DrawnRole(role, 1, [])


def _build_role(world: World, request: Request, name: str, skill: Skill) -> Role:
    languages = world.rng.pick_weighted(
        VOTER_LANGUAGE_WEIGHTS if skill.code in VOTER_CONTACT_SKILLS else LANGUAGE_WEIGHTS
    )
    return Role(
        public_id=world.rng.public_id(),
        request=request,
        name=name,
        skill=skill,
        hours_per_week=1,
        languages=list(languages),
    )


def _add_missing_seats(world: World, drawn_roles: list[DrawnRole], target: int) -> None:
    missing = target - sum(drawn_role.seat_count for drawn_role in drawn_roles)
    while missing > 0:
        growing = [drawn_role for drawn_role in drawn_roles if drawn_role.can_grow]
        if not growing:
            return
        for drawn_role in world.rng.sample(growing, min(missing, len(growing))):
            drawn_role.seat_count += 1
            missing -= 1


def _build_seats(world: World, drawn_roles: list[DrawnRole]) -> DrawnRolesAndSeats:
    drawn = DrawnRolesAndSeats()
    link_model = Role.nice_to_have_skills.through
    for drawn_role in drawn_roles:
        drawn.roles.append(drawn_role.role)
        drawn.seats += [
            Seat(public_id=world.rng.public_id(), role=drawn_role.role, number=number + 1)
            for number in range(drawn_role.seat_count)
        ]
        drawn.nice_to_have_skills += [
            link_model(role=drawn_role.role, skill=skill) for skill in drawn_role.nice_to_have_skills
        ]
    return drawn
