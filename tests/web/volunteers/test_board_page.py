"""The board as a page: what a row shows and to whom, its order, its filters and its pages."""

import re
from collections import defaultdict
from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.draft_rules import RoleDraft
from campaigns.models import Candidate, Contest, Member, PlaybookRole, Request, Role, Seat
from core.models import Party, Skill
from matching.open_roles import fits_limit
from matching.rules.board_privacy import MIN_CAMPAIGNS, find_actor_groups
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request, sign_in_browser
from tests.matching.open_roles.board_world import draw_board_world
from tests.matching.open_roles.test_board import add_campaigns
from tests.web.volunteers.board_states import UX_ROLE, fill_board
from tests.web.volunteers.reading import TAGS, read_heading, read_main, read_title
from web.volunteers.open_role_words import OpenRoleWords

BOARD = "/open-roles/"
SHOWN_WORDS = {"id", "name", "tasks", "skill", "facts", "campaign", "meetings", "fits", "asked", "why"}
"""All that a row of the page may say. A new one needs a reason, and a look at what it tells with the others."""

VISITOR_QUERIES, VOLUNTEER_QUERIES = 8, 27


def list_rows(page: Any) -> list[str]:
    """The words of each row, in one line."""
    rows = re.findall(r'<li id="place-[^"]+">(.*?)</li>', page.content.decode(), re.DOTALL)
    return [" ".join(TAGS.sub(" ", row).split()) for row in rows]


def read_row(client: Client) -> str:
    (row,) = list_rows(client.get(BOARD))
    return row


def test_a_row_of_the_page_says_this_and_nothing_else(cast: Cast) -> None:
    assert {field.name for field in fields(OpenRoleWords)} == SHOWN_WORDS


def test_a_row_says_which_skill_counts_and_which_hours_are_too_many(cast: Cast, alices: Client, now: datetime) -> None:
    own = Skill.objects.get(code="front-end")
    assert own.parent is not None
    cast.request.roles.update(name=own.parent.name, skill=own.parent, level=2)
    assert f"Your skill Front end counts as {own.parent.name}." in read_row(alices)
    assert "counts as" not in read_row(Client())

    cast.request.roles.update(hours_per_week=19)

    row = read_row(alices)
    assert f"Needs 19 h a week, you have {cast.alice.volunteer.max_hours_per_week}." in row
    assert "counts as" not in row
    assert "Needs" not in read_row(Client())


def test_a_row_reads_like_this(cast: Cast, alices: Client, now: datetime) -> None:
    in_playbook = PlaybookRole.objects.get(playbook__code="website", name="Front end")
    cast.request.roles.update(name="Front end", skill=in_playbook.skill, tasks=in_playbook.tasks)
    alone = f"{in_playbook.tasks} Asks for: Front end, on your own. 4 hours a week for 6 weeks "
    # One campaign alone: nothing of it is shown, neither month nor meeting time, which would tell its day and its zone.
    assert read_row(Client()) == f"Front end {alone}I’d like this : Front end"
    assert read_row(alices) == f"Front end fits you {alone}I’d like this : Front end"
    work = f"{alone}· ends in April 2026 "

    add_campaigns(cast, now, "US-WA", "US-WA")
    facts, meeting = "A state office, Washington · no party", "Every Tuesday, 7 pm to 8 pm, Eastern time (New York)."
    assert f"Front end {work}{facts} I’d like this : Front end" in list_rows(Client().get(BOARD))
    assert f"Front end fits you {work}{facts} {meeting} I’d like this : Front end" in list_rows(alices.get(BOARD))


