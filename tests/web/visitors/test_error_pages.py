"""What is answered when no view could: problems under the API, pages elsewhere."""

from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from core.accounts.api import me
from tests.cast import Cast
from tests.language_switch import cut_switch
from web.visitors.error_pages import server_error


def signed_in(cast: Cast, *, careful: bool = False) -> Client:
    headers = {"X-Request-Id": "0123456789abcdef0123456789abcdef"}  # a problem names it
    client = Client(raise_request_exception=False, enforce_csrf_checks=careful, headers=headers)
    client.force_login(cast.dave)
    return client


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing", "/api/v1/requests/not-an-id"])
@pytest.mark.parametrize("method", ["post", "delete"])
def test_an_address_of_nothing_is_answered_like_what_one_may_not_know_of(cast: Cast, path: str, method: str) -> None:
    client = signed_in(cast)
    foreign = client.get(f"/api/v1/requests/{cast.request.public_id}")
    missing = client.get(f"/api/v1/requests/{uuid4()}")

    answer = getattr(client, method)(path, content_type="application/json")

    assert foreign.status_code == 404
    assert {answer.status_code, foreign.status_code, missing.status_code} == {404}
    assert cut_switch(answer.content) == cut_switch(foreign.content) == cut_switch(missing.content)
    assert answer["Content-Type"] == foreign["Content-Type"] == "application/problem+json"


def test_pages_that_are_not_there_are_pages_and_get_their_slash(cast: Cast) -> None:
    assert b"There is nothing here" in signed_in(cast).get("/nothing/").content
    assert signed_in(cast).get("/conduct").status_code == 301


def test_what_django_itself_refuses_is_a_problem_under_the_api(cast: Cast) -> None:
    answer = signed_in(cast).get("/api/v1/me", headers={"Host": "elsewhere.example"})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_defect_of_ours_is_a_problem_that_tells_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_about: object) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(me, "get_current_user", broken)

    answer = signed_in(cast).get("/api/v1/me")

    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert answer["Content-Type"] == "application/problem+json"
    assert b"swordfish" not in answer.content


def test_a_defect_on_a_page_is_a_page() -> None:
    request: HttpRequest = RequestFactory().get("/")

    assert server_error(request)["Content-Type"] == "text/html; charset=utf-8"


def test_what_may_be_forged_is_a_problem_under_the_api(cast: Cast) -> None:
    ours = signed_in(cast, careful=True).put("/api/v1/me/muted-topics", {}, content_type="application/json")
    theirs = signed_in(cast, careful=True).delete("/api/v1/auth/browser/v1/auth/session")

    assert (ours.status_code, ours["Content-Type"]) == (403, "application/problem+json")
    assert (theirs.status_code, theirs.json()["code"]) == (403, "forged")


def test_a_method_that_there_is_not_is_named_as_such(cast: Cast) -> None:
    for method in ("delete", "options", "trace"):
        answer = getattr(signed_in(cast), method)("/api/v1/me")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert answer["Allow"] == "GET, PATCH, HEAD"


def test_a_session_of_a_browser_without_its_token_is_told_so(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice)

    answer = client.post("/api/v1/me/availability/confirm", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "forged")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/start/", "/conduct/", "/admin/", "/accounts/login/", "/accounts/password/reset/"]
)
@pytest.mark.parametrize(
    "address", ["http://[::", "http://[", "https://[1::2::3]/", "http://[v1.x]:99999999", "null", "]"]
)
def test_an_address_that_cannot_be_read_is_one_of_another_site(path: str, address: str) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)

    for headers in ({"Origin": address}, {"Referer": address}, {"Origin": address, "Referer": address}):
        for is_secure in (False, True):
            assert client.post(path, headers=headers, secure=is_secure).status_code == 403


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/api/v1/skills"])
@pytest.mark.parametrize("address", ["http://[::", "//[", "https://[1::2::3]/", "http://a:b:c@[/"])
def test_no_header_and_no_parameter_that_names_an_address_breaks_a_page(cast: Cast, path: str, address: str) -> None:
    names = ("Origin", "Referer", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded")
    signed_out = Client(raise_request_exception=False)

    for client in (signed_out, signed_in(cast)):
        assert client.get(path, headers=dict.fromkeys(names, address)).status_code < 500
        for page in ("login", "signup", "reauthenticate", "password/reset", "2fa/reauthenticate"):
            assert client.get(f"/accounts/{page}/", {"next": address}).status_code < 500
        assert client.get("/admin/login/", {"next": address}).status_code < 500
    sent = {"login": cast.dave.email, "password": "wrong", "next": address}
    assert signed_out.post("/accounts/login/", sent).status_code == 200
