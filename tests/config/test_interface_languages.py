"""The interface has the languages of its catalogues, and English, without a setting."""

from pathlib import Path

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from config.interface_languages import list_interface_languages
from tests.cast import Cast, authenticate_client

LOCALE = Path(__file__).parents[2] / "locale"


def add_catalogue(path: Path, language: str) -> None:
    (path / language / "LC_MESSAGES").mkdir(parents=True)
    (path / language / "LC_MESSAGES" / "django.mo").touch()


def test_a_catalogue_is_a_language_and_a_folder_alone_is_none(tmp_path: Path) -> None:
    add_catalogue(tmp_path, "pt_BR")
    add_catalogue(tmp_path, "de")
    (tmp_path / "kw" / "LC_MESSAGES").mkdir(parents=True)

    assert list_interface_languages([tmp_path]) == [
        ("en", "English"),
        ("de", "German"),
        ("pt-br", "Brazilian Portuguese"),
    ]


def test_english_needs_no_catalogue(tmp_path: Path) -> None:
    assert list_interface_languages([tmp_path / "nothing"]) == [("en", "English")]


def test_the_languages_are_those_of_the_folder_of_catalogues() -> None:
    assert list_interface_languages([LOCALE]) == settings.LANGUAGES
    assert settings.LANGUAGES[0] == ("en", "English")
    assert ("es", "Spanish") in settings.LANGUAGES
    assert len(settings.LANGUAGES) == 1 + len(list(LOCALE.glob("*/LC_MESSAGES/django.mo")))


@pytest.mark.django_db
def test_the_vocabulary_names_no_language_without_a_catalogue() -> None:
    answer = APIClient().get("/api/v1/vocabulary", headers={"Accept-Language": "kw-GB, ja;q=0.5"})

    assert answer["Content-Language"] == "en"
    assert answer.json()["interface_languages"] == [{"code": code, "name": name} for code, name in settings.LANGUAGES]


def test_an_answer_is_in_a_language_that_there_is(cast: Cast) -> None:
    client = APIClient(headers={"Accept-Language": "kw"})
    authenticate_client(client, cast.alice)

    assert client.get("/api/v1/me")["Content-Language"] == "en"


def test_an_account_takes_no_language_without_a_catalogue(cast: Cast) -> None:
    client = APIClient()
    authenticate_client(client, cast.alice)

    refused = client.patch("/api/v1/me", {"language": "kw"})

    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["language"])
    assert refused.json()["errors"]["language"][0].startswith("There is no language “kw” for letters.")
    assert client.patch("/api/v1/me", {"language": "en"}).status_code == 200
