"""What people have decided already: seats that are held, pins and vetoes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from campaigns.models import Request, Role, Seat
from core.clock_rules import end_of_day
from core.models import User
from demo.seed.campaigns import DrawnCampaigns
from demo.seed.requests import DrawnRequests
from demo.seed.roles_and_seats import DrawnRolesAndSeats
from demo.seed.volunteers import DrawnVolunteers
from demo.seed.world import World
from matching.models import Match, Pin, Veto
from matching.rules.states import MatchState
from volunteers.models import SkillClaim, Volunteer

HELD_SEAT_COUNT, PIN_COUNT, VETO_COUNT = 20, 6, 18
PIN_REASONS = ("They have worked together before, and both asked for it.", "Agreed on a call with the campaign.")
VETO_REASONS = {
    Veto.Side.VOLUNTEER: "I would rather not work for this campaign.",
    Veto.Side.CAMPAIGN: "A close relative works for our opponent.",
    Veto.Side.REVIEWER: "Conflict of interest, told to us in confidence.",
}


@dataclass
class DrawnDecisions:
    """Held seats, pins and vetoes."""

    matches: list[Match] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)


@dataclass(frozen=True)
class VolunteerAndSeat:
    """A volunteer, and a seat that suits them."""

    volunteer: Volunteer
    seat: Seat


def draw_decisions(
    world: World,
    *,
    organisations: DrawnCampaigns,
    demand: DrawnRequests,
    places: DrawnRolesAndSeats,
    people: DrawnVolunteers,
    claims: list[SkillClaim],
    reviewer: User,
) -> DrawnDecisions:
    """About twenty held seats in requests that have begun, and a few pins and vetoes on requests still to begin."""
    suitable = _claims_by_skill(people, claims)
    begun = [seat for seat in places.seats if _is_simple(seat.role) and seat.role.request.starts_on <= world.today]
    to_come = [seat for seat in places.seats if _is_simple(seat.role) and seat.role.request.starts_on > world.today]
    free = _seats_without_windows(demand, to_come)
    used: set[int] = set()
    drawn = DrawnDecisions()
    drawn.matches = [
        _build_match(world, pair) for pair in islice(_draw_pairs(world, begun, suitable, used), HELD_SEAT_COUNT)
    ]
    drawn.pins = [
        _build_pin(world, pair, reviewer) for pair in islice(_draw_pairs(world, free, suitable, used), PIN_COUNT)
    ]
    drawn.vetoes = _draw_vetoes(world, organisations, people, reviewer)
    return drawn


def _is_simple(role: Role) -> bool:
    """Asks for nothing but a skill and hours, so that who has them suits."""
    plain = not (role.leads or role.decides or role.vetted_for or role.languages)
    return plain and role.request.state == Request.State.PUBLISHED and role.request.staffing == "rolling"


def _seats_without_windows(demand: DrawnRequests, seats: list[Seat]) -> list[Seat]:
    bound = {id(window.request) for window in demand.windows}
    return [seat for seat in seats if id(seat.role.request) not in bound]


def _claims_by_skill(people: DrawnVolunteers, claims: list[SkillClaim]) -> dict[str, list[SkillClaim]]:
    """Claims of people who serve anybody, by skill. The first volunteer is left for the run to propose."""
    by_skill: dict[str, list[SkillClaim]] = defaultdict(list)
    for claim in claims:
        one = claim.volunteer
        limited = one.restrict_to_parties or one.restrict_to_levels or one.restrict_to_jurisdictions
        if one.user and one.state == Volunteer.State.ACTIVE and not limited and one is not people.volunteers[0]:
            by_skill[claim.skill.code].append(claim)
    return by_skill


def _draw_pairs(
    world: World, seats: list[Seat], suitable: dict[str, list[SkillClaim]], used: set[int]
) -> Iterator[VolunteerAndSeat]:
    """Seats in random order, one a request, each with somebody who has the level and the hours; nobody twice."""
    seen: set[int] = set()
    for seat in world.rng.sample(seats, len(seats)):
        role = seat.role
        able = [
            claim.volunteer
            for claim in suitable[role.skill.code]
            if claim.level >= role.level
            and claim.volunteer.max_hours_per_week > role.hours
            and id(claim.volunteer) not in used
        ]
        if able and id(role.request) not in seen:
            volunteer = world.rng.choice(able)
            used.add(id(volunteer))
            seen.add(id(role.request))
            yield VolunteerAndSeat(volunteer, seat)


def _build_match(world: World, pair: VolunteerAndSeat) -> Match:
    request = pair.seat.role.request
    days = max(1, (world.today - request.starts_on).days)
    return Match(
        public_id=world.rng.public_id(),
        volunteer=pair.volunteer,
        seat=pair.seat,
        request=request,
        state=MatchState.ACTIVE,
        score=0,
        parts={},
        proposed_at=world.days_ago(days + 6),
        state_changed_at=world.days_ago(days),
        offered_at=world.days_ago(days + 4),
        campaign_asked_at=world.days_ago(days + 2),
        due_at=end_of_day(request.ends_on, request.time_zone),
        remind_at=world.days_ago(-world.rng.randint(1, 7)),
    )


def _build_pin(world: World, pair: VolunteerAndSeat, reviewer: User) -> Pin:
    return Pin(
        public_id=world.rng.public_id(),
        volunteer=pair.volunteer,
        seat=pair.seat,
        made_by=reviewer,
        made_at=world.days_ago(world.rng.randint(1, 6)),
        reason=world.rng.choice(PIN_REASONS),
    )


def _draw_vetoes(world: World, organisations: DrawnCampaigns, people: DrawnVolunteers, reviewer: User) -> list[Veto]:
    claimed = [one for one in people.volunteers[1:] if one.user]
    campaigns = range(len(organisations.campaigns))
    vetoes = []
    for volunteer in world.rng.sample(claimed, min(VETO_COUNT, len(claimed))):
        number = world.rng.choice(campaigns)
        side = world.rng.choice(list(Veto.Side))
        maker = {
            Veto.Side.VOLUNTEER: volunteer.user,
            Veto.Side.CAMPAIGN: organisations.managers[number].user,
            Veto.Side.REVIEWER: reviewer,
        }[side]
        vetoes.append(
            Veto(
                public_id=world.rng.public_id(),
                volunteer=volunteer,
                campaign=organisations.campaigns[number],
                side=side,
                made_by=maker,
                made_at=world.days_ago(world.rng.randint(1, 20)),
                reason=VETO_REASONS[side],
            )
        )
    return vetoes
