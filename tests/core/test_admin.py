from datetime import datetime, timedelta

import pytest
from django.test import Client

from core.models import Notice, User
from core.notifications.outbox import enqueue_notice
from tests.cast import Cast
from volunteers.models import Volunteer

LIST = "/admin/core/notice/"


def test_a_reviewer_sees_what_was_set_aside_and_has_it_tried_again(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    for number in range(2):
        enqueue_notice(to=f"erin{number}@example.org", kind="report-handled", cause=f"{number}", subjects={}, at=now)
    aside = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=aside.pk).update(failed_at=now, attempts=5, last_error="SMTPRecipientsRefused: nobody")

    page = reviewer_client.get(f"{LIST}?failed_at__isempty=0").content.decode()
    assert "SMTPRecipientsRefused: nobody" in page
    chosen = list(Notice.objects.values_list("pk", flat=True))
    done = reviewer_client.post(LIST, {"action": "retry_selected_notices", "_selected_action": chosen}, follow=True)

    said = done.content.decode()
    assert "1 notice is tried again." in said
    assert "This notice is not set aside" in said
    aside.refresh_from_db()
    assert (aside.failed_at, aside.attempts, aside.last_error) == (None, 0, "")


def test_nobody_else_gets_there(cast: Cast, now: datetime) -> None:
    enqueue_notice(to="erin@example.org", kind="report-handled", cause="1", subjects={}, at=now)
    Notice.objects.update(failed_at=now, due_at=now - timedelta(days=1))
    client = Client()
    client.force_login(cast.alice)

    client.post(LIST, {"action": "retry_selected_notices", "_selected_action": [Notice.objects.get().pk]})

    assert Notice.objects.get().failed_at == now


def test_a_reviewer_erases_who_has_asked_for_it_in_writing(reviewer_client: Client, cast: Cast) -> None:
    page = f"/admin/core/user/{cast.bob.pk}/erase/"

    said = reviewer_client.get(page).content.decode()
    refused = reviewer_client.post(page, {"asked": ""}).content.decode()

    assert "Your profile: name, contact, skills" in said
    assert "asked for in writing is erased" in refused
    assert User.objects.filter(pk=cast.bob.pk).exists()
    done = reviewer_client.post(page, {"asked": "on"}, follow=True)
    assert "They are erased." in done.content.decode()
    assert not User.objects.filter(pk=cast.bob.pk).exists()


def test_a_reviewer_is_told_what_comes_first(reviewer_client: Client, cast: Cast) -> None:
    page = f"/admin/core/user/{cast.carol.pk}/erase/"

    refused = reviewer_client.post(page, {"asked": "on"}).content.decode()

    assert "Something has to be done first: a campaign would have no manager" in refused
    assert User.objects.filter(pk=cast.carol.pk).exists()


def test_an_imported_person_is_erased_with_their_address(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    row = Volunteer.objects.create(email="Imp@example.org", max_hours_per_week=1, time_zone="UTC", waiting_since=now)
    enqueue_notice(to="imp@example.org", kind="invitation", cause="1", subjects={}, at=now)

    reviewer_client.post(f"/admin/volunteers/volunteer/{row.pk}/erase/", {"asked": "on"})

    assert not Volunteer.objects.filter(pk=row.pk).exists()
    assert not Notice.objects.filter(address="imp@example.org").exists()


def test_who_does_not_review_erases_nobody_else(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)

    assert client.post(f"/admin/core/user/{cast.bob.pk}/erase/", {"asked": "on"}).status_code == 302
    assert User.objects.filter(pk=cast.bob.pk).exists()


@pytest.mark.parametrize(
    "path", ["mfa/authenticator/", "account/emailaddress/", "core/personaltoken/", "sessions/session/"]
)
def test_nothing_with_which_somebody_signs_in_is_a_form_here_not_even_for_who_manages_accounts(
    reviewer_client: Client, cast: Cast, path: str
) -> None:
    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)

    assert reviewer_client.get(f"/admin/{path}").status_code == 404
