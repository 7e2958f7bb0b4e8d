"""Pages say that our letters to the reader come back, and lead to what helps."""

import re
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.models import BouncedAddress
from core.notifications.bounces import mark_bounced
from core.notifications.delivery import deliver_due_notices
from tests.cast import Cast, sign_in_browser
from tests.web.campaigns.people import find_desk
from tests.web.volunteers.reading import read_main

BOUNCED, COMPLAINED = BouncedAddress.Kind.BOUNCED, BouncedAddress.Kind.COMPLAINED
COME_BACK = "Our letters to {} come back."


def mark(address: str, at: datetime, kind: BouncedAddress.Kind = BOUNCED) -> None:
    mark_bounced(address=address, kind=kind, code="", at=at)


def open_as(cast: Cast, name: str) -> Client:
    client = Client()
    sign_in_browser(client, getattr(cast, name))
    return client


@pytest.mark.parametrize("address", ["/me/", "/account/", "/accounts/email/"])
def test_only_a_reader_to_whom_no_letters_come_is_told(cast: Cast, now: datetime, address: str) -> None:
    client, said = open_as(cast, "alice"), COME_BACK.format("alice@example.org")
    mark(cast.bob.email, now)
    assert "Our letters to" not in read_main(client.get(address))

    mark(cast.alice.email, now)

    page = client.get(address)
    assert said in read_main(page)
    links = set(re.findall(r'<a href="([^"]*)"', page.content.decode().partition('class="notice warn"')[2]))
    assert links >= {"/account/sign-in-again/?next=/account/"}
    assert ("/accounts/email/" in links) is (address != "/accounts/email/")


def test_the_people_of_a_campaign_are_told_each_of_their_own_address(cast: Cast, now: datetime) -> None:
    mark(cast.carol.email, now, COMPLAINED)

    said = read_main(open_as(cast, "carol").get(find_desk(cast.campaign)))

    assert "A letter of ours to carol@example.org was reported as spam." in said
    assert "So we send no more letters, and our news waits for you here." in said


def test_a_code_by_mail_brings_the_letters_back(cast: Cast) -> None:
    alice, client = cast.alice, open_as(cast, "alice")
    EmailAddress.objects.update_or_create(user=alice, email=alice.email, defaults={"verified": True, "primary": True})
    mark(alice.email, timezone.now())
    again = "/account/sign-in-again/?next=/account/"

    assert "stay signed in" in read_main(client.get(again))
    page = client.post(again)
    client.post(page["Location"], {"email": alice.email, "next": "/account/"})
    deliver_due_notices(at=timezone.now())
    [code] = re.findall(r"\d{3} \d{3}", str(mail.outbox[-1].body))
    done = client.post("/accounts/login/code/confirm/", {"code": code, "next": "/account/"}, follow=True)

    assert done.request["PATH_INFO"] == "/account/"
    assert "come back" not in read_main(done)
