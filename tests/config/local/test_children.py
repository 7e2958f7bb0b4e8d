import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local.children import Crew, manage_quietly
from config.local.place import REPOSITORY, Place
from config.local.problem import Problem
from config.local.processes import command_line

SERVER = ["http.server", "--bind", "127.0.0.1", "0"]
SUPERVISOR = """
import os, signal, sys
from pathlib import Path
from config.local.children import Crew
from config.local.place import Place
place = Place(Path(sys.argv[1]), "test")
place.make()
crew = Crew(place, dict(os.environ), "test")
crew.start("web", ["http.server", "--bind", "127.0.0.1", "0"])
print(crew.processes["web"].pid, flush=True)
signal.pause()
"""


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    place = Place(tmp_path, "test")
    place.make()
    crew = Crew(place, {**os.environ, "PYTHONUNBUFFERED": "1"}, "test")
    yield crew
    crew.stop()


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def eventually_gone(pid: int) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not is_gone(pid):
        time.sleep(0.02)
    return is_gone(pid)


def eventually_named(pid: int) -> None:
    """A process that has only just been started has no command line for a moment."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not command_line(pid):
        time.sleep(0.02)


def test_children_run_until_they_are_stopped(crew: Crew) -> None:
    crew.start("web", SERVER)
    crew.start("worker", SERVER)
    pids = [process.pid for process in crew.processes.values()]
    crew.check()
    crew.stop()
    assert all(map(is_gone, pids))
    assert list(crew.place.folder.glob("*.pid")) == []


def test_a_child_that_ends_by_itself_shows_what_it_said_last(crew: Crew, capsys: pytest.CaptureFixture[str]) -> None:
    crew.start("worker", ["there_is_no_such_module"])
    crew.processes["worker"].wait(20)
    with pytest.raises(
        Problem, match=r"^The worker process ended by itself: see .*worker-test\.log, and start again\.$"
    ):
        crew.check()
    assert "No module named there_is_no_such_module" in capsys.readouterr().err


def test_waiting_ends_with_a_sentence_when_a_child_dies(crew: Crew) -> None:
    crew.start("worker", ["there_is_no_such_module"])
    with pytest.raises(Problem, match="ended by itself"):
        crew.await_(lambda: False, "It did not answer", 60)


def test_waiting_ends_with_a_sentence_when_time_is_up(crew: Crew) -> None:
    with pytest.raises(Problem, match=r"^It did not answer after 0 seconds: see the logs in "):
        crew.await_(lambda: False, "It did not answer", 0)


def test_a_child_that_does_not_want_to_end_is_killed(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.local.children.STOP_SECONDS", 0.2)
    crew.start("web", SERVER)
    process = crew.processes["web"]
    os.kill(process.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    crew.stop()
    assert process.returncode == -signal.SIGKILL


def test_a_child_that_an_earlier_start_left_behind_is_ended(crew: Crew) -> None:
    orphan = subprocess.Popen([sys.executable, "-m", *SERVER], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    eventually_named(orphan.pid)
    (crew.place.folder / "web-test.pid").write_text(f"{orphan.pid}\nhttp.server")
    crew.start("web", SERVER)
    assert orphan.wait(20) == -signal.SIGTERM
    crew.check()


def test_a_stranger_that_has_the_number_now_is_left_alone(crew: Crew) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (crew.place.folder / "web-test.pid").write_text(f"{stranger.pid}\nhttp.server")
    crew.start("web", SERVER)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends what was left behind")
def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    child = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.communicate()
    assert eventually_gone(child)


def test_a_command_that_fails_gives_the_last_that_it_said(crew: Crew) -> None:
    environment = {**crew.environment, "SECRET_KEY": ""}
    with pytest.raises(Problem, match=r"^`\./run manage check` failed: .*SECRET_KEY is not set"):
        manage_quietly(crew.place, environment, "check")