def test_no_canary_of_a_campaign_or_a_person_is_on_the_page(cast: Cast, alices: Client, now: datetime) -> None:
    """Everything that a row might name is marked, and the party has fewer than three campaigns."""
    party = Party.objects.create(code="canary-party", name="Canary party")
    cast.request.roles.update(name="Canary front end", tasks="Canary tasks")
    for name in ("title", "summary", "brief", "out_of_scope", "channel"):
        setattr(cast.request, name, f"Canary {name}")
    cast.request.save()
    type(cast.campaign).objects.filter(pk=cast.campaign.pk).update(name="Canary campaign")
    Candidate.objects.filter(campaign=cast.campaign).update(name="Canary candidate", party=party)
    Contest.objects.update(office="Canary office", district="Canary district")
    add_campaigns(cast, now, "US-WA", "US-WA", "US-WA")
    role = Role.objects.get(request=cast.request)
    ids = [role.public_id, cast.request.public_id, cast.campaign.public_id, cast.campaign.candidate.public_id]
    ids += [*Seat.objects.values_list("public_id", flat=True), *Member.objects.values_list("public_id", flat=True)]

    carols = Client()
    sign_in_browser(carols, cast.carol)
    for client in (Client(), alices, carols):
        for address in (BOARD, f"{BOARD}{role.board_id}/"):
            html = client.get(address).content.decode()
            main = html.partition("<main")[2]
            assert "Front end" in main
            assert [word for word in ("Canary", "canary", "carol@", "Doe", *map(str, ids)) if word in main] == []


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_fewer_than_three_campaigns_are_behind_the_shown_facts_of_no_row(
    cast: Cast, alices: Client, now: datetime, seed: int
) -> None:
    draw_board_world(cast, now, seed, campaigns=14, people=0)
    campaigns = dict(Role.objects.values_list("board_id", "request__campaign"))
    actors = find_actor_groups(Member.objects.values_list("campaign", "user"))
    seen = 0
    for client in (Client(), alices):
        behind = defaultdict(set)
        for place in read_all_pages(client):
            campaign = {str(pk): campaign for pk, campaign in campaigns.items()}[place.id]
            behind[place.campaign].add(actors[campaign])
        seen += len(behind)
        assert {facts: len(found) for facts, found in behind.items() if facts and len(found) < MIN_CAMPAIGNS} == {}
    assert seen >= 4


def read_all_pages(client: Client) -> list[OpenRoleWords]:
    first = client.get(BOARD)
    pages = [client.get(f"{BOARD}?page={number + 1}") for number in range(first.context["page"].page_count)]
    return [place for page in pages for place in page.context["places"]]


def test_it_is_open_to_all_and_not_for_search_engines(cast: Cast, now: datetime) -> None:
    fill_board(cast, now)
    page = Client().get(BOARD)
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert (read_heading(page), read_title(page)) == ("Open places", "Open places - Handraiser")
    assert "no-store" in page["Cache-Control"]
    assert "pm" not in read_main(page)
    home = Client().get("/").content.decode()
    assert home.count(f'href="{BOARD}"') == 2  # in the header, and at the door of volunteers


def test_the_header_and_the_own_page_of_a_volunteer_lead_there(cast: Cast, alices: Client) -> None:
    assert alices.get("/me/").content.decode().count(f'href="{BOARD}"') == 2


def test_what_fits_stands_first_and_only_it_has_a_button(cast: Cast, alices: Client, now: datetime) -> None:
    for number in range(8):
        roles = [FRONT_END_ROLE if number % 2 else UX_ROLE]
        publish_new_request(cast.carol, cast.campaign, now, roles=roles, title=f"Number {number}")

    rows = list_rows(alices.get(BOARD))
    assert ["fits you" in row for row in rows] == [True] * 5 + [False] * 4
    assert ["I’d like this" in row for row in rows] == ["fits you" in row for row in rows]


def test_whom_nothing_fits_reads_once_why_there_is_no_button(cast: Cast, alices: Client) -> None:
    words = "None of these fits you now"
    assert words not in read_main(alices.get(BOARD))
    cast.request.roles.update(hours_per_week=30)

    page = alices.get(BOARD)

    assert words in read_main(page)
    assert 'href="/me/week/">My week' in page.content.decode()
    assert words not in read_main(Client().get(BOARD))


def test_of_equal_places_the_order_tells_not_which_is_new_or_of_one_request(
    cast: Cast, alices: Client, now: datetime
) -> None:
    for number in range(8):
        publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title=f"Number {number}")
    by_random_id = [str(board_id) for board_id in sorted(Role.objects.values_list("board_id", flat=True))]

    for client in (Client(), alices):
        assert [place.id for place in client.get(BOARD).context["places"]] == by_random_id


def test_who_has_looked_too_often_is_not_told_what_fits(
    cast: Cast, alices: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fits_limit, "MAX_FITS_PER_HOUR", 3)
    alices.get("/api/v1/me/fits")
    alices.get(BOARD)
    address = f"{BOARD}{Role.objects.get().board_id}/"
    alices.get(address)

    page = alices.get(BOARD)
    assert "You have looked very often in this hour" in read_main(page)
    assert "fits you" not in list_rows(page)[0]
    assert "fits you" not in read_main(alices.get(address)).replace("what fits you", "")
    refused = alices.post(address, {})
    assert (refused.status_code, "Take a rest" in read_main(refused)) == (429, True)


