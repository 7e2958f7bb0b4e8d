"""Draw decisions that were made already: held seats, pins and vetoes."""

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
    Veto.Side.REVIEWER: "Conflict of interest, reported in confidence.",
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
    drawn_campaigns: DrawnCampaigns,
    drawn_requests: DrawnRequests,
    drawn_seats: DrawnRolesAndSeats,
    drawn_volunteers: DrawnVolunteers,
    claims: list[SkillClaim],
    reviewer: User,
) -> DrawnDecisions:
    """Draw held seats in requests that have begun, and pins and vetoes on requests still to begin."""
    suitable = _claims_by_skill(drawn_volunteers, claims)
    begun = [seat for seat in drawn_seats.seats if _is_simple(seat.role) and seat.role.request.starts_on <= world.today]
    upcoming = [
        seat for seat in drawn_seats.seats if _is_simple(seat.role) and seat.role.request.starts_on > world.today
    ]
    free = _seats_without_windows(drawn_requests, upcoming)
    used_volunteers: set[int] = set()
    decisions = DrawnDecisions()
    decisions.matches = [
        _build_match(world, pair)
        for pair in islice(_draw_pairs(world, begun, suitable, used_volunteers), HELD_SEAT_COUNT)
    ]
    decisions.pins = [
        _build_pin(world, pair, reviewer)
        for pair in islice(_draw_pairs(world, free, suitable, used_volunteers), PIN_COUNT)
    ]
    decisions.vetoes = _draw_vetoes(world, drawn_campaigns, drawn_volunteers, reviewer)
    return decisions


def _is_simple(role: Role) -> bool:
    """Return whether the role asks for nothing but a skill and hours."""
    plain = not (role.is_lead or role.makes_decisions or role.vetted_for or role.languages)
    return plain and role.request.state == Request.State.PUBLISHED and role.request.staffing == "rolling"


def _seats_without_windows(drawn_requests: DrawnRequests, seats: list[Seat]) -> list[Seat]:
    request_ids = {id(window.request) for window in drawn_requests.windows}
    return [seat for seat in seats if id(seat.role.request) not in request_ids]


def _claims_by_skill(drawn_volunteers: DrawnVolunteers, claims: list[SkillClaim]) -> dict[str, list[SkillClaim]]:
    """Return claims of volunteers without limits, by skill. The first volunteer is left for the run."""
    by_skill: dict[str, list[SkillClaim]] = defaultdict(list)
    for claim in claims:
        volunteer = claim.volunteer
        has_limits = (
            volunteer.restrict_to_parties or volunteer.restrict_to_levels or volunteer.restrict_to_jurisdictions
        )
        if (
            volunteer.user
            and volunteer.state == Volunteer.State.ACTIVE
            and not has_limits
            and volunteer is not drawn_volunteers.volunteers[0]
        ):
            by_skill[claim.skill.code].append(claim)
    return by_skill


def _draw_pairs(
    world: World, seats: list[Seat], suitable: dict[str, list[SkillClaim]], used_volunteers: set[int]
) -> Iterator[VolunteerAndSeat]:
    """Yield seats in random order, one a request, each with a volunteer who has the level and the hours.

    No volunteer is drawn twice.
    """
    used_requests: set[int] = set()
    for seat in world.rng.sample(seats, len(seats)):
        role = seat.role
        suited_volunteers = [
            claim.volunteer
            for claim in suitable[role.skill.code]
            if claim.level >= role.level
            and claim.volunteer.max_hours_per_week > role.hours_per_week
            and id(claim.volunteer) not in used_volunteers
        ]
        if suited_volunteers and id(role.request) not in used_requests:
            volunteer = world.rng.choice(suited_volunteers)
            used_volunteers.add(id(volunteer))
            used_requests.add(id(role.request))
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
        score_parts={},
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
        created_by=reviewer,
        created_at=world.days_ago(world.rng.randint(1, 6)),
        reason=world.rng.choice(PIN_REASONS),
    )


def _draw_vetoes(
    world: World, drawn_campaigns: DrawnCampaigns, drawn_volunteers: DrawnVolunteers, reviewer: User
) -> list[Veto]:
    claimed = [volunteer for volunteer in drawn_volunteers.volunteers[1:] if volunteer.user]
    campaigns = range(len(drawn_campaigns.campaigns))
    vetoes = []
    for volunteer in world.rng.sample(claimed, min(VETO_COUNT, len(claimed))):
        number = world.rng.choice(campaigns)
        side = world.rng.choice(list(Veto.Side))
        maker = {
            Veto.Side.VOLUNTEER: volunteer.user,
            Veto.Side.CAMPAIGN: drawn_campaigns.managers[number].user,
            Veto.Side.REVIEWER: reviewer,
        }[side]
        vetoes.append(
            Veto(
                public_id=world.rng.public_id(),
                volunteer=volunteer,
                campaign=drawn_campaigns.campaigns[number],
                side=side,
                created_by=maker,
                created_at=world.days_ago(world.rng.randint(1, 20)),
                reason=VETO_REASONS[side],
            )
        )
    return vetoes
