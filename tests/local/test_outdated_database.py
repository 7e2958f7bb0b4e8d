import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from local import postgres
from local.outdated_database import check_migrations_exist
from local.paths import REPOSITORY, ServerPaths
from local.servers import Servers, using_servers
from local.user_facing_error import UserFacingError

MIGRATIONS = "CREATE TABLE django_migrations (id serial, app text, name text)"
# The program itself, with its servers' files elsewhere, so that a developer's own database is never touched.
PROGRAM = """
import sys
from pathlib import Path
from local import __main__, application
from local.paths import ServerPaths
__main__.LOCAL_SERVERS = application.LOCAL_SERVERS = ServerPaths(Path(sys.argv[1]), "test", durable=False)
sys.exit(__main__.main(sys.argv[2:]))
"""


@pytest.fixture
def servers(paths: ServerPaths) -> Iterator[Servers]:
    with using_servers(paths, [postgres.SERVER_NAME]) as servers:
        yield servers


def ask(servers: Servers, statement: str) -> str:
    return postgres.query_database(servers.paths, servers.sockets, statement)


def record_migrations(servers: Servers, *names: str) -> None:
    ask(servers, MIGRATIONS)
    for name in names:
        app, _, migration = name.partition("/")
        ask(servers, f"INSERT INTO django_migrations (app, name) VALUES ('{app}', '{migration}')")


def test_an_empty_database_is_welcome(servers: Servers) -> None:
    check_migrations_exist(servers)


def test_migrations_on_disk_and_those_of_other_packages_are_welcome(servers: Servers) -> None:
    ours = min((REPOSITORY / "core" / "migrations").glob("0*.py")).stem
    record_migrations(servers, f"core/{ours}", "auth/0099_of_another_version_of_django")
    check_migrations_exist(servers)


def test_a_migration_that_is_gone_is_named_in_one_sentence(servers: Servers) -> None:
    record_migrations(servers, "core/0001_gone", "core/0002_gone_too")
    with pytest.raises(UserFacingError) as caught:
        check_migrations_exist(servers)
    assert str(caught.value) == (
        f"The database in {servers.paths.var} was made by another version of Handraiser (this one has no migration "
        "core/0001_gone): go back to that version to keep its data, or empty it with ./run demo --reset."
    )


def test_after_a_reset_it_is_welcome(paths: ServerPaths) -> None:
    with using_servers(paths, [postgres.SERVER_NAME, "valkey"]) as servers:
        record_migrations(servers, "core/0001_gone")
        servers.discard_data()
        check_migrations_exist(servers)


def test_a_database_that_is_not_ours_is_not_looked_at(paths: ServerPaths) -> None:
    with using_servers(paths, []) as servers:
        check_migrations_exist(servers)


@pytest.mark.parametrize("command", ["demo", "serve", "manage"])
def test_every_command_ends_with_the_sentence_and_loses_nothing(paths: ServerPaths, command: str) -> None:
    arguments = {"demo": ["--once"], "serve": ["--port", "48123"], "manage": ["check"]}[command]
    with using_servers(paths, [postgres.SERVER_NAME, "valkey"]) as servers:
        record_migrations(servers, "core/0001_gone")
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(paths.root), command, *arguments],
            cwd=REPOSITORY,
            env={**os.environ, "DATABASE_URL": "", "REDIS_URL": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.endswith("or empty it with ./run demo --reset.\n")
        assert ask(servers, "SELECT app || name FROM django_migrations") == "core0001_gone"
