"""A published plan is found on the desk, opened, and changed."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.models import Campaign, Member, Request
from core.models import ContactAccess
from core.week_mask import MAX_WEEKLY_WINDOWS
from matching.models import Match
from matching.open_roles.queries.board import read_board
from matching.rules.states import MatchState
from tests.cast import Cast, build_candidacy
from tests.match_factory import make_match
from tests.web.campaigns.people import add_member, find_desk, open_browser
from tests.web.campaigns.plan_steps import come_to_race, import_board, say_race, say_whose


def find_address(page: str, request: Request) -> str:
    return reverse(page, args=[request.campaign.public_id, request.public_id])


def type_plan(request: Request, **changes: str) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "title": request.title,
        "summary": request.summary or "People find us.",
        "starts_on": str(request.starts_on),
        "ends_on": str(request.ends_on),
        "version": str(request.version),
    }
    return typed | changes


def test_the_desk_leads_to_what_was_published_what_was_not_and_another_plan(
    cast: Cast, carols: Client, now: datetime
) -> None:
    draft = RequestDraft(title="Texts", playbook="texting", starts_on=now.date() + timedelta(days=7))
    unpublished = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)

    page = carols.get(find_desk(cast.campaign)).content.decode()

    assert f'href="{find_address("campaign-request", cast.request)}"' in page
    assert f'href="{find_address("campaign-publish", unpublished)}"' in page
    assert "Plan another project" in page
    assert "Change the filing number or phone" not in page
    books = open_browser(add_member(cast.campaign, "erin", "treasurer", now)).get(find_desk(cast.campaign))
    for words in ("/published/", "/publish/", "Plan another project"):
        assert words not in books.content.decode()
    Campaign.objects.update(state=Campaign.State.ENDED)
    assert "Plan another project" not in carols.get(find_desk(cast.campaign)).content.decode()


def test_an_emergency_has_no_page_of_a_plan(cast: Cast, carols: Client) -> None:
    Request.objects.update(emergency=True)

    assert "/projects/" not in carols.get(find_desk(cast.campaign)).content.decode()


def test_the_desk_of_a_new_campaign_leads_its_manager_to_how_we_check_it(cast: Cast, now: datetime) -> None:
    campaign = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    address = reverse("campaign-filing-page", args=[campaign.public_id])

    page = open_browser(cast.dave).get(find_desk(campaign)).content.decode()
    assert f'href="{address}"' in page
    assert "Plan a project" in page
    staff = open_browser(add_member(campaign, "erin", "staff", now)).get(find_desk(campaign)).content.decode()
    assert address not in staff


def test_a_new_manager_finds_the_published_plan_again_and_changes_it(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    import_board(now)
    come_to_race(client, mailoutbox, now)
    say_race(client)
    say_whose(client)
    plan = Request.objects.latest("pk")
    client.post(find_address("campaign-publish", plan), {"accepts_code_of_conduct": "on"})
    plan.refresh_from_db()

    assert find_address("campaign-request", plan) in client.get(find_desk(plan.campaign)).content.decode()
    published = client.get(find_address("campaign-published", plan)).content.decode()
    assert f'href="{find_address("campaign-request", plan)}"' in published
    shown = client.get(find_address("campaign-request", plan)).content.decode()
    assert f'href="{find_address("campaign-change", plan)}"' in shown
    later = str(plan.ends_on + timedelta(days=14))
    typed = type_plan(plan, title="Two sites", summary="Both are up.", ends_on=later)
    answer = client.post(find_address("campaign-change", plan), typed, follow=True)

    assert answer.redirect_chain[-1][0] == find_address("campaign-request", plan)
    assert "Saved. This is the plan now." in answer.content.decode()
    version = plan.version
    plan.refresh_from_db()
    assert (plan.title, plan.summary, str(plan.ends_on), plan.version) == (
        *("Two sites", "Both are up.", later),
        version + 1,
    )


def test_all_that_is_wrong_is_said_and_what_another_changed_meanwhile_is_shown(
    cast: Cast, carols: Client, now: datetime
) -> None:
    address = find_address("campaign-change", cast.request)
    typed = type_plan(cast.request)
    wrong = carols.post(address, typed | {"title": "", "starts_on": "soon"})
    assert (wrong.status_code, [*wrong.context["page_form"].errors]) == (400, ["title", "starts_on"])
    backwards = carols.post(address, typed | {"ends_on": str(cast.request.starts_on - timedelta(days=1))})
    assert backwards.status_code == 400
    assert {*backwards.context["page_form"].errors} <= {"starts_on", "ends_on"}

    assert carols.post(address, typed | {"title": "First"}).status_code == 302
    stale = carols.post(address, typed | {"title": "Second"})
    assert stale.status_code == 409
    assert "First" in stale.content.decode()
    assert Request.objects.get(pk=cast.request.pk).title == "First"


def test_another_member_answers_from_now_on(cast: Cast, carols: Client, now: datetime) -> None:
    dave = Member.objects.create(campaign=cast.campaign, user=cast.dave, position="staff", since=now)
    address = find_address("campaign-change", cast.request)
    ContactAccess.objects.all().delete()
    assert "dave@example.org (Staff)" in carols.get(address).content.decode()
    assert ContactAccess.objects.get().subject_id == cast.dave.pk

    carols.post(address, type_plan(cast.request, contact=str(dave.public_id)))

    assert Request.objects.get(pk=cast.request.pk).contact == dave


def test_a_plan_that_is_over_stays_as_it_is(cast: Cast, carols: Client) -> None:
    Request.objects.update(state=Request.State.CLOSED)
    address = find_address("campaign-change", cast.request)

    assert "its plan stays as it is" in carols.get(address, follow=True).content.decode()
    assert "can no longer be changed" in carols.post(address, type_plan(cast.request, title="No")).content.decode()
    assert Request.objects.get(pk=cast.request.pk).title != "No"


def read_meetings(request: Request) -> list[tuple[object, ...]]:
    return [*request.windows.filter(kind="meeting").values_list("weekday", "starts", "ends")]


def test_meetings_are_changed_and_their_people_are_told_of_first(cast: Cast, carols: Client, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    address = find_address("campaign-change", cast.request)
    page = carols.get(address).content.decode()
    assert ('<option value="1" selected>Tuesday' in page, 'value="19:00"' in page) == (True, True)
    rows = {"meeting_0_day": "3", "meeting_0_from": "18:00", "meeting_0_to": "19:00", "meeting_1_day": "5"}
    typed = type_plan(cast.request, **rows)
    wrong = carols.post(address, typed)
    assert (wrong.status_code, [*wrong.context["page_form"].errors]) == (400, ["meeting_1_from"])
    empty = carols.post(address, typed | {"meeting_0_to": "18:00", "meeting_1_day": ""})
    assert [*empty.context["page_form"].errors] == ["meeting_0_to"]

    told = carols.post(address, typed | {"meeting_1_day": ""})
    assert "1 person has said yes to how it is now. With this change they are asked again" in told.content.decode()
    assert read_meetings(cast.request) == [(1, time(19), time(20))]
    sure = re.findall(r'name="sure" value="([^"]+)"', told.content.decode())
    answer = carols.post(address, typed | {"meeting_1_day": "", "sure": sure[0]}, follow=True)

    assert "Thursday, 6 pm to 7 pm" in answer.content.decode()
    assert read_meetings(cast.request) == [(3, time(18), time(19))]
    assert Match.objects.get().state == MatchState.OFFERED


def read_work(request: Request) -> list[tuple[object, ...]]:
    return [*request.windows.filter(kind="work").values_list("weekday", "starts", "ends")]


def type_meeting() -> dict[str, str]:
    return {"meeting_0_day": "1", "meeting_0_from": "19:00", "meeting_0_to": "20:00"}


def test_times_of_work_are_added_changed_and_dropped(cast: Cast, carols: Client, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    address = find_address("campaign-change", cast.request)
    work = {"work_0_days": ["0", "2"], "work_0_from": "18:15", "work_0_to": "21:00"}
    typed = type_plan(cast.request) | type_meeting() | work

    told = carols.post(address, typed).content.decode()

    assert "1 person has said yes to how it is now. With this change they are asked again" in told
    assert read_work(cast.request) == []
    [sure] = re.findall(r'name="sure" value="([^"]+)"', told)
    answer = carols.post(address, typed | {"sure": sure}, follow=True)
    assert "Monday and Wednesday, 6:15 pm to 9 pm" in answer.content.decode()
    assert read_work(cast.request) == [(0, time(18, 15), time(21)), (2, time(18, 15), time(21))]
    assert Match.objects.get().state == MatchState.OFFERED

    cast.request.refresh_from_db()
    form = carols.get(address).context["page_form"]
    assert [field.value() for field in form.list_work_rows()[0]] == [["0", "2"], time(18, 15), time(21)]
    assert len(form.list_work_rows()) == 2
    dropped = type_plan(cast.request) | type_meeting()
    [sure] = re.findall(r'name="sure" value="([^"]+)"', carols.post(address, dropped).content.decode())
    carols.post(address, dropped | {"sure": sure})
    assert read_work(cast.request) == []
    assert len(read_meetings(cast.request)) == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"work_0_days": ["0"]}, "work_0_from"),
        ({"work_0_days": ["0"], "work_0_from": "18:00"}, "work_0_to"),
        ({"work_0_from": "18:00", "work_0_to": "19:00"}, "work_0_days"),
        ({"work_0_days": ["7"], "work_0_from": "18:00", "work_0_to": "19:00"}, "work_0_days"),
        ({"work_0_days": ["0"], "work_0_from": "18:00", "work_0_to": "18:00"}, "work_0_to"),
        ({"work_0_days": ["0"], "work_0_from": "18:05", "work_0_to": "19:00"}, "work_0_from"),
        ({"work_0_days": ["0"], "work_0_from": "late", "work_0_to": "19:00"}, "work_0_from"),
        ({"meeting_0_day": "0", "meeting_0_from": "18:00", "meeting_0_to": "18:50"}, "meeting_0_to"),
    ],
)
def test_a_row_that_is_not_whole_is_named(cast: Cast, carols: Client, row: dict[str, object], field: str) -> None:
    answer = carols.post(find_address("campaign-change", cast.request), type_plan(cast.request) | row)
    assert (answer.status_code, [*answer.context["page_form"].errors]) == (400, [field])


def test_a_stored_time_between_two_quarters_may_stay(cast: Cast, carols: Client) -> None:
    cast.request.windows.create(kind="work", weekday=1, starts=time(9, 10), ends=time(17))
    row = {"work_0_days": ["1", "3"], "work_0_from": "09:10", "work_0_to": "17:00"}
    carols.post(find_address("campaign-change", cast.request), type_plan(cast.request) | type_meeting() | row)
    assert read_work(cast.request) == [(1, time(9, 10), time(17)), (3, time(9, 10), time(17))]


@pytest.mark.parametrize("kind", ["work", "meeting"])
def test_a_button_shows_one_more_row_and_keeps_what_was_typed(cast: Cast, carols: Client, kind: str) -> None:
    address = find_address("campaign-change", cast.request)
    typed = type_plan(cast.request, title="") | {f"{kind}_{row}_from": "18:00" for row in range(3)}

    page = carols.post(address, typed | {"more": kind})

    form = page.context["page_form"]
    assert (page.status_code, form.work_count, form.meeting_count) == (200, *((4, 2) if kind == "work" else (1, 4)))
    assert form[f"{kind}_2_from"].value() == "18:00"
    assert "Error:" not in page.content.decode()
    many = typed | {f"{kind}_{row}_from": "" for row in range(3, 200)} | {"more": kind}
    assert getattr(carols.post(address, many).context["page_form"], f"{kind}_count") == MAX_WEEKLY_WINDOWS


def test_what_a_colleague_changed_of_the_times_is_compared_as_a_whole(cast: Cast, carols: Client) -> None:
    address, typed = find_address("campaign-change", cast.request), type_plan(cast.request)
    work = {"work_0_days": ["4"], "work_0_from": "09:00", "work_0_to": "12:00"}
    carols.post(address, typed | type_meeting() | work)
    page = carols.post(address, typed | type_meeting())
    assert page.status_code == 409
    assert [(row.mine, row.theirs) for row in page.context["stale"]] == [
        ("-", "Friday, 9 am to noon, Eastern time (New York)")
    ]


def test_a_link_fills_in_a_change_that_would_help(cast: Cast, carols: Client) -> None:
    cast.request.windows.create(kind="work", weekday=1, starts=time(9), ends=time(17))
    address = find_address("campaign-change", cast.request)
    page = carols.get(f"{address}?meetings=0&work=0&ends_on=2026-04-01").content.decode()
    for words in ("We have filled in what would help.", 'value="2026-04-01"'):
        assert words in page
    assert "Tuesday</option" in page
    assert "selected>Tuesday" not in page
    assert 'value="09:00"' not in page
    assert 'value="09:00"' in carols.get(address).content.decode()
    assert carols.get(f"{address}?ends_on=soon").status_code == 200


def test_a_project_is_kept_off_the_board(cast: Cast, carols: Client) -> None:
    carols.post(find_address("campaign-change", cast.request), type_plan(cast.request, keeps_off_board="on"))
    assert Request.objects.get(pk=cast.request.pk).is_on_board is False
    page = carols.get(find_address("campaign-request", cast.request)).content.decode()
    assert "Not shown on the public board" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_in_a_fixed_number_of_queries(
    cast: Cast, carols: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        add_member(cast.campaign, f"erin{number}", "staff", now)
    with django_assert_num_queries(13):
        assert carols.get(find_address("campaign-change", cast.request)).status_code == 200


def test_a_published_project_is_taken_off_the_board_and_back(cast: Cast, carols: Client, now: datetime) -> None:
    address = find_address("campaign-change", cast.request)
    for is_on_board in (False, True):
        stored = Request.objects.get(pk=cast.request.pk)
        ticked = {} if is_on_board else {"keeps_off_board": "on"}
        carols.post(address, type_plan(stored, **ticked))

        assert Request.objects.get(pk=cast.request.pk).is_on_board is is_on_board
        ticks = carols.get(address).context["page_form"]["keeps_off_board"].value()
        assert ticks is not is_on_board
        assert len(read_board(at=now).role_ids) == is_on_board
