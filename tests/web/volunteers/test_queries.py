"""What each page asks of the database: a literal number, whatever the number of rows."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.week_mask import Window
from matching.lifecycle.actions.messages import write_message
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_active_match, make_match, make_offered_match
from tests.web.volunteers.state_rows import change_volunteer, make_other_request, match_in
from volunteers.actions.skills import replace_skills

DESK, DESK_OF_NOTHING, OFFER, PROJECT, MESSAGES, ENDED, SKILLS = 24, 41, 16, 23, 20, 15, 11


def make_desk_of(count: int, cast: Cast, now: datetime) -> str:
    """So many projects, each with a message, and as many that ended."""
    change_volunteer(cast, max_hours_per_week=40, max_projects=5)
    for number in range(count):
        meeting = [Window(number + 2, time(19), time(20))]
        match = match_in(
            make_other_request(cast, now, f"Project{number} a", meetings=meeting), cast, now, MatchState.ACTIVE
        )
        assert match.request.contact
        write_message(actor=match.request.contact.user, match=match, text="Hello", at=now)
        ended = make_other_request(cast, now, f"Ended{number} b", meetings=[])
        match_in(ended, cast, now, MatchState.DECLINED)
    return "/me/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page(
    cast: Cast, alices: Client, now: datetime, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    address = make_desk_of(count, cast, now)

    with django_assert_num_queries(DESK):
        alices.get(address)


def test_the_first_page_with_nothing(
    cast: Cast, alices: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(DESK_OF_NOTHING):
        alices.get("/me/")


def make_project(count: int, cast: Cast, now: datetime) -> str:
    match = make_active_match(cast, now)
    for number in range(count):
        write_message(actor=cast.carol, match=match, text=f"Message {number}", at=now)
    return f"/me/projects/{match.public_id}/"


def make_messages(count: int, cast: Cast, now: datetime) -> str:
    return make_project(count, cast, now) + "messages/"


def make_offer(count: int, cast: Cast, now: datetime) -> str:
    change_volunteer(cast, max_hours_per_week=40, max_projects=5)
    for number in range(count):
        meeting = [Window(number + 2, time(19), time(20))]
        other = make_other_request(cast, now, f"Project{number} a", meetings=meeting)
        match_in(other, cast, now, MatchState.ACTIVE)
    return f"/me/offers/{make_offered_match(cast, now).public_id}/"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("make", "queries"),
    [(make_offer, OFFER), (make_project, PROJECT), (make_messages, MESSAGES)],
    ids=["offer", "project", "messages"],
)
def test_a_page(
    cast: Cast,
    alices: Client,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    make: Callable[[int, Cast, datetime], str],
    queries: int,
    count: int,
) -> None:
    address = make(count, cast, now)

    with django_assert_num_queries(queries):
        assert alices.get(address).status_code == 200


def test_how_something_ended(
    cast: Cast, alices: Client, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    match = make_match(cast, now, MatchState.REFUSED)

    with django_assert_num_queries(ENDED):
        alices.get(f"/me/projects/{match.public_id}/")


@pytest.mark.parametrize("codes", [["front-end"], ["front-end", "copywriting", "editing"]])
def test_the_own_skills(
    cast: Cast, alices: Client, now: datetime, django_assert_num_queries: DjangoAssertNumQueries, codes: list[str]
) -> None:
    replace_skills(actor=cast.alice, claims=[(code, 3, True) for code in codes], at=now)
    alices.get("/me/skills/")  # the board of open places is read once for all readers

    with django_assert_num_queries(SKILLS):
        assert alices.get("/me/skills/").status_code == 200
