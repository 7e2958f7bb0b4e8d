"""Before any view: how long a body is, of what kind, and whether it can be read."""

import pytest
from django.test import Client

from core.api.problem_types import PROBLEM_TYPES
from core.api.strict_json_middleware import MAX_BODY_BYTES
from tests.cast import Cast

PATH = "/api/v1/me/muted-topics"
SIGN_UP = "/api/v1/auth/app/v1/auth/signup"


@pytest.fixture
def alice(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.alice)
    return client


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b'{"muted": []}', "application/json", (200, None)),
        (b'{"muted": []}', "application/json; charset=UTF-8", (200, None)),
        (b'{"muted": []}', "application/json; charset=latin-1", (415, "unsupported_media_type")),
        (b'{"muted": []}', "text/plain", (415, "unsupported_media_type")),
        (b'{"muted": []}', "application/json5", (415, "unsupported_media_type")),
        (b"muted=offers", "application/x-www-form-urlencoded", (415, "unsupported_media_type")),
        (b"x", "", (415, "unsupported_media_type")),
        (b'{"muted": [}', "application/json", (400, "unreadable")),
        (b'{"muted": [], "muted": ["offers"]}', "application/json", (400, "unreadable")),
        (b'{"muted": ["a\\u0000"]}', "application/json", (400, "unreadable")),
        (b'{"muted": ' + b"[" * 5000 + b"]" * 5000 + b"}", "application/json", (400, "unreadable")),
        (b'{"muted": []}'.ljust(MAX_BODY_BYTES), "application/json", (200, None)),
        (b" " * (MAX_BODY_BYTES + 1), "application/json", (413, "too_large")),
    ],
)
def test_only_json_that_can_be_read_comes_to_a_view(
    alice: Client, body: bytes, kind: str, expected: tuple[int, str | None]
) -> None:
    answer = alice.generic("PUT", PATH, body, content_type=kind)

    told = answer.json()
    assert (answer.status_code, told.get("code")) == expected
    if expected[1]:
        assert answer["Content-Type"] == "application/problem+json"
        assert (told["status"], told["title"]) == (expected[0], PROBLEM_TYPES[expected[1]].title)


def test_a_body_without_its_length_is_not_waited_for(alice: Client) -> None:
    answer = alice.put(PATH, headers={"Transfer-Encoding": "chunked"})

    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [(b"[" * 5000, "application/json", 400), (b'{"email": "a\\u0000b"}', "application/json", 400), (b"x", "a/b", 415)],
)
def test_the_endpoints_that_others_wrote_are_kept_alike(body: bytes, kind: str, code: int) -> None:
    answer = Client(raise_request_exception=False).generic("POST", SIGN_UP, body, content_type=kind)

    assert (answer.status_code, answer["Content-Type"]) == (code, "application/problem+json")


@pytest.mark.django_db
def test_pages_take_forms_as_ever() -> None:
    answer = Client().post("/accounts/login/", {"login": "nobody@example.org", "password": "x"})

    assert answer.status_code == 200


def test_an_unknown_name_is_repeated_only_in_part(alice: Client) -> None:
    answer = alice.put(PATH, {"muted": [], "x" * 200_000: 1}, content_type="application/json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["x" * 100])
