"""A manager finds the contest of a ballot by words; the list does not tell which campaigns are here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import Candidacy
from campaigns.models import Campaign, Contest
from core.models import User
from tests.ballots import import_ballot
from tests.cast import Cast

PATH = "/api/v1/contests"
Api = Callable[[User | None], APIClient]


def find(api: Api, user: User, **question: str) -> list[dict[str, Any]]:
    answer = api(user).get(PATH, question)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def test_a_ballots_contest_is_found_by_words_and_registered_with_its_values(
    api: Api, cast: Cast, now: datetime
) -> None:
    import_ballot(now, {}, {"district": "13"}, {"office": "Mayor", "level": "local", "district": "Salem"})

    [row] = find(api, cast.dave, search="oregon house 12")

    assert row == {
        "id": str(Contest.objects.get(district="12").public_id),
        "jurisdiction": "US-OR",
        "level": "state",
        "office": "State House",
        "district": "12",
        "cycle": 2026,
        "special": False,
        "primary_on": None,
        "election_on": str((now + timedelta(weeks=30)).date()),
    }
    values = {name: value for name, value in row.items() if name not in ("id", "cycle")}
    answer = api(cast.dave).post("/api/v1/campaigns", values | {"name": "Ours", "candidate": "Lee Moe"})
    assert answer.status_code == 201, answer.content
    assert Campaign.objects.get(name="Ours").candidate.contest == Contest.objects.get(district="12")


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ({}, ["Salem", "12", "12"]),
        ({"search": "salem mayor"}, ["Salem"]),
        ({"search": "2026"}, ["Salem", "12"]),
        ({"search": "idaho"}, []),
        ({"level": "local"}, ["Salem"]),
        ({"jurisdiction": "US-NV"}, ["12"]),
        ({"special": "true"}, []),
        ({"election_from": "2026-12-01"}, ["12"]),
        ({"election_until": "2026-12-01"}, ["Salem", "12"]),
    ],
)
def test_it_is_filtered(api: Api, cast: Cast, now: datetime, question: dict[str, str], districts: list[str]) -> None:
    later = (now + timedelta(weeks=44)).date()
    import_ballot(
        now,
        {"office": "Mayor", "level": "local", "district": "Salem"},
        {},
        {"jurisdiction": "US-NV", "election_on": later},
    )

    rows = find(api, cast.dave, ordering="election_on", **question)

    assert [row["district"] for row in rows] == districts


def test_a_contest_that_only_a_registered_campaign_brought_is_not_listed(api: Api, cast: Cast, now: datetime) -> None:
    """Each registered contest would tell that one of few candidates is here."""
    assert Contest.objects.count() == 1

    assert [find(api, user) for user in (cast.dave, cast.carol, cast.rita)] == [[], [], []]


def test_the_list_is_the_same_whether_a_campaign_of_the_ballot_is_here_or_not(
    api: Api, cast: Cast, now: datetime
) -> None:
    import_ballot(now, {}, {"district": "13"})
    before = api(cast.dave).get(PATH).content
    contest = Contest.objects.get(district="13")
    candidacy = Candidacy(
        jurisdiction="US-OR",
        level="state",
        office="State House",
        district="13",
        election_on=contest.election_on,
        candidate="Lee Moe",
    )
    register_campaign(actor=cast.carol, candidacy=candidacy, name="Moe", at=now)

    assert api(cast.dave).get(PATH).content == before


def test_it_is_for_who_is_signed_in(api: Api, cast: Cast) -> None:
    assert api(None).get(PATH).status_code == 401


def test_a_page_takes_one_statement_however_many_there_are(
    api: Api, cast: Cast, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = api(cast.dave)
    ballots: list[list[dict[str, object]]] = [[{}], [{}, {"district": "13"}, {"district": "14"}]]
    for rows in ballots:
        import_ballot(now, *rows)
        with django_assert_num_queries(1):
            answer = client.get(PATH)
        assert len(answer.json()["results"]) == len(rows)


def test_pages_are_bounded(api: Api, cast: Cast, now: datetime) -> None:
    import_ballot(now, *({"district": str(number)} for number in range(3)))

    answer = api(cast.dave).get(PATH, {"page_size": 2}).json()

    assert (len(answer["results"]), answer["next"] is None) == (2, False)
