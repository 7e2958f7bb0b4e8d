"""The dates of contests and requests, at each endpoint and in the database."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from rest_framework.test import APIClient

from campaigns.actions.amendments import amend_request
from campaigns.actions.publication import publish_request
from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request
from campaigns.change_rules import RequestChange
from campaigns.draft_rules import RequestDraft
from campaigns.models import Contest, Playbook, Request
from core.date_rules import MAX_REQUEST_SPAN_DAYS
from core.errors import Invalid
from core.imports.importers import get_importer
from core.models import User
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy
from volunteers.models import TimeOff, Volunteer

DAY = timedelta(days=1)
YEAR_9999 = "9999-12-31"


def draft(at: datetime, **changes: object) -> RequestDraft:
    values: dict[str, object] = {
        "title": "Other",
        "starts_on": at.date(),
        "ends_on": at.date() + 30 * DAY,
        "roles": [FRONT_END_ROLE],
    }
    return RequestDraft(**(values | changes))  # type: ignore[arg-type]


def latest(cast: Cast) -> date:
    election: date = cast.campaign.candidate.contest.election_on
    return election + timedelta(weeks=8)


def test_a_request_is_drafted_and_amended_up_to_eight_weeks_after_its_election(cast: Cast, now: datetime) -> None:
    last = latest(cast)
    drafted = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft(now, ends_on=last), at=now)
    change = RequestChange(ends_on=last + DAY)

    with pytest.raises(Invalid, match="8 weeks after the election"):
        draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft(now, ends_on=last + DAY), at=now)
    with pytest.raises(Invalid, match="8 weeks after the election"):
        amend_request(actor=cast.carol, request=drafted, change=change, at=now)


def test_the_end_that_a_playbook_sets_is_judged_too(cast: Cast, now: datetime) -> None:
    starts_on, code = latest(cast) - 3 * DAY, Playbook.objects.filter(weeks__gte=2).earliest("pk").code

    with pytest.raises(Invalid, match="8 weeks after the election"):
        draft_request(
            actor=cast.carol,
            campaign=cast.campaign,
            draft=draft(now, starts_on=starts_on, ends_on=None, playbook=code),
            at=now,
        )


def test_work_that_goes_on_for_long_may_be_amended(cast: Cast, now: datetime) -> None:
    later = now + timedelta(days=400)
    Contest.objects.update(election_on=later.date() + 60 * DAY)
    amended = amend_request(
        actor=cast.carol, request=cast.request, change=RequestChange(ends_on=later.date() + 30 * DAY), at=now
    )

    amended = amend_request(actor=cast.carol, request=amended, change=RequestChange(title="Newer"), at=later)
    amended = amend_request(
        actor=cast.carol, request=amended, change=RequestChange(ends_on=later.date() + 31 * DAY), at=later
    )

    assert amended.ends_on == later.date() + 31 * DAY


def test_a_draft_that_waited_for_more_than_a_year_is_not_published(cast: Cast, now: datetime) -> None:
    Contest.objects.update(election_on=now.date() + 600 * DAY)
    drafted = draft_request(
        actor=cast.carol, campaign=cast.campaign, draft=draft(now, ends_on=now.date() + 500 * DAY), at=now
    )

    with pytest.raises(Invalid, match="more than a year ago"):
        publish_request(actor=cast.carol, request=drafted, at=now + timedelta(days=400))


@pytest.mark.parametrize("field", ["election_on", "primary_on"])
def test_a_campaign_of_the_year_9999_is_refused_by_name(cast: Cast, now: datetime, field: str) -> None:
    candidacy = build_candidacy("Pat Roe", now, **{field: date(9999, 12, 31)})

    with pytest.raises(Invalid) as refused:
        register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
    assert refused.value.field == field


def test_a_ballot_of_more_than_twelve_years_ahead_is_not_imported(now: datetime) -> None:
    check_values = get_importer("campaigns").check
    assert check_values is not None
    with pytest.raises(Invalid, match="election day is out of range"):
        check_values({"election_on": date(2038, 3, 3)}, now.date())
    check_values({"election_on": date(2038, 3, 2)}, now.date())


def test_the_year_9999_is_refused_at_every_endpoint_of_the_api(
    cast: Cast, api: Callable[[User | None], APIClient], now: datetime
) -> None:
    manager, volunteer = api(cast.carol), api(cast.alice)
    body: dict[str, Any] = {
        "campaign": str(cast.campaign.public_id),
        "title": "Far",
        "starts_on": "2026-04-01",
        "ends_on": YEAR_9999,
        "roles": [{"name": "One", "skill": "front-end", "hours_per_week": 2}],
    }
    profile = volunteer.get("/api/v1/me/profile").json()
    writable = ("first_name", "max_hours_per_week", "time_zone", "adult", "claims", "windows")
    away = {name: profile[name] for name in writable} | {
        "time_off": [{"starts_on": "2026-04-01", "ends_on": YEAR_9999}]
    }
    answers = {
        "draft": manager.post("/api/v1/requests", body),
        "estimate": manager.post("/api/v1/requests/supply-estimate", body),
        "amend": manager.patch(f"/api/v1/requests/{cast.request.public_id}", {"ends_on": YEAR_9999}),
        "time off": volunteer.put("/api/v1/me/profile", away),
        "filter": manager.get(f"/api/v1/requests?ends_until={YEAR_9999}"),
        "moment": volunteer.get("/api/v1/me/notices?created_until=9999-12-31T00:00:00Z"),
    }

    assert {name: (answer.status_code, list(answer.json()["errors"])) for name, answer in answers.items()} == {
        "draft": (400, ["ends_on"]),
        "estimate": (400, ["ends_on"]),
        "amend": (400, ["ends_on"]),
        "time off": (400, ["time_off.0.ends_on"]),
        "filter": (400, ["ends_until"]),
        "moment": (400, ["created_until"]),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(9999, 12, 31)},
        {"starts_on": date(1999, 12, 31)},
        {"ends_on": date(2026, 9, 15)},  # more than eight weeks after the election
        {"starts_on": date(2025, 2, 28)},  # more than a year before it was asked for
    ],
)
def test_the_database_refuses_such_days_of_a_request(cast: Cast, change: dict[str, date]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=cast.request.pk).update(**change)


def test_the_database_refuses_work_of_more_than_two_years(cast: Cast) -> None:
    Contest.objects.update(election_on=date(2031, 11, 4))
    too_late = cast.request.starts_on + timedelta(days=MAX_REQUEST_SPAN_DAYS + 1)

    with pytest.raises(IntegrityError, match="campaigns_request_span"), transaction.atomic():
        Request.objects.filter(pk=cast.request.pk).update(ends_on=too_late)
    Request.objects.filter(pk=cast.request.pk).update(ends_on=too_late - timedelta(days=1))


def test_the_database_refuses_an_election_before_what_its_requests_allow(cast: Cast, now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.update(election_on=cast.request.ends_on - timedelta(weeks=9))
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.update(election_on=date(9999, 1, 1))


def test_the_database_refuses_other_days_too(cast: Cast) -> None:
    volunteer = Volunteer.objects.get(user=cast.alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeOff.objects.create(volunteer=volunteer, starts_on=date(2026, 1, 1), ends_on=date(9999, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        Volunteer.objects.filter(pk=volunteer.pk).update(rest_until=date(9999, 12, 31))


def test_a_restore_years_later_takes_every_row_back(cast: Cast, now: datetime) -> None:
    """As `pg_restore --data-only` does: each row is inserted as it was, with all triggers and constraints in force."""
    rows = {table: _read_rows(table) for table in ("campaigns_contest", "campaigns_request")}
    with time_machine.travel(now + timedelta(days=3650), tick=False), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept (LIKE campaigns_request) ON COMMIT DROP")
        cursor.execute("INSERT INTO kept SELECT * FROM campaigns_request")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DELETE FROM campaigns_request")
        cursor.execute("INSERT INTO campaigns_request SELECT * FROM kept")

    assert {table: _read_rows(table) for table in rows} == rows


def _read_rows(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return list(cursor.fetchall())
