"""Headers that every answer carries."""

import pytest
from django.test import Client

from tests.cast import Cast

PATHS = ["/", "/nothing/", "/accounts/login/", "/admin/", "/api/v1/me/", "/api/v1/nothing/", "/api/v1/skills/"]
STRICT = "default-src 'none'"


@pytest.mark.parametrize("path", [*PATHS, "/api/schema/", "/api/docs/", "/healthz"])
def test_every_answer_says_how_careful_to_be_with_it(cast: Cast, path: str) -> None:
    client = Client()
    client.force_login(cast.rita)

    answer = client.get(path)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    assert STRICT in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_but_the_admins_runs_what_stands_in_it(cast: Cast, path: str) -> None:
    client = Client()
    client.force_login(cast.rita)

    assert ("unsafe" in client.get(path)["Content-Security-Policy"]) == path.startswith("/admin/")


@pytest.mark.django_db
def test_what_is_refused_before_any_view_carries_them_too() -> None:
    answer = Client().generic("PUT", "/api/v1/me/mail/", b"x", content_type="text/plain")

    assert (answer.status_code, answer["X-Content-Type-Options"]) == (415, "nosniff")
    assert STRICT in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
