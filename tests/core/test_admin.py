from datetime import datetime, timedelta

from django.test import Client

from core.actions.notices import owe
from core.models import Notice
from tests.cast import Cast

LIST = "/admin/core/notice/"


def test_a_reviewer_sees_what_was_set_aside_and_has_it_tried_again(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    for number in range(2):
        owe(to=f"erin{number}@example.org", kind="report-handled", cause=f"{number}", subjects={}, at=now)
    aside = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=aside.pk).update(set_aside_at=now, attempts=5, last_error="SMTPRecipientsRefused: nobody")

    page = reviewer_client.get(f"{LIST}?set_aside_at__isempty=0").content.decode()
    assert "SMTPRecipientsRefused: nobody" in page
    chosen = list(Notice.objects.values_list("pk", flat=True))
    done = reviewer_client.post(LIST, {"action": "try_selected_again", "_selected_action": chosen}, follow=True)

    said = done.content.decode()
    assert "1 notice is tried again." in said
    assert "This notice is not set aside" in said
    aside.refresh_from_db()
    assert (aside.set_aside_at, aside.attempts, aside.last_error) == (None, 0, "")


def test_nobody_else_gets_there(cast: Cast, now: datetime) -> None:
    owe(to="erin@example.org", kind="report-handled", cause="1", subjects={}, at=now)
    Notice.objects.update(set_aside_at=now, due_at=now - timedelta(days=1))
    client = Client()
    client.force_login(cast.alice)

    client.post(LIST, {"action": "try_selected_again", "_selected_action": [Notice.objects.get().pk]})

    assert Notice.objects.get().set_aside_at == now
