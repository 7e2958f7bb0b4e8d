"""A role is added to a draft and to a project that looks for people, and is taken out again."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.requests import draft_request
from campaigns.draft_rules import (
    MAX_LANGUAGES_PER_ROLE,
    MAX_ROLES_PER_REQUEST,
    MAX_SEATS_PER_REQUEST,
    RequestDraft,
)
from campaigns.models import Request, Role, Seat
from core.models import Notice
from core.spoken_languages import LANGUAGE_NAMES
from matching.models import EstimateAnswer, Match, Run
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_match
from tests.web.campaigns.requests import fill_places, find_request_page, find_role_page, publish_roles
from tests.web.stored_rows import list_changed_tables, read_stored_rows

ADD, CLOSE = "campaign-role-add", "campaign-role-close"


def type_new_role(request: Request, **changes: object) -> dict[str, Any]:
    typed = {"skill": "copywriting", "name": "Writer", "tasks": "Writes.", "hours_per_week": 2, "level": 3}
    return typed | {"seat_count": 2, "version": Request.objects.get(pk=request.pk).version} | changes


def draft_site(cast: Cast, now: datetime) -> Request:
    draft = RequestDraft(title="Texts", playbook="website", starts_on=now.date())
    return draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)


def read(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_published_project_gets_a_role_and_nobody_is_asked_again(cast: Cast, carols: Client, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    notices, address = Notice.objects.count(), find_request_page(cast.request, ADD)
    shown = read(carols.get(address))
    assert "Nobody is asked again. From the next matching on we look for people for this role, too." in shown
    assert f'href="{address}">Add a role' in read(carols.get(find_request_page(cast.request)))

    typed = type_new_role(cast.request, languages=["es", "en"], is_lead="on")
    answer = carols.post(address, typed, follow=True)

    assert answer.redirect_chain[-1][0] == find_request_page(cast.request)
    assert "From the next matching on we look for people for “Writer”, too." in read(answer)
    role = cast.request.roles.get(name="Writer")
    assert (role.skill.code, role.tasks, role.hours_per_week, role.level) == ("copywriting", "Writes.", 2, 3)
    assert (set(role.languages), role.is_lead, role.seats.count()) == ({"en", "es"}, True, 2)
    assert Match.objects.get().state == MatchState.ACCEPTED
    assert Notice.objects.count() == notices
    assert list(Run.objects.latest("pk").roles.all()) == [role]


def test_a_draft_gets_a_role_and_nobody_is_looked_for(cast: Cast, carols: Client, now: datetime) -> None:
    request = draft_site(cast, now)
    Run.objects.all().delete()
    address = find_request_page(request, ADD)
    assert "Nobody is asked before you publish the project." in read(carols.get(address))
    assert f'href="{address}"' in read(carols.get(find_request_page(request, "campaign-publish")))

    answer = carols.post(address, type_new_role(request))

    assert answer.headers["Location"] == find_request_page(request, "campaign-publish")
    assert request.roles.filter(name="Writer").exists()
    assert not Run.objects.exists()


def test_a_team_that_begins_together_reads_that_it_waits(cast: Cast, carols: Client, now: datetime) -> None:
    address = find_request_page(publish_roles(cast, now, "Front end"), ADD)
    assert "Your team begins together." not in read(carols.get(address))
    Request.objects.update(staffing="whole")
    assert "Your team begins together." in read(carols.get(address))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"skill": ""}, "skill"),
        ({"skill": "alchemy"}, "skill"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Front end"}, "name"),
        ({"tasks": "x" * 301}, "tasks"),
        ({"hours_per_week": 61}, "hours_per_week"),
        ({"level": 6}, "level"),
        ({"seat_count": 51}, "seat_count"),
        ({"seat_count": 0}, "seat_count"),
        ({"languages": ["xx"]}, "languages"),
        ({"languages": [*LANGUAGE_NAMES][: MAX_LANGUAGES_PER_ROLE + 1]}, "languages"),
    ],
)
def test_what_is_past_its_bounds_stands_at_its_field(
    cast: Cast, carols: Client, changes: dict[str, object], field: str
) -> None:
    answer = carols.post(find_request_page(cast.request, ADD), type_new_role(cast.request, **changes))

    assert answer.status_code == 400
    assert [*answer.context["page_form"].errors] == [field]
    assert cast.request.roles.count() == 1


def test_a_project_has_twenty_roles_and_three_hundred_places_at_most(cast: Cast, carols: Client, now: datetime) -> None:
    names = [f"Role {number}" for number in range(MAX_ROLES_PER_REQUEST - 1)]
    full = publish_roles(cast, now, *names)
    address = find_request_page(full, ADD)
    role = full.roles.get(name="Role 0")
    Seat.objects.bulk_create(
        Seat(role=role, number=number) for number in range(2, MAX_SEATS_PER_REQUEST - MAX_ROLES_PER_REQUEST + 2)
    )
    assert Seat.objects.filter(role__request=full).count() == MAX_SEATS_PER_REQUEST - 1

    seats = carols.post(address, type_new_role(full, seat_count=2))
    assert "at most 300 seats" in read(seats)
    assert carols.post(address, type_new_role(full, seat_count=1)).status_code == 302
    roles = carols.post(address, type_new_role(full, name="Another", seat_count=1))
    assert "at most 20 roles" in read(roles)
    assert full.roles.count() == MAX_ROLES_PER_REQUEST


def test_a_project_that_is_over_and_one_that_changed_meanwhile(cast: Cast, carols: Client) -> None:
    address = find_request_page(cast.request, ADD)
    assert carols.post(address, type_new_role(cast.request, version=1)).status_code == 409
    Request.objects.update(state=Request.State.CLOSED)
    assert "its plan stays as it is" in read(carols.get(address, follow=True))
    assert carols.post(address, type_new_role(cast.request)).status_code == 400
    assert cast.request.roles.count() == 1


def test_who_could_help_is_asked_of_the_role_as_typed(cast: Cast, carols: Client) -> None:
    typed = type_new_role(cast.request, check="1")
    page = read(carols.post(find_request_page(cast.request, ADD), typed))
    assert "Under 5 people fit: hard to fill" in page
    assert EstimateAnswer.objects.count() == 1
    assert cast.request.roles.count() == 1
    wrong = type_new_role(cast.request, check="1", level=9)
    assert carols.post(find_request_page(cast.request, ADD), wrong).status_code == 400


def test_a_role_without_people_is_taken_out_at_once(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", "Pages")
    address = find_role_page(request, "Pages", CLOSE)
    assert f'href="{address}"' in read(carols.get(find_role_page(request, "Pages")))
    page = carols.get(address)
    assert "Nobody is asked or at work in it, so it concerns nobody." in read(page)

    answer = carols.post(address, {"version": request.version}, follow=True)

    assert "“Pages” is out of the plan." in read(answer)
    assert not Seat.objects.filter(role__name="Pages", closed_at=None).exists()
    assert carols.get(address).headers["Location"] == find_request_page(request)
    last = carols.post(find_role_page(request, "Front end", CLOSE), {"version": request.version + 1})
    assert (last.status_code, "The request would have no seats left." in read(last)) == (400, True)


def test_a_role_with_people_is_taken_out_after_a_word_on_them(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", "Pages", seat_count=2)
    fill_places(request, "Pages", [MatchState.ACTIVE, MatchState.OFFERED], now)
    address, typed = find_role_page(request, "Pages", CLOSE), {"version": request.version}
    assert "2 places have people. The next press says first what becomes of them." in read(carols.get(address))
    before = read_stored_rows()

    page = read(carols.post(address, typed))

    assert "1 person who was asked or said yes hears today that plans changed." in page
    assert "1 person is at work on a place that goes. Their hand-over begins today." in page
    assert list_changed_tables(before) == set()
    [sure] = re.findall(r'name="sure" value="([^"]+)"', page)
    assert carols.post(address, typed | {"sure": sure}).status_code == 302
    assert {*Match.objects.values_list("state", flat=True)} == {MatchState.CLOSING, MatchState.SUPERSEDED}


def test_a_draft_loses_the_role_altogether(cast: Cast, carols: Client, now: datetime) -> None:
    request = draft_site(cast, now)
    address = find_role_page(request, "Front end", CLOSE)
    assert "The draft loses this role. Nobody was asked for it yet." in read(carols.get(address))

    answer = carols.post(address, {"version": request.version})

    assert answer.headers["Location"] == find_request_page(request, "campaign-publish")
    assert not Role.objects.filter(request=request, name="Front end").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_both_pages_read_in_a_fixed_number_of_queries(
    cast: Cast, carols: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = publish_roles(cast, now, *[f"Role {number}" for number in range(count)])
    with django_assert_num_queries(11):
        assert carols.get(find_request_page(request, ADD)).status_code == 200
    with django_assert_num_queries(13):
        assert carols.get(find_role_page(request, "Role 0", CLOSE)).status_code == 200
