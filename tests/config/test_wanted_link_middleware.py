"""A sign-in leads back to the link that was opened, whose secret stands in no address on the way."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from config.wanted_link_middleware import WANTED_LINK_COOKIE
from core.link_secrets import HIDDEN_SECRET
from tests.cast import Cast, sign_in_browser

SECRET = "abcDEF123-_x"
LINKS = (f"/invitation/{SECRET}/", f"/invitation/{SECRET}/?code")


def find_next(answer: Any) -> str:
    assert answer.status_code == 302
    return str(parse_qs(urlsplit(answer["Location"]).query)["next"][0])


@pytest.mark.parametrize("link", LINKS)
def test_a_sign_in_leads_back_to_a_link_without_its_secret_on_the_way(cast: Cast, link: str) -> None:
    client = Client()
    turned_away = client.get(link)
    cookie = client.cookies[WANTED_LINK_COOKIE]
    assert SECRET not in turned_away["Location"] + cookie.value
    assert (find_next(turned_away), cookie["httponly"], cookie["samesite"]) == (
        link.replace(SECRET, HIDDEN_SECRET),
        True,
        "Lax",
    )

    sign_in_browser(client, cast.dave)
    led_back = client.get(find_next(turned_away))
    assert (led_back.status_code, led_back["Location"]) == (302, link)
    assert client.cookies[WANTED_LINK_COOKIE].value == ""
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("link", LINKS[:1])
def test_a_form_that_is_kept_leads_back_to_its_link(cast: Cast, link: str) -> None:
    client = Client()
    turned_away = client.post(link, {"adult": "on"})
    assert SECRET not in turned_away["Location"]
    sign_in_browser(client, cast.dave)
    assert client.get(find_next(turned_away))["Location"].startswith(link)


def test_another_browser_another_page_and_another_hour_lead_nowhere(cast: Cast, now: datetime) -> None:
    client, other = Client(), Client()
    hidden = find_next(client.get(LINKS[0]))
    for browser in (client, other):
        sign_in_browser(browser, cast.dave)

    assert other.get(hidden).status_code == 200
    assert client.get(f"/join/{HIDDEN_SECRET}/").status_code == 200
    assert client.get("/").status_code == 200
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        sign_in_browser(client, cast.dave)
        assert client.get(hidden).status_code == 200
    client.cookies[WANTED_LINK_COOKIE] = "no token of ours"
    assert client.get(hidden).status_code == 200


def test_other_addresses_stay_in_next(cast: Cast) -> None:
    client = Client()
    assert find_next(client.get("/my-data/?x=/join/")) == "/my-data/?x=/join/"
    assert WANTED_LINK_COOKIE not in client.cookies