def test_filters_find_what_is_shown_and_their_address_names_no_skill_and_no_party(
    cast: Cast, alices: Client, now: datetime
) -> None:
    green = Party.objects.create(code="green", name="Green")
    add_campaigns(cast, now, "US-OR", "US-OR", "US-OR")
    Candidate.objects.exclude(campaign=cast.campaign).update(party=green)
    publish_new_request(cast.carol, cast.campaign, now, roles=[UX_ROLE], title="Interviews")
    front_end, ux = (Skill.objects.get(code=code).pk for code in ("front-end", "ux-research"))

    def count(query: str) -> int:
        page = Client().get(f"{BOARD}?{query}")
        assert page.status_code == 200
        return len(list_rows(page))

    assert count("") == 5
    assert [count(f"skill={number}") for number in (front_end, ux)] == [4, 1]
    assert [count(f"hours={hours}") for hours in (1, 2, 4)] == [0, 1, 5]
    assert [count(f"level={level}") for level in (2, 3, 4)] == [0, 4, 5]
    # The cast's campaign is one alone, so its facts are hidden, and no filter finds them.
    assert [count(f"where={where}") for where in ("US-OR", "US-WA", "west", "south")] == [0, 0, 0, 0]
    add_campaigns(cast, now, "US-OR", "US-OR", "US-OR")
    Candidate.objects.filter(contest__district__startswith="US-OR").update(party=green)
    add_campaigns(cast, now, "US-WA", "US-WA")
    assert [count(f"where={where}") for where in ("US-OR", "US-WA", "west")] == [6, 4, 10]
    assert [count(f"party={number}") for number in (green.pk, 0)] == [6, 4]
    assert count(f"party={green.pk}&where=US-WA") == 0
    assert [count(f"office={level}") for level in ("state", "local")] == [10, 0]


@pytest.mark.parametrize(
    "query",
    [
        "skill=front-end",
        "skill=-1",
        "skill=" + "9" * 3000,
        "hours=0",
        "level=9",
        "where=US-TX",
        "office=moon",
        "party=x",
    ],
)
def test_what_the_board_does_not_show_is_like_no_place(cast: Cast, now: datetime, query: str) -> None:
    fill_board(cast, now)
    page = Client().get(f"{BOARD}?{query}")

    assert (page.status_code, list_rows(page)) == (200, [])
    assert "Nothing like this is open now" in read_main(page)


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999", "9" * 3000, "²", ""])
def test_a_page_that_is_not_there_is_the_nearest(cast: Cast, now: datetime, number: str) -> None:
    assert len(list_rows(Client().get(BOARD, {"page": number}))) == 1


def test_the_pages_hold_each_place_once_and_keep_what_is_looked_for(cast: Cast, alices: Client, now: datetime) -> None:
    for number in range(3):
        roles = [RoleDraft(name=f"Role {each}", skill="front-end", hours_per_week=1 + each % 4) for each in range(20)]
        publish_new_request(cast.carol, cast.campaign, now, roles=roles, title=f"Number {number}")

    for client in (Client(), alices):
        places = [place.id for place in read_all_pages(client)]
        assert len(places) == len(set(places)) == 61
        page = client.get(f"{BOARD}?hours=2&page=2")
        assert "30 places are like this." in read_main(page)
        assert "Page 2 of 2" in read_main(page)
        assert len(list_rows(page)) == 10
        assert 'href="/open-roles/?hours=2&amp;page=1"' in page.content.decode()
    assert "hours=2&amp;page=2" in alices.get(f"{BOARD}?hours=2&page=2").content.decode()  # where the button leads back


@pytest.mark.parametrize("count", [3, 5])
def test_a_page_is_read_in_a_fixed_number_of_queries(
    cast: Cast, alices: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_campaigns(cast, now, *["US-WA"] * (count - 1))
    Request.objects.update(starts_on=now.date())
    for client, queries in ((Client(), VISITOR_QUERIES), (alices, VOLUNTEER_QUERIES)):
        client.get(BOARD)
        with django_assert_num_queries(queries):
            assert len(list_rows(client.get(BOARD))) == count
