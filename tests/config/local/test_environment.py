from pathlib import Path

import pytest

from config.local.environment import for_children, given, read_dotenv, secret_key, servers_to_start
from config.local.place import Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HANDRAISER_ENV", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    place = Place(tmp_path, "test")
    place.make()
    return place


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(place: Place) -> None:
    first = secret_key(place)
    assert len(first) >= 50
    assert secret_key(place) == first
    assert (place.var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_two_places_have_different_keys(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other", "test")
    other.make()
    assert secret_key(other) != secret_key(place)


def test_a_dotenv_file_may_have_comments_quotes_and_exports(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# NO=1\nONE=1\nexport TWO='2'\n\nTHREE = \"a=b\"\nnonsense\n")
    assert read_dotenv(path) == {"ONE": "1", "TWO": "2", "THREE": "a=b"}


def test_no_dotenv_file_sets_nothing(tmp_path: Path) -> None:
    assert read_dotenv(tmp_path / ".env") == {}


def test_the_environment_goes_before_the_dotenv_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.root / ".env").write_text("REDIS_URL=redis://file\nDATABASE_URL=postgresql://file\n")
    monkeypatch.setenv("REDIS_URL", "redis://environment")
    found = given(place.root)
    assert (found["REDIS_URL"], found["DATABASE_URL"]) == ("redis://environment", "postgresql://file")


@pytest.mark.parametrize(
    ("settings", "servers"),
    [
        ({}, ["postgres", "valkey"]),
        ({"DATABASE_URL": "postgresql://x"}, ["valkey"]),
        ({"REDIS_URL": "redis://x"}, ["postgres"]),
        ({"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://x"}, []),
        ({"DATABASE_URL": ""}, ["postgres", "valkey"]),
    ],
)
def test_only_servers_without_a_given_address_are_started(settings: dict[str, str], servers: list[str]) -> None:
    assert servers_to_start(settings) == servers


def test_children_get_the_local_servers_and_nothing_that_leads_past_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    found = for_children(place, {"DATABASE_URL": "postgresql://local"}, {"SITE_URL": "http://localhost:1"})
    assert found["DATABASE_URL"] == "postgresql://local"
    assert found["HANDRAISER_ENV"] == "local"
    assert found["SITE_URL"] == "http://localhost:1"
    assert found["SECRET_KEY"] == secret_key(place)
    assert "PGPORT" not in found


def test_what_the_person_set_is_left_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.root / ".env").write_text("SECRET_KEY=from-the-file\n")
    monkeypatch.setenv("SITE_URL", "https://handraiser.example")
    found = for_children(place, {}, {"SITE_URL": "http://localhost:1"})
    assert found["SITE_URL"] == "https://handraiser.example"
    assert "SECRET_KEY" not in found
    assert not (place.var / "secret_key").exists()
