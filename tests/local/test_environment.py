from pathlib import Path

import pytest

from local.environment import (
    build_child_environment,
    read_dotenv,
    read_or_create_secret_key,
    read_settings,
    servers_to_start,
)
from local.paths import ServerPaths
from local.user_facing_error import UserFacingError


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ServerPaths:
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HANDRAISER_ENV", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    paths = ServerPaths(tmp_path, "test")
    paths.make()
    return paths


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(paths: ServerPaths) -> None:
    first = read_or_create_secret_key(paths)
    assert len(first) >= 50
    assert read_or_create_secret_key(paths) == first
    assert (paths.var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_begun_and_never_written_is_made_again(paths: ServerPaths) -> None:
    (paths.var / "secret_key").write_text("\n")

    key = read_or_create_secret_key(paths)

    assert len(key) >= 50
    assert read_or_create_secret_key(paths) == key
    assert [path.name for path in paths.var.glob("secret_key*")] == ["secret_key"]


def test_a_dotenv_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ONE=\xff\n")

    with pytest.raises(UserFacingError, match="not UTF-8"):
        read_dotenv(tmp_path / ".env")


def test_two_folders_have_different_keys(paths: ServerPaths, tmp_path: Path) -> None:
    other = ServerPaths(tmp_path / "other", "test")
    other.make()
    assert read_or_create_secret_key(other) != read_or_create_secret_key(paths)


def test_a_dotenv_file_may_have_comments_quotes_and_exports(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# NO=1\nONE=1\nexport TWO='2'\n\nTHREE = \"a=b\"\nnonsense\n")
    assert read_dotenv(path) == {"ONE": "1", "TWO": "2", "THREE": "a=b"}


def test_no_dotenv_file_sets_nothing(tmp_path: Path) -> None:
    assert read_dotenv(tmp_path / ".env") == {}


def test_the_environment_goes_before_the_dotenv_file(paths: ServerPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    (paths.root / ".env").write_text("REDIS_URL=redis://file\nDATABASE_URL=postgresql://file\n")
    monkeypatch.setenv("REDIS_URL", "redis://environment")
    found = read_settings(paths.root)
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
    paths: ServerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    found = build_child_environment(paths, {"DATABASE_URL": "postgresql://local"}, {"SITE_URL": "http://localhost:1"})
    assert found["DATABASE_URL"] == "postgresql://local"
    assert found["HANDRAISER_ENV"] == "local"
    assert found["SITE_URL"] == "http://localhost:1"
    assert found["SECRET_KEY"] == read_or_create_secret_key(paths)
    assert "PGPORT" not in found


def test_what_the_person_set_is_left_alone(paths: ServerPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    (paths.root / ".env").write_text("SECRET_KEY=from-the-file\n")
    monkeypatch.setenv("SITE_URL", "https://handraiser.example")
    found = build_child_environment(paths, {}, {"SITE_URL": "http://localhost:1"})
    assert found["SITE_URL"] == "https://handraiser.example"
    assert "SECRET_KEY" not in found
    assert not (paths.var / "secret_key").exists()
