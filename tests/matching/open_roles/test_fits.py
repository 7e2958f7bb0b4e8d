"""What fits one person is what the matcher finds, over the roles that the board shows."""

from datetime import datetime, time
from random import Random

import numpy as np
import pytest

from campaigns.actions.roles_and_seats import add_seats
from campaigns.models import Role, Seat
from core.models import User
from core.week_mask import Window
from matching.engine.feasibility import REASONS, Index, Reason, judge
from matching.engine.problem import Flag
from matching.models import Match
from matching.open_roles.explanations import explain_fits
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.fits import Fits, find_fits_of_stated, find_fits_of_volunteer
from matching.open_roles.stated_volunteers import resolve_stated_volunteer
from matching.rules.states import MatchState
from matching.snapshot.assembly import take_run_snapshot
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request
from tests.match_factory import create_done_run, create_match
from tests.matching.open_roles.board_world import BoardWorld, draw_board_world
from volunteers.actions.profile import save_profile
from volunteers.models import Volunteer
from volunteers.stated_profile import Profile

STATES = [
    MatchState.PROPOSED,
    MatchState.APPROVED,
    MatchState.OFFERED,
    MatchState.ACTIVE,
    MatchState.DECLINED,
    MatchState.REJECTED,
    MatchState.WITHDRAWN,
    MatchState.COMPLETED,
]

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))]


def judge_by_matcher(volunteer: Volunteer, at: datetime) -> dict[int, Flag]:
    """By role, the rules that the volunteer breaks in the snapshot of a run over everything."""
    problem = take_run_snapshot(create_done_run(at), at=at).problem
    row = int(np.flatnonzero(problem.volunteer_id == volunteer.pk)[0])
    index = Index(problem)
    return {int(problem.role_id[role]): judge(index, role).fails[:, row] for role in range(problem.roles)}


def judged_by_role(fits: Fits) -> dict[int, Flag]:
    return {int(pk): fits.judged.fails[:, row] for row, pk in enumerate(fits.board.role_ids.tolist())}


def give_matches(world: BoardWorld, at: datetime) -> None:
    """Give some volunteers a match with a role that fits them."""
    for volunteer in Volunteer.objects.filter(user__email__startswith="p").order_by("pk"):
        # The second one costs no offer: after too many of those a run would leave the volunteer out.
        for states in (STATES, [MatchState.APPROVED, MatchState.REJECTED]):
            fits = find_fits_of_volunteer(volunteer, at=at)
            rows = np.flatnonzero(fits.judged.fits()).tolist()
            taken = Match.objects.filter(volunteer=volunteer).values("request")
            roles = Role.objects.filter(pk__in=fits.board.role_ids[rows].tolist()).exclude(request__in=taken)
            role = roles.order_by("pk").first()
            if role is not None:
                seat = Seat.objects.filter(role=role).exclude(matches__isnull=False).order_by("pk").first()
                if seat is not None:
                    create_match(world.chance.choice(states), volunteer=volunteer, seat=seat, at=at)
                    Volunteer.objects.update(rest_until=None)  # a run leaves out those who rest


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stored_volunteer_fits_what_the_matcher_finds(cast: Cast, now: datetime, seed: int) -> None:
    world = draw_board_world(cast, now, seed)
    give_matches(world, now)
    board = read_board(at=now)
    assert len(board.role_ids) > 3
    fitting = 0

    for volunteer in Volunteer.objects.filter(user__email__startswith="p").order_by("pk"):
        expected = judge_by_matcher(volunteer, now)
        fits = find_fits_of_volunteer(volunteer, at=now)
        for role, fails in judged_by_role(fits).items():
            if role in expected:
                assert fails.tolist() == expected[role].tolist(), (seed, volunteer.pk, role)
            else:  # the board shows a seat until its offer has left, and a run leaves it alone from the approval on
                assert Match.objects.filter(seat__role=role, state=MatchState.APPROVED).exists()
        fitting += int(fits.judged.fits().sum())
    assert fitting > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_differs_from_it_only_in_what_is_secret(cast: Cast, now: datetime, seed: int) -> None:
    world = draw_board_world(cast, now, seed)
    give_matches(world, now)
    for volunteer in Volunteer.objects.filter(user__email__startswith="p").order_by("pk"):
        fits = find_fits_of_volunteer(volunteer, at=now)
        differing = np.flatnonzero((fits.judged.fails != fits.told.fails).any(axis=1)).tolist()
        secret = {Reason.VETO, Reason.SIDES, Reason.REFUSED, Reason.SAME_REQUEST}
        of_an_approved_match = {Reason.HOURS, Reason.PROJECTS, Reason.CLASH}
        assert {REASONS[row] for row in differing} <= secret | of_an_approved_match
        assert not (fits.told.fails & ~fits.judged.fails).any()
        limits = volunteer.restrict_to_levels or volunteer.restrict_to_parties or volunteer.restrict_to_jurisdictions
        assert fits.tellable.all() or limits


