"""The language of an answer: the device's, the account's or the browser's. The admin is always English."""

from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from core.models import User
from tests.cast import Cast, authenticate_client, sign_in_browser

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


def read_language(answer: object) -> str:
    html = answer.content.decode()  # type: ignore[attr-defined]
    return str(html.partition('<html lang="')[2].partition('"')[0])


def make_client(user: User, language: str = "", **headers: str) -> Client:
    client = Client(headers=headers)
    sign_in_browser(client, user)
    if language:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def make_spanish(user: User) -> User:
    User.objects.filter(pk=user.pk).update(language="es")
    return user


@pytest.mark.parametrize(
    ("header", "language"),
    [("es", "es"), ("es-US", "es"), ("fr, es;q=0.4", "es"), ("en-GB", "en"), ("fr", "en"), ("", "en"), ("*", "en")],
)
def test_a_visitor_reads_what_their_browser_asks_for(db: None, header: str, language: str) -> None:
    answer = Client().get("/about/", headers={"Accept-Language": header})

    assert (read_language(answer), answer["Content-Language"]) == (language, language)
    assert "Accept-Language" in answer["Vary"]


def test_a_choice_on_this_device_counts_more_than_the_browser_and_the_account(cast: Cast) -> None:
    spaniard = make_spanish(cast.alice)

    assert read_language(make_client(spaniard, "en", **SPANISH).get("/account/")) == "en"
    assert read_language(make_client(cast.bob, "es").get("/account/")) == "es"
    assert read_language(make_client(cast.bob, "tlh").get("/account/")) == "en"


def test_an_account_counts_more_than_the_browser(cast: Cast) -> None:
    assert read_language(make_client(make_spanish(cast.alice)).get("/me/")) == "es"
    assert read_language(make_client(cast.bob, **SPANISH).get("/me/")) == "en"


def test_an_account_with_a_language_that_is_gone_reads_what_the_browser_asks_for(cast: Cast) -> None:
    User.objects.filter(pk=cast.alice.pk).update(language="tlh")

    assert read_language(make_client(cast.alice, **SPANISH).get("/me/")) == "es"


@pytest.mark.parametrize("path", ["/admin/", "/admin/core/skill/", "/admin/core/skill/nothing/change/"])
def test_the_admin_is_english_for_everybody(cast: Cast, path: str) -> None:
    english = make_client(cast.rita).get(path, follow=True)
    spanish = make_client(make_spanish(cast.rita), "es", **SPANISH).get(path, follow=True)

    assert spanish["Content-Language"] == "en"
    assert read_language(spanish) == read_language(english) == "en"
    assert "Habilidad" not in spanish.content.decode()
    assert (">Skills<" in spanish.content.decode()) is (">Skills<" in english.content.decode())


def test_what_the_admin_sends_a_reader_is_in_their_language(cast: Cast, now: datetime) -> None:
    page = make_client(make_spanish(cast.rita)).get("/account/").content.decode()

    assert "Cuenta" in page


def test_the_api_speaks_the_language_of_the_header_alone(cast: Cast) -> None:
    client = APIClient(headers=SPANISH)
    authenticate_client(client, make_spanish(cast.bob))
    assert client.get("/api/v1/me")["Content-Language"] == "es"

    cookie = make_client(make_spanish(cast.alice), "es")
    assert cookie.get("/api/v1/skills")["Content-Language"] == "en"
    assert Client(headers=SPANISH).get("/api/v1/nothing").json()["detail"].startswith("Aquí no hay nada")


@pytest.mark.parametrize("path", ["/api/schema", "/api/problems", "/api/docs"])
def test_what_describes_the_api_is_english(db: None, path: str) -> None:
    answer = Client(headers=SPANISH).get(path)

    assert answer["Content-Language"] == "en"
    assert "Español" not in answer.content.decode()


def _post_broken(headers: dict[str, str]) -> str:
    answer = Client(headers=headers).post("/api/v1/me/tokens", "{", content_type="application/json")
    detail: str = answer.json()["detail"]
    return detail


def test_an_error_before_any_view_is_in_the_reader_s_language(db: None) -> None:
    Client().get("/about/", headers=SPANISH)  # what the last reader of this thread spoke does not matter

    english = _post_broken({})
    spanish = _post_broken(SPANISH)
    assert english != spanish


def test_a_visitor_s_language_reads_no_session(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert read_language(Client(headers=SPANISH).get("/about/")) == "es"
