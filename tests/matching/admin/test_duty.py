"""Reviewers plan their duty in the admin, and take an incident on its page."""

from datetime import datetime, timedelta

from django.test import Client

from campaigns.actions.request_ends import cancel_request
from core.models import User
from matching.models import DutyShift, IncidentWatch
from tests.cast import Cast, create_user
from tests.matching.lifecycle.actions.test_offers import incident

LIST = "/admin/matching/dutyshift/"
TIMES = {"starts_at": "2026-03-03T12:00", "ends_at": "2026-03-04T12:00"}


def test_a_shift_is_added_and_ended_by_buttons(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    assert "add-shift" in reviewer_client.get(LIST).content.decode()
    assert reviewer_client.get(f"{LIST}add-shift/").status_code == 200
    added = reviewer_client.post(f"{LIST}add-shift/", {"reviewer": cast.rita.pk} | TIMES, follow=True)

    shift = DutyShift.objects.get()
    assert (shift.reviewer, shift.ends_at - shift.starts_at) == (cast.rita, timedelta(days=1))
    assert "The shift is planned" in added.content.decode()
    assert "End the shift" in reviewer_client.get(f"{LIST}{shift.pk}/end-shift/").content.decode()
    assert DutyShift.objects.exists()  # a link changes nothing

    reviewer_client.post(f"{LIST}{shift.pk}/end-shift/")

    assert not DutyShift.objects.exists()


def test_what_is_wrong_with_a_shift_stands_in_its_form(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    said = reviewer_client.post(
        f"{LIST}add-shift/", {"reviewer": cast.rita.pk} | TIMES | {"ends_at": "2026-03-03T11:00"}
    )

    assert "A shift ends after its begin" in said.content.decode()


def test_only_an_administrator_finds_others_in_the_form(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    ruth = create_user("ruth", reviewer=True)
    assert reviewer_client.get(f"{LIST}add-shift/").content.decode().count("<option") == 2
    reviewer_client.post(f"{LIST}add-shift/", {"reviewer": ruth.pk} | TIMES)
    assert not DutyShift.objects.exists()

    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)
    reviewer_client.post(f"{LIST}add-shift/", {"reviewer": ruth.pk} | TIMES)

    assert DutyShift.objects.get().reviewer == ruth


def test_an_incident_is_taken_on_its_page(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    page = f"/admin/campaigns/request/{reported.pk}/"
    assert "/take" in reviewer_client.get(f"{page}change/").content.decode()
    assert "You call the campaign now" in reviewer_client.get(f"{page}take/").content.decode()
    assert IncidentWatch.objects.get().reviewer is None  # a link changes nothing

    said = reviewer_client.post(f"{page}take/", follow=True)

    assert "You have it" in said.content.decode()
    assert IncidentWatch.objects.get().reviewer == cast.rita
    ordinary = f"/admin/campaigns/request/{cast.request.pk}/"
    assert "/take" not in reviewer_client.get(f"{ordinary}change/").content.decode()
    refused = reviewer_client.post(f"{ordinary}take/", follow=True)
    assert "This is no open incident any more" in refused.content.decode()


def test_a_false_alarm_waits_for_a_call_and_a_button_ends_that(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    reported = incident(cast, now)
    cancel_request(actor=cast.carol, request=reported, at=now)
    page = f"/admin/campaigns/request/{reported.pk}/"
    waiting = "/admin/campaigns/request/?call=due"
    start = reviewer_client.get("/admin/").content.decode()
    assert f'href="{waiting}"' in start
    assert f"/admin/campaigns/request/{reported.pk}/change/" in reviewer_client.get(waiting).content.decode()
    shown = reviewer_client.get(f"{page}change/").content.decode()
    assert "/called" in shown
    assert "/take" not in shown
    assert "Called off by the campaign" in shown
    assert "Rather not say" not in shown
    assert "Tuesday, 3 March, 5 pm, Eastern time" in shown
    assert "You have called the number" in reviewer_client.get(f"{page}called/").content.decode()
    assert IncidentWatch.objects.get().called_at is None  # a link changes nothing

    said = reviewer_client.post(f"{page}called/", follow=True).content.decode()

    assert "The call is recorded" in said
    assert "/called" not in said
    assert IncidentWatch.objects.get().called_by == cast.rita
    assert f"/admin/campaigns/request/{reported.pk}/change/" not in reviewer_client.get(waiting).content.decode()
    assert reviewer_client.get("/admin/campaigns/request/").status_code == 200
