"""Reviewers plan their duty by the API, and take an incident."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework.test import APIClient

from campaigns.actions.request_ends import cancel_request
from core.models import User
from matching.models import DutyShift, IncidentWatch
from tests.cast import Cast, create_user
from tests.matching.lifecycle.actions.test_offers import incident

Api = Callable[[User | None], APIClient]
SHIFTS = "/api/v1/duty-shifts"
DAY = timedelta(days=1)


def test_a_reviewer_plans_lists_and_ends_a_shift(api: Api, cast: Cast, now: datetime) -> None:
    times = {"starts_at": "2026-03-03T12:00:00Z", "ends_at": "2026-03-04T12:00:00Z"}
    planned = api(cast.rita).post(SHIFTS, times)

    shift = planned.json()
    assert (planned.status_code, shift) == (
        201,
        {"id": shift["id"], "reviewer": str(cast.rita.public_id), "is_mine": True} | times,
    )
    assert api(create_user("ruth", reviewer=True)).get(SHIFTS).json()["results"] == [shift | {"is_mine": False}]
    assert api(cast.rita).post(SHIFTS, times | {"ends_at": "2026-03-04T11:00:00Z"}).status_code == 409
    assert api(cast.rita).delete(f"{SHIFTS}/{shift['id']}").status_code == 204
    assert api(cast.rita).get(SHIFTS).json()["results"] == []


def test_a_reviewer_plans_for_no_other_and_an_administrator_does(api: Api, cast: Cast, now: datetime) -> None:
    ruth = create_user("ruth", reviewer=True)
    body = {"reviewer": str(ruth.public_id), "starts_at": "2026-03-03T12:00:00Z", "ends_at": "2026-03-04T12:00:00Z"}
    assert api(cast.rita).post(SHIFTS, body).status_code == 403

    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)
    boss = User.objects.get(pk=cast.rita.pk)

    assert api(boss).post(SHIFTS, body).json()["is_mine"] is False
    unknown = api(boss).post(SHIFTS, body | {"reviewer": str(cast.dave.public_id)})
    assert (unknown.status_code, list(unknown.json()["errors"])) == (404, ["reviewer"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_read_at_once(
    api: Api, cast: Cast, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        DutyShift.objects.create(reviewer=cast.rita, starts_at=now + number * DAY, ends_at=now + (number + 1) * DAY)
    client = api(cast.rita)

    with django_assert_num_queries(1):
        assert len(client.get(SHIFTS).json()["results"]) == count


def test_a_reviewer_takes_an_incident_until_it_is_over(api: Api, cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    address = f"/api/v1/incidents/{reported.public_id}/take"

    taken = [api(cast.rita).post(address, {}) for _time in range(2)]

    answer = {"request": str(reported.public_id), "taken_at": "2026-03-02T12:00:00Z"}
    assert [(one.status_code, one.json()) for one in taken] == [(200, answer), (200, answer)]
    assert IncidentWatch.objects.get().reviewer == cast.rita
    ordinary = api(cast.rita).post(f"/api/v1/incidents/{cast.request.public_id}/take", {})
    assert ordinary.status_code == 404
    type(reported).objects.update(state="cancelled")
    assert api(cast.rita).post(address, {}).status_code == 409


def test_an_incident_that_nobody_takes_for_an_hour_is_past_its_date(api: Api, cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)

    def count_waiting() -> dict[str, int]:
        waiting: dict[str, int] = api(cast.rita).get("/api/v1/me").json()["waiting"]["incidents"]
        return waiting

    assert count_waiting() == {"count": 1, "overdue_count": 0}
    type(reported).objects.filter(pk=reported.pk).update(published_at=now - timedelta(hours=1))
    assert count_waiting() == {"count": 1, "overdue_count": 1}
    api(cast.rita).post(f"/api/v1/incidents/{reported.public_id}/take", {})
    assert count_waiting() == {"count": 0, "overdue_count": 0}


def test_a_false_alarm_waits_for_a_call_until_a_reviewer_records_it(api: Api, cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    address = f"/api/v1/incidents/{reported.public_id}/called"

    def count_waiting() -> dict[str, int]:
        waiting: dict[str, int] = api(cast.rita).get("/api/v1/me").json()["waiting"]["false_alarms"]
        return waiting

    assert api(cast.rita).post(address, {}).status_code == 409
    assert count_waiting() == {"count": 0, "overdue_count": 0}
    cancel_request(actor=cast.carol, request=reported, at=now)
    assert count_waiting() == {"count": 1, "overdue_count": 0}
    IncidentWatch.objects.update(call_due_at=now)
    assert count_waiting() == {"count": 1, "overdue_count": 1}

    called = [api(cast.rita).post(address, {}) for _time in range(2)]

    answer = {
        "request": str(reported.public_id),
        "call_due_at": "2026-03-02T12:00:00Z",
        "called_at": "2026-03-02T12:00:00Z",
    }
    assert [(one.status_code, one.json()) for one in called] == [(200, answer), (200, answer)]
    assert IncidentWatch.objects.get().called_by == cast.rita
    assert count_waiting() == {"count": 0, "overdue_count": 0}
