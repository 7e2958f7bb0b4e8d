"""The API's descriptions are built once in a process, compressed, and not sent twice to who has them."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from allauth.headless.spec.internal.schema import get_schema
from django.test import Client
from django.utils.translation import trans_real
from drf_spectacular.generators import SchemaGenerator

from config import document_views
from config.document_views import find_served_language
from tests.pseudo_locale.translation import PseudoTranslation

JSON = "application/json"
PATHS = ["/api/schema", "/api/v1/auth/openapi.json"]


class BracketsForGerman(PseudoTranslation):
    """A catalogue of German in which each message stands in brackets."""

    def to_language(self) -> str:
        return "de"


@pytest.fixture(autouse=True)
def _forget_documents() -> Iterator[None]:
    document_views._documents.clear()
    yield
    document_views._documents.clear()
    find_served_language.cache_clear()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The language of each time that a description was built."""
    times: list[str] = []
    build, build_accounts = SchemaGenerator.get_schema, get_schema

    def count(self: Any, *args: Any, **kwargs: Any) -> Any:
        times.append("api")
        return build(self, *args, **kwargs)  # type: ignore[no-untyped-call]

    def count_accounts() -> Any:
        times.append("accounts")
        return build_accounts()

    monkeypatch.setattr(SchemaGenerator, "get_schema", count)
    monkeypatch.setattr(document_views, "get_schema", count_accounts)
    return times


@pytest.mark.parametrize("path", PATHS)
def test_it_is_built_once_whoever_reads_it(path: str, built: list[str], client: Client) -> None:
    answers = [client.get(path, headers={"Accept": JSON}) for _ in range(3)]

    assert len(built) == 1
    assert len({answer.content for answer in answers}) == 1
    assert json.loads(answers[0].content)["openapi"].startswith("3.")


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_gets_no_body(path: str, client: Client) -> None:
    first = client.get(path, headers={"Accept": JSON})
    again = client.get(path, headers={"Accept": JSON, "If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "max-age" in first["Cache-Control"]
    assert client.get(path, headers={"Accept": JSON, "If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_it_is_compressed_for_who_can_read_that(path: str, client: Client) -> None:
    plain = client.get(path, headers={"Accept": JSON})
    packed = client.get(path, headers={"Accept": JSON, "Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 4
    assert {"Accept", "Accept-Encoding", "Accept-Language"} <= set(plain["Vary"].split(", "))


def test_each_format_is_its_own(client: Client) -> None:
    written = yaml.safe_load(client.get("/api/schema").content)
    read = json.loads(client.get("/api/schema", headers={"Accept": JSON}).content)

    assert set(written["paths"]) == set(read["paths"])
    assert client.get("/api/v1/auth/openapi.yaml").status_code == 200


def test_a_language_without_our_words_makes_no_description_of_its_own(built: list[str], client: Client) -> None:
    for language in ("en", "de", "fr", "ja"):
        assert client.get("/api/schema", headers={"Accept-Language": language}).status_code == 200

    assert built == ["api"]


def test_each_language_of_ours_has_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any
) -> None:
    english = client.get("/api/schema").content
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "de" / "LC_MESSAGES" / "django.mo").touch()
    settings.LOCALE_PATHS = [tmp_path]
    find_served_language.cache_clear()
    monkeypatch.setitem(trans_real._translations, "de", BracketsForGerman())  # type: ignore[attr-defined]

    german = client.get("/api/schema", headers={"Accept-Language": "de"}).content

    assert german != english
    assert client.get("/api/schema", headers={"Accept-Language": "en"}).content == english


def test_the_page_of_the_api_builds_none(built: list[str], client: Client) -> None:
    assert client.get("/api/docs").status_code == 200
    assert built == []
