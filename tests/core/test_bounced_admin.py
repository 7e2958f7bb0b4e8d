"""The list of bounced addresses in the admin, and its button."""

from datetime import datetime

from django.test import Client

from core.models import BouncedAddress, ContactAccess
from core.notifications.bounces import mark_bounced
from tests.cast import Cast

LIST = "/admin/core/bouncedaddress/"


def mark(address: str, at: datetime) -> int:
    mark_bounced(address=address, kind=BouncedAddress.Kind.BOUNCED, code="5.1.1", at=at)
    return BouncedAddress.objects.get(address=address).pk


def test_a_reviewer_has_letters_leave_again(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    chosen = [mark(cast.alice.email, now), mark(cast.bob.email, now)]
    kept = mark(cast.dave.email, now)

    page = reviewer_client.get(LIST).content.decode()
    assert ("alice@example.org" in page, "5.1.1" in page, "It works again" in page) == (True, True, True)
    done = reviewer_client.post(LIST, {"action": "clear_selected_bounces", "_selected_action": chosen}, follow=True)

    assert "Letters leave for 2 addresses again." in done.content.decode()
    assert BouncedAddress.objects.get().pk == kept


def test_each_look_at_an_address_is_recorded(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    row = mark(cast.alice.email, now)

    reviewer_client.get(f"{LIST}{row}/change/")

    assert ContactAccess.objects.filter(subject_id=cast.alice.pk, viewer_id=cast.rita.pk).count() == 1


def test_a_row_is_neither_written_nor_deleted_by_hand(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    row = mark(cast.alice.email, now)

    assert reviewer_client.post(f"{LIST}add/", {"address": "x@example.org"}).status_code == 403
    assert reviewer_client.post(f"{LIST}{row}/change/", {"address": "x@example.org"}).status_code == 403
    assert reviewer_client.post(f"{LIST}{row}/delete/", {"post": "yes"}).status_code == 403

    assert BouncedAddress.objects.get().address == cast.alice.email


def test_no_other_user_gets_there(cast: Cast, now: datetime) -> None:
    row, client = mark(cast.alice.email, now), Client()
    client.force_login(cast.alice)

    client.post(LIST, {"action": "clear_selected_bounces", "_selected_action": [row]})

    assert BouncedAddress.objects.count() == 1
