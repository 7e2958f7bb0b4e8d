"""The start page of the admin: what waits, the oldest first, and how we are doing."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from campaigns.actions.registration import register_campaign
from campaigns.models import Member
from core.models import User
from tests.cast import Cast, build_candidacy
from tests.match_factory import make_proposed_match
from tests.run_execution import execute_full_run


def test_what_waits_longest_stands_first_with_its_clock(cast: Cast, now: datetime, reviewer_client: Client) -> None:
    late = now - timedelta(days=9)
    make_proposed_match(cast, now)
    register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", late, district="7"), name="Roe", at=late)

    page = reviewer_client.get("/admin/")

    waiting = page.context["waiting"]
    assert [row.label for row in waiting[:2]] == ["Campaigns to verify", "Proposals"]
    assert waiting[0].clock.startswith("1 is past its date. The first was due ")
    assert waiting[1].clock.startswith("The first is due ")
    assert "UTC" in waiting[1].clock
    assert page.context["overdue_count"] == 1


def test_charts_have_their_numbers_in_a_table(cast: Cast, now: datetime, reviewer_client: Client) -> None:
    page = reviewer_client.get("/admin/")

    shown = page.content.decode()
    assert [chart.title for chart in page.context["charts"]] == ["Empty seats by skill", "Empty seats by election day"]
    assert '<rect class="whole" width="1000"' in shown
    assert '<th scope="row">Front end</th><td class="number">1</td><td class="number">1</td>' in shown
    assert "0 promises are past their date." in shown


def test_all_tables_are_for_administrators(cast: Cast, reviewer_client: Client) -> None:
    assert "All tables" not in reviewer_client.get("/admin/").content.decode()

    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)

    assert "All tables" in reviewer_client.get("/admin/").content.decode()


def test_a_reviewer_with_a_part_reads_why_figures_are_missing(
    cast: Cast, now: datetime, reviewer_client: Client
) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.rita, position="staff", since=now)

    page = reviewer_client.get("/admin/")

    assert [figure.name for figure in page.context["key_figures"]] == ["Coverage"]
    assert "You have a part in a contest" in page.content.decode()


def test_the_page_asks_a_constant_number_of_queries(
    cast: Cast, now: datetime, reviewer_client: Client, django_assert_num_queries: Any
) -> None:
    execute_full_run(now)
    reviewer_client.get("/admin/")  # reads the arrays of the run once in a process

    with django_assert_num_queries(13):
        reviewer_client.get("/admin/")