@pytest.mark.parametrize("past", [MatchState.SUPERSEDED, MatchState.REJECTED, MatchState.EXPIRED])
def test_a_held_seat_is_told_beside_an_older_match_of_its_request(cast: Cast, now: datetime, past: MatchState) -> None:
    """As a run judges it: nothing that the volunteer knows is forgotten with what they do not know."""
    other = publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title="Same evening")
    role = Role.objects.get(request=cast.request, name="Front end")
    add_seats(actor=cast.carol, role=role, seat_count=1, at=now)
    older, held = role.seats.order_by("number")
    alice = Volunteer.objects.get(user=cast.alice)
    Volunteer.objects.filter(pk=alice.pk).update(max_projects=2, max_hours_per_week=20)
    forgotten = create_match(MatchState.SUPERSEDED, volunteer=alice, seat=older, at=now)
    create_match(MatchState.ACTIVE, volunteer=alice, seat=held, at=now)
    Seat.objects.create(role=role, number=3)
    Match.objects.filter(pk=forgotten.pk).update(state=past)  # only now: after it no seat here would be given
    Volunteer.objects.filter(pk=alice.pk).update(rest_until=None)
    alice.refresh_from_db()

    fits = find_fits_of_volunteer(alice, at=now)

    rows = {int(pk): row for row, pk in enumerate(fits.board.role_ids.tolist())}
    expected = judge_by_matcher(alice, now)
    told = {pk: fits.told.fails[:, row].tolist() for pk, row in rows.items()}
    if past == MatchState.REJECTED:  # a reviewer's no is not told
        expected[role.pk][REASONS.index(Reason.REFUSED)] = False
    assert told == {pk: expected[pk].tolist() for pk in rows}
    assert told[role.pk][REASONS.index(Reason.SAME_REQUEST)]
    assert told[other.roles.get().pk][REASONS.index(Reason.CLASH)]


@pytest.mark.parametrize("state", [MatchState.APPROVED, MatchState.REJECTED])
def test_what_a_volunteer_does_not_know_of_stays_untold(cast: Cast, now: datetime, state: MatchState) -> None:
    role = Role.objects.get(request=cast.request, name="Front end")
    alice = Volunteer.objects.get(user=cast.alice)
    create_match(state, volunteer=alice, seat=role.seats.get(), at=now)
    Seat.objects.create(role=role, number=2)

    fits = find_fits_of_volunteer(alice, at=now)

    assert fits.judged.fails.any()
    assert not fits.told.fails.any()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_person_without_an_account_fits_the_same_as_after_signing_up(cast: Cast, now: datetime, seed: int) -> None:
    world = draw_board_world(cast, now, seed, people=0)
    chance = world.chance
    for number in range(5):
        said = {
            "claims": [(code, chance.randrange(1, 6), chance.random() < 0.5) for code in ("front-end", "copywriting")],
            "max_hours_per_week": chance.choice([1, 2, 4]),
            "windows": draw_evenings(chance),
            "time_zone": chance.choice(["America/New_York", "Asia/Kathmandu", "Pacific/Honolulu"]),
            "languages": chance.choice([("en",), ("es", "fr")]),
        }
        before = find_fits_of_stated(resolve_stated_volunteer(**said, today=now.date()), at=now)  # type: ignore[arg-type]
        user = User.objects.create(email=f"new{number}@example.org")
        profile = Profile(first_name="Zoe", adult=True, **said)  # type: ignore[arg-type]
        volunteer = save_profile(actor=user, profile=profile, at=now)
        after = find_fits_of_volunteer(volunteer, at=now)
        assert before.judged.fails.tolist() == after.judged.fails.tolist()
        assert before.list_role_ids() == after.list_role_ids()
        assert explain_fits(before) == explain_fits(after)


def draw_evenings(chance: Random) -> list[Window]:
    days = chance.sample(range(7), chance.randrange(1, 7))
    return [Window(day, time(chance.choice([0, 12, 18])), time(23)) for day in sorted(days)]
