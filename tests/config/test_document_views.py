"""The API's descriptions are built once in a process, compressed, and not sent twice to who has them."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from config import document_views
from core.accounts.auth_document import build_auth_document

JSON = "application/json"
PATHS = ["/api/schema", "/api/v1/auth/openapi.json"]


@pytest.fixture(autouse=True)
def _forget_documents() -> Iterator[None]:
    document_views._documents.clear()
    yield
    document_views._documents.clear()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each description that was built."""
    times: list[str] = []
    build, build_accounts = SchemaGenerator.get_schema, build_auth_document

    def count(self: Any, *args: Any, **kwargs: Any) -> Any:
        times.append("api")
        return build(self, *args, **kwargs)  # type: ignore[no-untyped-call]

    def count_accounts(*args: Any) -> Any:
        times.append("accounts")
        return build_accounts(*args)

    monkeypatch.setattr(SchemaGenerator, "get_schema", count)
    monkeypatch.setattr(document_views, "build_auth_document", count_accounts)
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
    assert {"Accept", "Accept-Encoding"} <= set(plain["Vary"].split(", "))


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/vocabulary"])
@pytest.mark.parametrize(
    ("taken", "is_packed"),
    [
        *(("gzip", True), ("br, gzip;q=0.1", True), ("GZIP ; Q=1", True), ("gzip;q=0.001, *;q=0", True)),
        *(("gzip;q=0", False), ("br, gzip; q=0.000", False), ("GZIP;Q=0.", False), ("gzip;q=0, identity", False)),
    ],
)
def test_who_refuses_gzip_gets_none(db: None, path: str, client: Client, taken: str, is_packed: bool) -> None:
    answer = client.get(path, headers={"Accept-Encoding": taken})

    assert answer.status_code == 200
    assert answer.get("Content-Encoding") == ("gzip" if is_packed else None)


def test_each_format_is_its_own(client: Client) -> None:
    written = yaml.safe_load(client.get("/api/schema").content)
    read = json.loads(client.get("/api/schema", headers={"Accept": JSON}).content)

    assert set(written["paths"]) == set(read["paths"])
    assert client.get("/api/v1/auth/openapi.yaml").status_code == 200


def test_a_browser_may_name_the_format_in_the_address(client: Client) -> None:
    read = client.get("/api/schema?format=json", headers={"Accept": "text/html"})
    written = client.get("/api/schema?format=yaml", headers={"Accept": JSON})
    refused = client.get("/api/schema?format=xml")

    assert json.loads(read.content)["openapi"] == yaml.safe_load(written.content)["openapi"]
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["format"])


def test_sign_in_is_described_for_one_kind_of_client(client: Client) -> None:
    of_app = client.get("/api/v1/auth/openapi.json?client=app")
    refused = client.get("/api/v1/auth/openapi.json?client=phone")

    assert "/api/v1/auth/app/v1/auth/signup" in of_app.json()["paths"]
    assert "/api/v1/auth/{client}/v1/auth/signup" in client.get("/api/v1/auth/openapi.json").json()["paths"]
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["client"])


def test_it_is_english_for_every_reader_and_built_once(built: list[str], client: Client) -> None:
    answers = [client.get("/api/schema", headers={"Accept-Language": language}) for language in ("en", "es", "de")]

    assert len({answer.content for answer in answers}) == 1
    assert {answer["Content-Language"] for answer in answers} == {"en"}
    assert built == ["api"]


@pytest.mark.parametrize(
    "path",
    ["/api/schema", "/api/docs", "/api/problems", "/api/v1/auth/openapi.json", "/api/v1/auth/openapi.yaml"],
)
@pytest.mark.parametrize("parameter", ["form", "lang", "version"])
def test_a_parameter_that_it_does_not_know_is_refused_by_name(path: str, parameter: str, client: Client) -> None:
    answer = client.get(path, {parameter: "json"})

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [parameter]


def test_the_page_of_the_api_fetches_its_script(client: Client) -> None:
    answer = client.get("/api/docs?script=")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/javascript")


def test_the_page_of_the_api_builds_none(built: list[str], client: Client) -> None:
    assert client.get("/api/docs").status_code == 200
    assert built == []
