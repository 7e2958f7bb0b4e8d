from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import pytest
from django.utils import timezone

from campaigns.models import Seat
from demo.examples import choose_example_empty_seats, choose_example_matches, find_claimed_level, find_empty_seats
from demo.logins import VOLUNTEER_EMAIL
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize
from matching.models import Match, Policy, Run
from matching.rules.states import MatchState
from matching.snapshot.open_seats import open_seats
from volunteers.models import SkillClaim, Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def run(today: date) -> Run:
    seed_database(seed=7, today=today, size=WorldSize(volunteers=80, campaigns=20, requests=60))
    return Run.objects.create(policy=Policy.objects.get(state="active"), requested_at=timezone.now())


def propose(run: Run, volunteer: Volunteer, seat: Seat, score: int) -> Match:
    at: datetime = run.requested_at
    return Match.objects.create(
        public_id=UUID(int=score),
        run=run,
        volunteer=volunteer,
        seat=seat,
        request=seat.role.request,
        score=score,
        score_parts={"priority": score},
        proposed_at=at,
        state_changed_at=at,
    )


def proposals(run: Run, today: date) -> list[Match]:
    """Somebody for one seat of each request, now of its first role, now of its last; the next one worth less."""
    seats = list(open_seats(on=today, horizon_days=42).order_by("role__request", "pk"))
    by_request = [list(group) for _, group in groupby(seats, lambda seat: seat.role.request_id)]
    people = Volunteer.objects.exclude(user=None).exclude(user__email=VOLUNTEER_EMAIL).order_by("pk")
    pairs = zip(people, by_request, strict=False)
    return [propose(run, one, free[-(row % 2)], 900 - row) for row, (one, free) in enumerate(pairs)]


def test_the_examples_are_the_best_of_five_skills_in_five_requests(run: Run, today: date) -> None:
    rows = proposals(run, today)
    chosen = choose_example_matches()
    assert chosen[0] == rows[0]
    assert [match.score for match in chosen] == sorted((match.score for match in chosen), reverse=True)
    assert len({match.seat.role.skill_id for match in chosen}) == 5
    assert len({match.request_id for match in chosen}) == 5


def test_the_match_of_the_volunteer_who_can_sign_in_comes_first(run: Run, today: date) -> None:
    rows = proposals(run, today)
    seat = open_seats(on=today, horizon_days=42).exclude(pk__in=[row.seat_id for row in rows])[0]
    own = propose(run, Volunteer.objects.get(user__email=VOLUNTEER_EMAIL), seat, 1)
    assert choose_example_matches()[0] == own


def test_a_seat_with_a_proposal_or_a_holder_is_not_empty(run: Run, today: date) -> None:
    rows = proposals(run, today)
    empty = set(find_empty_seats(run))
    assert empty.isdisjoint(row.seat for row in rows)
    assert empty.isdisjoint(match.seat for match in Match.objects.filter(state=MatchState.ACTIVE))
    assert len(empty) == open_seats(on=today, horizon_days=42).count() - len(rows)


def test_the_empty_seats_are_of_three_skills_and_three_kinds_of_role(run: Run) -> None:
    chosen = choose_example_empty_seats(run)
    assert len({seat.role.skill_id for seat in chosen}) == 3
    assert len({seat.role.name for seat in chosen}) == 3


def test_a_claim_on_a_skill_counts_for_the_branch_that_a_role_asks_for(run: Run, today: date) -> None:
    seat = open_seats(on=today, horizon_days=42).filter(role__skill__code="front-end")[0]
    match = propose(run, Volunteer.objects.get(user__email=VOLUNTEER_EMAIL), seat, 5)
    assert find_claimed_level(match) == 0
    SkillClaim.objects.create(volunteer=match.volunteer, skill=seat.role.skill, level=4)
    seat.role.skill = seat.role.skill.parent or seat.role.skill
    seat.role.save()
    assert find_claimed_level(Match.objects.get(pk=match.pk)) == 4
