"""Why and why not on the desk: a volunteer, a role, a request, and a volunteer in a role."""

from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.actions.registration import register_campaign
from matching.models import Run
from matching.runs.queries.rule_verdicts import judge_pair
from matching.runs.queries.searches import search_volunteers
from tests.cast import Cast, build_candidacy, create_user, create_volunteer
from tests.run_execution import execute_full_run
from tests.web.desk.test_run_pages import read
from volunteers.models import Volunteer


def test_each_rule_of_a_pair_passes_or_says_what_would_have_to_change(
    cast: Cast, now: datetime, reviewer_client: Client
) -> None:
    role, bob = cast.request.roles.get(), cast.bob.volunteer
    execute_full_run(now)

    with CaptureQueriesContext(connection) as queries:
        page = read(reviewer_client, "why-pair", role.public_id, bob.public_id)

    assert "They would have to claim the skill" in page
    assert "This volunteer does not have the skill." in page
    assert len(queries) == 40
    verdict = judge_pair(cast.rita, cast.alice.volunteer, role, at=now)
    assert (verdict.fits, len(verdict.rules)) == (True, 19)
    create_volunteer(cast.alice, now, max_hours_per_week=1)
    [hours] = [row for row in judge_pair(cast.rita, cast.alice.volunteer, role, at=now).rules if not row.passes]
    assert (hours.rule, hours.asked, hours.found) == ("hours", role.hours_per_week, 1)


def test_a_resting_volunteer_fits_and_cannot_be_proposed(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(rest_until=now.date().replace(month=12))

    verdict = judge_pair(cast.rita, cast.alice.volunteer, cast.request.roles.get(), at=now)

    assert (verdict.is_available, verdict.fits, all(row.passes for row in verdict.rules)) == (False, False, True)


def test_a_reader_with_a_part_in_a_contest_learns_nothing_of_other_work(
    cast: Cast, now: datetime, reviewer_client: Client
) -> None:
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Ann", now, district="7"), name="Ann", at=now)
    Volunteer.objects.filter(user=cast.alice).update(rest_until=now.date().replace(month=12))

    verdict = judge_pair(cast.rita, cast.alice.volunteer, cast.request.roles.get(), at=now)

    assert (verdict.is_available, verdict.has_room, verdict.fits) == (None, False, False)
    assert not {"hours", "projects", "clash", "sides"} & {row.rule for row in verdict.rules}
    page = read(reviewer_client, "why-volunteer", cast.alice.volunteer.public_id)
    assert "Waiting since" not in page
    assert "You have a part in a contest." in page


def test_a_contest_of_the_reader_does_not_exist_for_them(cast: Cast, now: datetime, reviewer_client: Client) -> None:
    role = cast.request.roles.get()
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Lee Roe", now), name="Roe", at=now)

    for name, ids in (
        ("why-role", [role.public_id]),
        ("why-request", [cast.request.public_id]),
        ("why-pair", [role.public_id, cast.alice.volunteer.public_id]),
    ):
        assert reviewer_client.get(reverse(f"desk:{name}", args=ids)).status_code == 404
    assert "No role of a published project" in read(reviewer_client, "why", query="?q=doe")


def test_a_waiting_volunteer_is_told_of_with_what_would_help(
    cast: Cast, now: datetime, reviewer_client: Client
) -> None:
    create_volunteer(cast.alice, now, max_hours_per_week=1)

    page = read(reviewer_client, "why-volunteer", cast.alice.volunteer.public_id)

    assert "Most of all: more hours a week. It alone would open 1 place." in page
    assert "Waiting since" in page


def test_an_empty_place_says_which_single_changes_fill_it(cast: Cast, now: datetime, reviewer_client: Client) -> None:
    create_volunteer(cast.alice, now, max_hours_per_week=1)
    run = execute_full_run(now)
    role = cast.request.roles.get()

    page = read(reviewer_client, "why-role", role.public_id, query="?q=alice")

    assert "1 place: 1 open, 0 of them proposed." in page
    assert "They would have to give more hours, or the role to ask for fewer." in page
    assert reverse("desk:why-pair", args=[role.public_id, cast.alice.volunteer.public_id]) in page
    assert str(run.public_id) in page
    with CaptureQueriesContext(connection) as queries:
        assert "has too few hours left" in read(reviewer_client, "why-request", cast.request.public_id)
    assert len(queries) == 20
    Run.objects.all().delete()
    assert "reasons are left out" in read(reviewer_client, "why-role", role.public_id)


def test_a_search_is_bounded_and_leaves_out_the_reader(cast: Cast, now: datetime) -> None:
    create_volunteer(cast.rita, now)
    for number in range(3):
        create_volunteer(create_user(f"ali{number}"), now)

    assert len(search_volunteers(cast.rita, "ali", limit=2)) == 2
    assert search_volunteers(cast.rita, "rita", limit=2) == []
    assert search_volunteers(cast.rita, " ", limit=2) == []
    assert search_volunteers(cast.alice, "ali", limit=2) == []
    assert search_volunteers(cast.rita, "a" * 10_000, limit=2) == []
