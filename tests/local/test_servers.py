import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest
import redis

from local import postgres, valkey
from local.file_locks import can_take_lock
from local.paths import REPOSITORY, ServerPaths
from local.servers import Servers, join_servers, leave_servers, using_servers
from local.supervisor import supervisor_lock
from local.user_facing_error import UserFacingError

BOTH = [postgres.SERVER_NAME, valkey.SERVER_NAME]
Start = Callable[[], subprocess.Popen[str]]


USER = """
import sys, time
from pathlib import Path
from local.paths import REPOSITORY, ServerPaths
from local.servers import join_servers
join_servers(ServerPaths(Path(sys.argv[1]), "test", durable=False), ["postgres", "valkey"])
print("joined", flush=True)
time.sleep(600)
"""


@pytest.fixture
def another_user(paths: ServerPaths) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another process that has joined these servers and stays."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USER, str(paths.root)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "joined\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def eventually(is_so: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether something becomes so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.02)
    return is_so()


def is_alive(pid: int) -> bool:
    """Whether a process lives; one that has ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not found.stdout.startswith("Z")


def ask_postgres(servers: Servers, question: str) -> str:
    with psycopg.connect(servers.environment["DATABASE_URL"], autocommit=True) as connection:
        answer = connection.execute(question)
        row = answer.fetchone() if answer.description else None
        return str(row[0]) if row else ""


def postgres_pid(paths: ServerPaths) -> int:
    return int((paths.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def valkey_pid(paths: ServerPaths) -> int:
    return int((paths.folder / "valkey" / "valkey.pid").read_text())


def supervisor_pid(paths: ServerPaths) -> int:
    return int(json.loads(paths.state.read_text())["supervisor"])


def test_both_servers_answer_at_the_addresses_they_give(paths: ServerPaths) -> None:
    with using_servers(paths, BOTH) as servers:
        assert ask_postgres(servers, "SELECT current_database()") == "handraiser"
        assert ask_postgres(servers, "SHOW timezone") == "UTC"
        assert ask_postgres(servers, "SHOW server_encoding") == "UTF8"
        assert ask_postgres(servers, "SHOW listen_addresses") == ""
        path = servers.environment["REDIS_URL"].removeprefix("redis+socket://")
        client = redis.Redis(unix_socket_path=path)
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("port") == {"port": "0"}
        client.close()


def test_django_understands_the_address_of_the_database(paths: ServerPaths) -> None:
    found = dj_database_url.parse(postgres.build_database_url(Path("/tmp/hr-x")))
    assert (found["HOST"], found["USER"], found["NAME"]) == ("/tmp/hr-x", "postgres", "handraiser")


def test_nobody_else_reaches_the_sockets(paths: ServerPaths) -> None:
    with using_servers(paths, BOTH) as servers:
        assert servers.sockets.stat().st_mode & 0o777 == 0o700
        assert len(str(servers.sockets / ".s.PGSQL.5432.lock")) < 100


def test_when_the_last_user_leaves_nothing_is_left(paths: ServerPaths) -> None:
    with using_servers(paths, BOTH) as servers:
        pids = postgres_pid(paths), valkey_pid(paths), supervisor_pid(paths)
    assert not servers.sockets.exists()
    assert not paths.state.exists()
    assert eventually(lambda: not any(map(is_alive, pids)))


def test_two_users_share_the_servers_until_both_have_left(paths: ServerPaths) -> None:
    first = join_servers(paths, BOTH)
    second = join_servers(paths, BOTH)
    assert second.sockets == first.sockets
    leave_servers(first)
    assert second.are_running
    assert ask_postgres(second, "SELECT 1") == "1"
    leave_servers(second)
    assert not second.are_running


def test_a_killed_user_leaves_no_servers_behind(paths: ServerPaths, another_user: Start) -> None:
    user = another_user()
    pids = postgres_pid(paths), valkey_pid(paths)
    user.kill()
    assert eventually(lambda: not any(map(is_alive, pids)))
    assert eventually(lambda: can_take_lock(supervisor_lock(paths)))


def test_a_killed_user_does_not_take_the_servers_from_the_others(paths: ServerPaths, another_user: Start) -> None:
    user = another_user()
    with using_servers(paths, BOTH) as servers:
        user.kill()
        user.wait()
        assert ask_postgres(servers, "SELECT 1") == "1"
        assert servers.are_running


def test_after_supervisor_and_users_are_killed_the_next_start_works(paths: ServerPaths, another_user: Start) -> None:
    user = another_user()
    sockets = Path(json.loads(paths.state.read_text())["sockets"])
    os.kill(supervisor_pid(paths), signal.SIGKILL)
    user.kill()
    assert eventually(lambda: can_take_lock(supervisor_lock(paths)))
    with using_servers(paths, BOTH) as servers:
        assert ask_postgres(servers, "SELECT 1") == "1"
        assert not sockets.exists()


def test_what_was_stored_is_there_after_everything_was_killed(paths: ServerPaths, another_user: Start) -> None:
    paths = ServerPaths(paths.root, "lasting")
    with using_servers(paths, BOTH) as servers:
        ask_postgres(servers, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(supervisor_pid(paths), signal.SIGKILL)
        os.kill(postgres_pid(paths), signal.SIGKILL)
        os.kill(valkey_pid(paths), signal.SIGKILL)
        assert eventually(lambda: not servers.are_running)
    with using_servers(paths, BOTH) as servers:
        assert ask_postgres(servers, "SELECT number FROM kept") == "7"


@pytest.mark.skipif(not shutil.which("sleep"), reason="needs the program sleep")
def test_a_stranger_with_the_old_number_does_not_keep_postgres_from_starting(paths: ServerPaths) -> None:
    paths = ServerPaths(paths.root, "lasting")
    with using_servers(paths, BOTH):
        pass
    account = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    stranger = subprocess.Popen(["sleep", "60"], user=account)
    note = paths.folder / "postgres" / "postmaster.pid"
    note.write_text(f"{stranger.pid}\n{note.parent}\n1\n5432\n\n\n")
    try:
        with using_servers(paths, BOTH) as servers:
            assert ask_postgres(servers, "SELECT 1") == "1"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_when_a_server_dies_its_users_can_tell_and_the_next_start_works(paths: ServerPaths) -> None:
    with using_servers(paths, BOTH) as servers:
        os.kill(valkey_pid(paths), signal.SIGKILL)
        assert eventually(lambda: not servers.are_running)
    with using_servers(paths, BOTH) as servers:
        assert servers.are_running


def test_emptying_forgets_rows_and_messages(paths: ServerPaths) -> None:
    with using_servers(paths, BOTH) as servers:
        ask_postgres(servers, "CREATE TABLE forgotten AS SELECT 1 AS number")
        client = redis.Redis(unix_socket_path=str(servers.sockets / valkey.SOCKET_NAME))
        client.set("forgotten", 1)
        servers.discard_data()
        assert ask_postgres(servers, "SELECT to_regclass('forgotten') IS NULL") == "True"
        assert client.dbsize() == 0
        client.close()


def test_servers_that_are_not_wanted_do_not_start(paths: ServerPaths) -> None:
    with using_servers(paths, [valkey.SERVER_NAME]) as servers:
        assert set(servers.environment) == {"REDIS_URL"}
        assert not (paths.folder / "postgres").exists()
    with using_servers(paths, []) as servers:
        assert servers.environment == {}
        assert not servers.are_running


def test_a_user_who_wants_other_servers_is_told(paths: ServerPaths) -> None:
    with using_servers(paths, [valkey.SERVER_NAME]), pytest.raises(UserFacingError, match="stop it first"):
        join_servers(paths, BOTH)


def test_files_that_postgres_cannot_use_give_a_sentence(paths: ServerPaths) -> None:
    paths = ServerPaths(paths.root, "lasting")
    (paths.folder / "postgres").mkdir(parents=True, mode=0o700)
    with pytest.raises(
        UserFacingError, match=r"^PostgreSQL did not start: .* \(all it said is in .*postgres\.log\)\.$"
    ):
        join_servers(paths, BOTH)


def test_an_interrupted_first_start_is_made_good(paths: ServerPaths) -> None:
    half_made = paths.folder / "postgres.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    with using_servers(paths, BOTH) as servers:
        assert ask_postgres(servers, "SELECT 1") == "1"
    assert not half_made.exists()
