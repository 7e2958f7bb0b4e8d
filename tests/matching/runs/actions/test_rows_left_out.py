"""A run that meets a row that cannot be computed with leaves it out, names it, and matches everybody else."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import Contest, Request, RequestWindow, Role
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import (
    FRONT_END_ROLE,
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_new_request,
    verify_by_phone,
)
from tests.match_factory import make_active_match
from tests.run_execution import execute_full_run
from tests.unchecked_rows import drop_checks
from volunteers.models import AvailabilityWindow, Volunteer

FAR = date(9999, 12, 31)


def publish_bad_request(at: datetime) -> Request:
    """Publish a request of another contest, which is broken afterwards."""
    manager, reviewer = create_user("erin"), User.objects.get(email="rita@example.org")
    candidacy = build_candidacy("Pat Roe", at, district="6")
    campaign = register_campaign(actor=manager, candidacy=candidacy, name="Roe for Senate", at=at)
    verify_by_phone(actor=reviewer, campaign=campaign, at=at)
    request = publish_new_request(manager, campaign, at, roles=[FRONT_END_ROLE], title="Broken")
    Notice.objects.all().delete()
    return request


def break_days(request: Request) -> None:
    Request.objects.filter(pk=request.pk).update(ends_on=FAR)


def break_election(request: Request) -> None:
    Contest.objects.filter(candidates__campaign=request.campaign_id).update(election_on=FAR)


def break_infinitely(request: Request) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE campaigns_request SET ends_on = 'infinity' WHERE id = %s", [request.pk])


def break_start(request: Request) -> None:
    Request.objects.filter(pk=request.pk).update(starts_on=date(1, 1, 1))


def break_hours(request: Request) -> None:
    Role.objects.filter(request=request).update(hours_per_week=32_767)


def break_zone(request: Request) -> None:
    Request.objects.filter(pk=request.pk).update(time_zone="Mars/Olympus")


@pytest.mark.parametrize(
    "breaking", [break_days, break_election, break_infinitely, break_start, break_hours, break_zone]
)
def test_a_request_that_cannot_be_computed_with_is_left_out_and_named(
    cast: Cast, now: datetime, breaking: Callable[[Request], None]
) -> None:
    bad = publish_bad_request(now)
    drop_checks(Request, Contest, Role)
    breaking(bad)

    run = execute_full_run(now)

    assert run.left_out == [{"kind": "request", "id": str(bad.public_id)}]
    assert [match.request for match in Match.objects.all()] == [cast.request]


def test_reviewers_hear_of_each_row_once_a_week_and_see_it_on_the_run(
    cast: Cast, reviewer_client: Client, api: Callable[[User | None], APIClient], now: datetime
) -> None:
    bad = publish_bad_request(now)
    drop_checks(Request)
    break_days(bad)

    execute_full_run(now)
    run = execute_full_run(now + timedelta(days=1))

    notice = Notice.objects.get(kind="run-rows-left-out")
    words = render_notices([notice], language="en", at=now)[notice.pk]
    assert notice.recipient == cast.rita
    assert isinstance(words, RenderedNotice)
    assert "left that out" in words.text
    told = api(cast.rita).get(f"/api/v1/runs/{run.public_id}").json()["left_out"]
    assert told == [{"kind": "request", "id": str(bad.public_id)}]
    page = reviewer_client.get(reverse("admin:matching_run_change", args=[run.pk])).content.decode()
    assert reverse("admin:campaigns_request_change", args=[bad.pk]) in page
    execute_full_run(now + timedelta(days=8))
    assert Notice.objects.filter(kind="run-rows-left-out").count() == 2


def test_a_run_that_meets_no_such_row_names_none(cast: Cast, now: datetime) -> None:
    assert execute_full_run(now).left_out == []
    assert not Notice.objects.filter(kind="run-rows-left-out").exists()


def test_a_window_that_cannot_be_is_not_read(cast: Cast, now: datetime) -> None:
    drop_checks(RequestWindow)
    RequestWindow.objects.filter(request=cast.request).update(weekday=900)

    assert execute_full_run(now).filled_count == 1


def _break_volunteer_zone(volunteer: Volunteer) -> None:
    Volunteer.objects.filter(pk=volunteer.pk).update(time_zone="Mars/Olympus")


def _break_volunteer_windows(volunteer: Volunteer) -> None:
    first = AvailabilityWindow.objects.filter(volunteer=volunteer).earliest("pk")
    AvailabilityWindow.objects.filter(pk=first.pk).update(weekday=900)


def _break_volunteer_wait(moment: str, volunteer: Volunteer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE volunteers_volunteer SET waiting_since = %s WHERE id = %s", [moment, volunteer.pk])


@pytest.mark.parametrize(
    "breaking",
    [
        _break_volunteer_zone,
        _break_volunteer_windows,
        partial(_break_volunteer_wait, "infinity"),
        partial(_break_volunteer_wait, "0044-03-15 12:00 BC"),
    ],
)
def test_a_volunteer_who_cannot_be_computed_with_is_left_out_and_named(
    cast: Cast, now: datetime, breaking: Callable[[Volunteer], None]
) -> None:
    bad = create_volunteer(create_user("frank"), now)
    drop_checks(Volunteer, AvailabilityWindow)
    breaking(bad)

    run = execute_full_run(now)

    assert run.left_out == [{"kind": "volunteer", "id": str(bad.public_id)}]
    assert [match.volunteer.user for match in Match.objects.all()] == [cast.alice]


@pytest.mark.parametrize("breaking", [break_days, break_infinitely, break_zone])
def test_work_on_such_a_request_still_takes_the_hours_of_its_people(
    cast: Cast, now: datetime, breaking: Callable[[Request], None]
) -> None:
    make_active_match(cast, now)  # Alice has no more hours
    drop_checks(Request)
    breaking(cast.request)
    other = publish_bad_request(now)

    run = execute_full_run(now)

    assert run.left_out == []
    assert not Match.objects.filter(request=other, state=MatchState.PROPOSED).exists()
