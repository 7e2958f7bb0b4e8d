"""The figures of the start page: what they count, and what they keep from a reviewer who may not know it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from campaigns.models import Member, Seat
from core.models import User
from matching.runs.queries.figures import read_desk_figures
from tests.cast import Cast, create_user, create_volunteer
from tests.match_factory import create_match, make_active_match, make_proposed_match
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


@pytest.fixture
def five(cast: Cast, now: datetime) -> list[Volunteer]:
    """Five more volunteers, who joined two days ago."""
    people = [create_volunteer(create_user(f"person{number}"), now - timedelta(days=2)) for number in range(5)]
    Volunteer.objects.update(availability_confirmed_at=now)
    return people


def test_seats_are_counted_by_skill_and_election_day(cast: Cast, now: datetime) -> None:
    election_on = cast.campaign.candidate.contest.election_on

    before = read_desk_figures(cast.rita, at=now).seats
    make_proposed_match(cast, now)
    proposed = read_desk_figures(cast.rita, at=now).seats
    seat = Seat.objects.get(role__request=cast.request)
    seat.matches.all().delete()
    make_active_match(cast, now)
    filled = read_desk_figures(cast.rita, at=now).seats

    counts = [(each.asked_count, each.filled_count, each.proposed_count) for each in (before, proposed, filled)]
    assert counts == [(1, 0, 0), (1, 0, 1), (1, 1, 0)]
    assert [(row.skill, row.asked_count, row.empty_count) for row in before.by_skill] == [("front-end", 1, 1)]
    assert [(row.election_on, row.empty_count) for row in before.by_election] == [(election_on, 1)]
    assert filled.by_skill == []


def test_fewer_than_five_people_are_not_told(cast: Cast, now: datetime) -> None:
    make_active_match(cast, now)

    people = read_desk_figures(cast.rita, at=now).people

    assert people is not None
    told = (people.reachable_count, people.reached_count, people.offered_hours, people.used_hours, people.idle_share)
    assert told == (None, None, None, None, None)
    assert (people.answered_count, people.median_answer_days) == (None, None)


def test_five_people_are_told(cast: Cast, five: list[Volunteer], now: datetime) -> None:
    role = cast.request.roles.get()
    for number, volunteer in enumerate(five, start=2):
        seat = Seat.objects.create(role=role, number=number)
        create_match("offered", volunteer=volunteer, seat=seat, at=now)  # type: ignore[arg-type]

    people = read_desk_figures(cast.rita, at=now).people

    assert people is not None
    assert (people.reachable_count, people.reached_count) == (7, 5)
    assert (people.offered_hours, people.used_hours) == (28, 5 * role.hours_per_week)
    assert people.idle_share == pytest.approx(1 - 5 * role.hours_per_week / 28)
    assert (people.answered_count, people.median_answer_days) == (5, 2.0)


def test_a_reviewer_with_a_part_reads_nothing_of_its_contest_or_of_all_people(
    cast: Cast, five: list[Volunteer], now: datetime
) -> None:
    execute_full_run(now)
    assert read_desk_figures(cast.rita, at=now).runs != []
    Member.objects.create(campaign=cast.campaign, user=cast.rita, position="staff", since=now)

    figures = read_desk_figures(cast.rita, at=now)

    assert (figures.people, figures.recruited_skills, figures.runs) == (None, [], [])
    assert (figures.seats.asked_count, figures.seats.by_skill, figures.seats.by_election) == (0, [], [])


def test_one_call_of_the_api_has_the_same_figures(
    api: Api, cast: Cast, now: datetime, django_assert_num_queries: Any
) -> None:
    execute_full_run(now)
    client = api(cast.rita)
    client.get("/api/v1/desk/figures")  # reads the arrays of the run once in a process

    with django_assert_num_queries(9):
        answer = client.get("/api/v1/desk/figures").json()

    assert list(answer) == ["people", "seats", "recruited_skills"]
    assert answer["seats"]["proposed_count"] == 1
