"""Whoever is shown how somebody else is reached is written down, at every door."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.actions.candidates import LINK, send_candidate_link
from campaigns.links import token_of
from campaigns.models import Member
from core.models import Look, User
from matching.actions.talk import report
from tests.access.doors import ROLES, House, build, doors, path
from tests.cast import Cast, person, sign_in, vouch_for
from tests.personal.life import lead
from tests.stage import accepted, active
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


def looks() -> list[tuple[int | None, str, int, str]]:
    found = list(Look.objects.order_by("pk").values_list("looker_id", "capacity", "subject_id", "door"))
    return found


@pytest.fixture
def house(cast: Cast, now: datetime) -> House:
    cache.clear()
    Volunteer.objects.filter(user=cast.alice).update(contact="@alizee-x")
    return build(cast, now)


def contacts() -> dict[str, int]:
    """Every way in which anybody with an account is reached, and whose it is."""
    found = dict(User.objects.values_list("email", "pk"))
    return found | {row.contact: row.user_id for row in Volunteer.objects.exclude(contact="") if row.user_id}


def unrecorded(told: str, looker: User | None) -> list[str]:
    """Whose contact stands in an answer to somebody, and nobody has written it down."""
    pk = looker.pk if looker else None
    by = Q(looker_id=pk) | Q(looker_id=None)  # whoever has a candidate's link is the candidate, signed in or not
    seen = set(Look.objects.filter(by).values_list("subject_id", flat=True))
    return sorted({word for word, whose in contacts().items() if word in told and whose != pk and whose not in seen})


@pytest.mark.parametrize("role", ROLES)
def test_every_door_that_shows_a_contact_says_so(house: House, role: str) -> None:
    user, betrayed, shown = house.users[role], [], 0
    # An invitation shows an address that its sender has typed; whether anybody has it is not looked up.
    for route in [name for name, method in doors() if method == "get" and name != "campaign-invitations"]:
        client = APIClient()
        if user is not None:
            vouch_for(client, user)
            sign_in(client, user)
        told = client.get(path(house, route)).content.decode(errors="replace")
        betrayed += [f"{route}: {word}" for word in unrecorded(told, user)]
        shown += Look.objects.count()
    assert betrayed == []
    assert shown or role in ("other", "rival")


def test_every_page_of_the_admin_that_shows_a_contact_says_so(cast: Cast, now: datetime) -> None:
    lead(cast, now)
    Volunteer.objects.filter(user=None).update(email="imported@example.org")  # no account, so nobody to tell of it
    Volunteer.objects.filter(user=cast.alice).update(contact="@alizee-x")
    client, shown = Client(), set()
    sign_in(client, cast.rita)
    reverse("admin:index")  # reads what the site shows
    for model in list(admin.site._registry):
        for page in _pages(model):
            before = Look.objects.count()
            # What was written down for one page does not speak for the next.
            told = client.get(page).content.decode()
            seen = set(Look.objects.order_by("pk").values_list("subject_id", flat=True)[before:])
            betrayed = [one for one, whose in contacts().items() if one in told and whose not in seen | {cast.rita.pk}]
            assert (page, betrayed) == (page, [])
            shown |= {page} if seen else set()
    assert len(shown) >= 8


def _pages(model: Any) -> list[str]:
    """Its list, and two of its rows."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    rows = model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2]
    return [reverse(f"{name}_changelist"), *(reverse(f"{name}_change", args=[pk]) for pk in rows)]


def test_a_campaign_that_sees_its_people(api: Api, cast: Cast, now: datetime) -> None:
    match = active(cast, now)
    address = "/api/v1/placements/"

    api(cast.carol).get(address)
    api(cast.carol).get(f"{address}{match.public_id}/")

    assert looks() == [(cast.carol.pk, "campaign", cast.alice.pk, "placement")] * 2


def test_a_move_that_is_answered_with_a_contact(api: Api, cast: Cast, now: datetime) -> None:
    match = accepted(cast, now)

    answer = api(cast.carol).post(f"/api/v1/placements/{match.public_id}/confirm/")

    assert answer.json()["contact"] == "alice@example.org"
    assert looks() == [(cast.carol.pk, "campaign", cast.alice.pk, "placement")]


def test_nobody_is_written_down_whose_contact_is_not_shown(api: Api, cast: Cast, now: datetime) -> None:
    match = accepted(cast, now)
    api(cast.carol).get("/api/v1/placements/")
    assert looks() == []

    api(cast.carol).post(f"/api/v1/placements/{match.public_id}/confirm/")
    report(actor=cast.alice, match=match, problem="other", at=now)
    before = len(looks())
    api(cast.carol).get("/api/v1/placements/")  # contact pauses

    assert len(looks()) == before == 1


def test_a_volunteer_who_sees_who_answers(api: Api, cast: Cast, now: datetime) -> None:
    active(cast, now)

    assert api(cast.alice).get("/api/v1/me/matches/").json()["results"][0]["kick_off"]["owner"] == "carol@example.org"

    assert looks() == [(cast.alice.pk, "volunteer", cast.carol.pk, "match")]


def test_a_team_is_seen_as_what_one_is(api: Api, cast: Cast, now: datetime) -> None:
    active(cast, now)
    for user in (cast.alice, cast.carol, cast.rita):
        api(user).get(f"/api/v1/requests/{cast.request.public_id}/team/")

    assert looks() == [
        (cast.carol.pk, "campaign", cast.alice.pk, "team"),
        (cast.rita.pk, "reviewer", cast.alice.pk, "team"),
    ]


def test_a_candidate_has_no_account_and_is_written_down_all_the_same(api: Api, cast: Cast, now: datetime) -> None:
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token = token_of(LINK, key.public_id)

    api(None).post("/api/v1/candidate/managers/", {"token": token})
    Client().get(reverse("candidate", args=[token]))

    assert looks() == [(None, "candidate", cast.carol.pk, "candidate")] * 2


def test_a_list_of_many_is_written_down_in_one_statement(api: Api, cast: Cast, now: datetime) -> None:
    for number in range(3):
        Member.objects.create(campaign=cast.campaign, user=person(f"m{number}"), position="staff", since=now)

    with CaptureQueriesContext(connection) as captured:
        api(cast.carol).get(f"/api/v1/campaigns/{cast.campaign.public_id}/members/")

    assert ["INSERT INTO" in one["sql"] for one in captured.captured_queries].count(True) == 1
    assert len(looks()) == 3


def test_a_reviewer_finds_who_looked_by_number(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    Look.objects.create(
        looker_id=cast.carol.pk, capacity="campaign", subject_id=cast.alice.pk, door="placement", at=now
    )

    page = reviewer_client.get(reverse("admin:core_look_changelist"), {"q": str(cast.alice.pk)})

    assert page.status_code == 200
    assert "The people of a campaign" in page.content.decode()
    assert "@example.org" not in page.content.decode().replace("rita@example.org", "")
