import os
import socket
import subprocess
import sys

from local.paths import REPOSITORY


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_in_use_is_one_sentence_and_nothing_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start("demo", "--port", str(port))
    expected = f"Port {port} is in use. Choose another one: ./run demo --port {port + 1}\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_a_database_of_somebody_else_is_never_emptied() -> None:
    done = start("demo", "--reset", DATABASE_URL="postgresql://localhost/precious")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("--reset would empty the database that DATABASE_URL names")
    assert len(done.stderr.splitlines()) == 1


def test_backups_are_management_commands() -> None:
    for command, usage in (("backup", "manage.py backup"), ("restore", "manage.py restore_backup")):
        done = start(command)
        assert done.returncode != 0
        assert usage in done.stderr


def test_an_unknown_option_is_refused_with_the_way_to_use_it() -> None:
    done = start("serve", "--once")
    assert done.returncode == 2
    assert "usage: ./run serve" in done.stderr
