"""Headers that every answer carries."""

from datetime import datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pghistory.models import Context

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member
from campaigns.notice_types import CampaignNotice
from config.middleware import HistoryMiddleware
from tests.cast import Cast

PATHS = ["/", "/nothing/", "/accounts/login/", "/admin/", "/api/v1/me", "/api/v1/nothing", "/api/v1/matches"]
STRICT = "default-src 'none'"


def test_the_description_of_the_api_may_be_kept() -> None:
    assert Client().get("/api/schema")["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("path", [*PATHS, "/api/docs", "/healthz"])
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
    answer = Client().generic("PUT", "/api/v1/me/muted-topics", b"x", content_type="text/plain")

    assert (answer.status_code, answer["X-Content-Type-Options"]) == (415, "nosniff")
    assert STRICT in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_the_history_names_the_view_and_not_the_token_in_its_address(cast: Cast, now: datetime) -> None:
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)
    manager = Member.objects.get(user=cast.carol)

    Client().post(reverse("candidate-end-manager", args=[token, manager.public_id]), {})

    assert not Member.objects.filter(pk=manager.pk).exists()
    assert [context.metadata for context in Context.objects.all()] == [
        {"user": None, "view_name": "candidate-end-manager"}
    ]


def test_the_history_names_a_view_that_reads_no_session_without_a_user(rf: RequestFactory) -> None:
    middleware = HistoryMiddleware(lambda request: HttpResponse())  # type: ignore[no-untyped-call]
    context = middleware.get_context(rf.get("/api/v1/vocabulary"))

    assert context == {"user": None, "view_name": "vocabulary"}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_an_extra_slash_is_redirected_with_method_body_and_query(method: str) -> None:
    answer = Client().generic(
        method, "/api/v1/me/matches/?state=offered&search=a%20b", b"{}", content_type="application/json"
    )

    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/me/matches?state=offered&search=a%20b")
    assert Client().get("/api/docs/")["Location"] == "/api/docs"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/me//", "/api//elsewhere.example/", "/api/"])
def test_nothing_else_is_redirected(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("text", ["Quill\u202e", "\u3164", "Quill\U000e0041", "Quill\uffff"])
def test_a_form_with_a_text_that_cannot_be_shown_is_refused(reviewer_client: Client, text: str) -> None:
    party = {"code": "quill", "name": text}

    assert reviewer_client.post("/admin/core/party/add/", party).status_code == 400
    assert reviewer_client.post("/admin/core/party/add/", party | {"name": "Quill"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/start/", "/admin/login/", "/my-data/"])
def test_a_page_takes_no_large_file(path: str) -> None:
    """Django bounds the fields of a form, and reads a file that comes with one without end."""
    large = SimpleUploadedFile("large.bin", b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))

    assert Client().post(path, {"file": large}).status_code == 400
