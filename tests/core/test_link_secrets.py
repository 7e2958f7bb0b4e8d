"""The secrets of links stand in no line of a log, and in no table."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.link_tokens import derive_link_token
from campaigns.notice_types import CampaignNotice
from config.logged_addresses import LoggedAddressMiddleware
from core.link_secrets import HIDDEN_SECRET, hide_link_secrets
from core.models import FormKey
from local.process_commands import ACCESS_LOG_FORMAT
from tests.cast import Cast, sign_in_browser

SECRET = "abcDEF123-_:x.y"
ADDRESSES = (
    f"/join/{SECRET}/",
    f"/candidate/{SECRET}/",
    f"/candidate/{SECRET}/no/",
    f"/invitation/{SECRET}/",
    f"/mail/stop/{SECRET}/",
    f"/recovery/stop/{SECRET}/",
    f"/calendar/{SECRET}.ics",
    f"/accounts/confirm-email/{SECRET}/",
    f"/accounts/password/reset/key/{SECRET}/",
)

ODD_ADDRESSES = (
    *(f"/CANDIDATE/{SECRET}/", f"/join//{SECRET}/", f"/join/ {SECRET}/", f"/Join/{SECRET}/", f"/join={SECRET}/"),
    *(f"/join:{SECRET}/", f"/join\\{SECRET}/", f"/join/-/{SECRET}/", f"/join/{SECRET}", f"/{SECRET}"),
    *(f"/api/v1/calendar/{SECRET}.ics", f"/admin/{SECRET}/"),
)
"""As mail programs and people break the address of a link."""


def _list_routes(patterns: Any, start: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _list_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def test_each_address_with_a_free_text_is_one_whose_text_is_hidden() -> None:
    routes = [route for route in _list_routes(get_resolver().url_patterns) if "(?P<key>" in route or "<str:" in route]
    free = {route for route in routes if not route.startswith(("admin/", "api/"))}
    folders = {route.lstrip("^").replace("^", "").partition("<str:")[0].partition("(?P<")[0] for route in free}

    assert {"join/", "candidate/", "calendar/", "invitation/", "mail/stop/", "recovery/stop/"} <= folders
    assert [folder for folder in folders if HIDDEN_SECRET not in hide_link_secrets(f"/{folder}{SECRET}")] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_secret_is_hidden_wherever_its_address_stands(address: str) -> None:
    quoted = address.replace("/", "%2F")
    for text in (address, f'GET "{address}" 404', f"/accounts/login/?next={address}", f"/in/?next={quoted}&x=1"):
        hidden = hide_link_secrets(text)
        assert "abcDEF123" not in hidden
        assert HIDDEN_SECRET in hidden


@pytest.mark.parametrize("address", ["/api/v1/candidate/stop", "/me/calendar/", "/campaigns/7f0c1b8e/members/", "/"])
def test_other_addresses_stay_whole(address: str) -> None:
    assert hide_link_secrets(address) == address


@pytest.mark.parametrize("log_format", [ACCESS_LOG_FORMAT, "docker"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_access_log_holds_no_secret(log_format: str, address: str, rf: RequestFactory) -> None:
    if log_format == "docker":
        text = (settings.BASE_DIR / "docker" / "Dockerfile").read_text()
        log_format = text.split('"--access-logformat", "')[1].split('"]')[0].replace('\\"', '"')
    request = rf.get(f"{address}?next={address}", headers={"Referer": address})
    LoggedAddressMiddleware(lambda request: HttpResponse())(request)

    names = {"m": "GET", "h": "-", "t": "-", "s": "200", "b": "1", "r": f"GET {address} HTTP/1.1", "U": address}
    names |= {"B": "1", "L": "0.1"}
    atoms = names | {f"{{{key}}}e": value for key, value in request.META.items()} | {"{x-request-id}o": "x"}
    line = log_format % Logger.atoms_wrapper_class(atoms)

    assert any(route in line for route in ("/<str:", "(?P<key>", "(no such page)"))
    assert "abcDEF123" not in line


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_that_leads_nowhere_leaves_no_secret_in_the_log(
    cast: Cast, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    sign_in_browser(client, cast.dave)
    with caplog.at_level(logging.DEBUG):
        client.get(address)
        client.post(address)
    formatter: Any = settings.LOGGING["formatters"]["line"]
    write = formatter["()"](processor=formatter["processor"], foreign_pre_chain=formatter["foreign_pre_chain"])
    assert "abcDEF123" not in "\n".join(write.format(record) for record in caplog.records if record.name != "x")


@pytest.mark.parametrize("address", [*ADDRESSES, *ODD_ADDRESSES])
def test_an_odd_address_leaves_no_secret_in_any_line(
    address: str, rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    request = rf.get("/")
    request.path = request.path_info = address
    LoggedAddressMiddleware(lambda request: HttpResponse())(request)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.request").warning("%s: %s", "Not Found", address, extra={"request": request})
    formatter: Any = settings.LOGGING["formatters"]["line"]
    write = formatter["()"](processor=formatter["processor"], foreign_pre_chain=formatter["foreign_pre_chain"])
    lines = [request.META["handraiser.address"], *(write.format(record) for record in caplog.records)]

    assert len(lines) == 2
    assert [line for line in lines if "abcDEF123" in line] == []


def _find_in_tables(text: str) -> list[str]:
    """The tables with a row that holds the text, and those with a session that does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for name in tables:
            cursor.execute(f'SELECT count(*) FROM "{name}" AS row WHERE row::text LIKE %s', [f"%{text}%"])
            found += [name] * bool(cursor.fetchone()[0])
    return found + ["session" for session in Session.objects.all() if text in str(session.get_decoded())]


@pytest.mark.django_db
def test_a_form_behind_a_link_leaves_no_secret_in_a_table(cast: Cast, now: datetime) -> None:
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.net", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    client, sent = Client(), {"form_key": "k" * 22}

    first = client.post(f"/candidate/{token}/", sent)
    again = client.post(f"/candidate/{token}/", sent)

    assert first["Location"] == again["Location"] == f"/candidate/{token}/"
    assert FormKey.objects.get().location == f"/candidate/{HIDDEN_SECRET}/"
    assert _find_in_tables(token) == []


@pytest.mark.django_db
def test_a_kept_form_of_a_link_leaves_no_secret_in_its_session(cast: Cast) -> None:
    client = Client()
    answer = client.post(f"/invitation/{SECRET}/", {"adult": "on"})

    assert "/accounts/login/" in answer["Location"]
    assert _find_in_tables("abcDEF123") == []
