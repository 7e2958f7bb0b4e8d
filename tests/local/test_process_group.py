import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.paths import REPOSITORY, ServerPaths
from local.process_control import read_command_line
from local.process_group import ProcessGroup, running_management_command
from local.user_facing_error import UserFacingError

SERVER = ["http.server", "--bind", "127.0.0.1", "0"]
SUPERVISOR = """
import os, signal, sys
from pathlib import Path
from local.process_group import ProcessGroup, running_management_command
from local.paths import ServerPaths
paths = ServerPaths(Path(sys.argv[1]), "test")
paths.make()
group = ProcessGroup(paths, dict(os.environ), "test")
group.start("web", ["http.server", "--bind", "127.0.0.1", "0"])
print(group.processes["web"].pid, flush=True)
signal.pause()
"""


@pytest.fixture
def group(tmp_path: Path) -> Iterator[ProcessGroup]:
    paths = ServerPaths(tmp_path, "test")
    paths.make()
    group = ProcessGroup(paths, {**os.environ, "PYTHONUNBUFFERED": "1"}, "test")
    yield group
    group.stop()


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
    while time.monotonic() < deadline and not read_command_line(pid):
        time.sleep(0.02)


def test_children_run_until_they_are_stopped(group: ProcessGroup) -> None:
    group.start("web", SERVER)
    group.start("worker", SERVER)
    pids = [process.pid for process in group.processes.values()]
    group.check()
    group.stop()
    assert all(map(is_gone, pids))
    assert list(group.paths.folder.glob("*.pid")) == []


def test_a_child_that_ends_by_itself_shows_what_it_said_last(
    group: ProcessGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    group.start("worker", ["there_is_no_such_module"])
    group.processes["worker"].wait(20)
    with pytest.raises(
        UserFacingError, match=r"^The worker process ended by itself: see .*worker-test\.log, and start again\.$"
    ):
        group.check()
    assert "No module named there_is_no_such_module" in capsys.readouterr().err


def test_waiting_ends_with_a_sentence_when_a_child_dies(group: ProcessGroup) -> None:
    group.start("worker", ["there_is_no_such_module"])
    with pytest.raises(UserFacingError, match="ended by itself"):
        group.wait_until(lambda: False, "It did not answer", 60)


def test_waiting_ends_with_a_sentence_when_time_is_up(group: ProcessGroup) -> None:
    with pytest.raises(UserFacingError, match=r"^It did not answer after 0 seconds: see the logs in "):
        group.wait_until(lambda: False, "It did not answer", 0)


def test_a_child_that_does_not_want_to_end_is_killed(group: ProcessGroup) -> None:
    group.patience = 0.2
    group.start("web", SERVER)
    process = group.processes["web"]
    os.kill(process.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    group.stop()
    assert process.returncode == -signal.SIGKILL


def test_a_child_that_an_earlier_start_left_behind_is_ended(group: ProcessGroup) -> None:
    orphan = subprocess.Popen([sys.executable, "-m", *SERVER], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    eventually_named(orphan.pid)
    (group.paths.folder / "web-test.pid").write_text(f"{orphan.pid}\nhttp.server")
    group.start("web", SERVER)
    assert orphan.wait(20) == -signal.SIGTERM
    group.check()


def test_a_stranger_that_has_the_number_now_is_left_alone(group: ProcessGroup) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (group.paths.folder / "web-test.pid").write_text(f"{stranger.pid}\nhttp.server")
    group.start("web", SERVER)
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


def test_a_command_that_fails_gives_the_last_that_it_said(group: ProcessGroup) -> None:
    environment = {**group.environment, "SECRET_KEY": ""}
    log = group.paths.log("check")
    sentence = r"^`\./run manage check` failed: .*SECRET_KEY is not set"
    with pytest.raises(UserFacingError, match=sentence), running_management_command(environment, "check", log=log):
        pass
