import fcntl
import importlib.machinery
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

RUN = Path(__file__).resolve().parents[1] / "run"
PINS = "django==5.2.19 \\\n    --hash=sha256:aa\n    # via handraiser\n"
MORE_PINS = f"{PINS}mypy==2.4.1 \\\n    --hash=sha256:bb\n"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("run_script", str(RUN))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with locks, and an environment that we made, with nothing in it."""
    (tmp_path / "requirements.lock").write_text(PINS)
    (tmp_path / "requirements-dev.lock").write_text(MORE_PINS)
    (tmp_path / "requirements-bench.lock").write_text(
        "numpy==2.4.6 ; python_version < '3.12' \\\n    --hash=sha256:cc\n"
    )
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    write_program(tmp_path / ".venv" / "bin" / "python", "")
    (tmp_path / ".venv" / "handraiser.json").write_text(json.dumps({"python": sys.version}))
    (tmp_path / "var").mkdir()
    return tmp_path


def write_program(file: Path, text: str) -> None:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(RUN), *arguments], capture_output=True, text=True, check=False)


def test_run_can_be_started_by_its_name() -> None:
    assert os.access(RUN, os.X_OK)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_without_a_verb_it_says_what_it_can_do(run: ModuleType, arguments: list[str]) -> None:
    done = start(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{run.USAGE}\n", "")
    assert all(f"./run {verb}" in run.USAGE for verb in run.LOCKS)


def test_an_unknown_verb_is_one_sentence() -> None:
    done = start("dmeo")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "There is no ./run dmeo: choose one of demo, serve, manage, backup, restore, solve, bench, drill, pictures, "
        "test (./run --help says what they do).\n"
    )


def test_an_old_python_is_told_which_one_to_install(run: ModuleType) -> None:
    assert run.describe_old_python((3, 9, 18)) == (
        "Handraiser needs Python 3.11 or newer and this is 3.9.18: install it and start python3.11 run ..."
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_new_enough_python_is_not_complained_about(run: ModuleType, version: tuple[int, ...]) -> None:
    assert run.describe_old_python(version) is None


def test_a_python_without_venv_is_told_what_to_install(run: ModuleType) -> None:
    assert "apt-get install python3-venv" in run.describe_missing_modules(("venv", "there_is_no_such_module"))
    assert run.describe_missing_modules(("venv",)) is None


def test_a_full_disk_is_one_sentence(run: ModuleType) -> None:
    error = OSError(28, "No space left on device", "/somewhere/.venv")
    assert run.describe_os_error(error) == "No space left on /somewhere/.venv: free some and start again."


def test_pins_are_read_with_versions_and_markers(run: ModuleType, root: Path) -> None:
    lock = root / "requirements-bench.lock"
    lock.write_text(f"{lock.read_text()}numpy==2.5.5 ; python_version >= '3.12' \\\npsycopg[binary]==3.3.9 \\\n")
    assert run.read_pins(lock) == {
        "numpy": {"2.4.6 ; python_version < '3.12'", "2.5.5 ; python_version >= '3.12'"},
        "psycopg": {"3.3.9"},
    }


class TestEnvironment:
    @pytest.fixture
    def commands(self, run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """What would be run: making environments and fetching packages is left out here."""
        done: list[list[str]] = []
        monkeypatch.setattr(run.VirtualEnvironment, "_run_command", lambda self, command: done.append(command))
        return done

    def test_the_second_start_installs_nothing(self, run: ModuleType, root: Path, commands: list[list[str]]) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert len(commands) == 1
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert len(commands) == 1

    def test_hashes_are_required(self, run: ModuleType, root: Path, commands: list[list[str]]) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert "--require-hashes" in commands[0]
        assert commands[0][-2:] == ["-r", str(root / "requirements.lock")]

    def test_a_lock_that_holds_another_satisfies_it_too(
        self, run: ModuleType, root: Path, commands: list[list[str]]
    ) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements-dev.lock")
        assert run.VirtualEnvironment(root).satisfies("requirements.lock")
        assert not run.VirtualEnvironment(root).satisfies("requirements-bench.lock")

    def test_a_smaller_lock_does_not_satisfy_a_larger(
        self, run: ModuleType, root: Path, commands: list[list[str]]
    ) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert not run.VirtualEnvironment(root).satisfies("requirements-dev.lock")

    def test_locks_that_do_not_contradict_each_other_are_satisfied_together(
        self, run: ModuleType, root: Path, commands: list[list[str]]
    ) -> None:
        for lock in ("requirements-dev.lock", "requirements-bench.lock"):
            run.VirtualEnvironment(root).prepare_for(lock)
        assert run.VirtualEnvironment(root).satisfies("requirements-dev.lock")

    def test_a_changed_lock_is_installed_and_what_it_contradicts_no_longer_holds(
        self, run: ModuleType, root: Path, commands: list[list[str]]
    ) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements-dev.lock")
        (root / "requirements.lock").write_text(PINS.replace("5.2.19", "5.2.20"))
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert len(commands) == 2
        assert not run.VirtualEnvironment(root).satisfies("requirements-dev.lock")

    def test_an_interrupted_installation_is_made_anew(
        self, run: ModuleType, root: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(self: object, command: list[str]) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(run.VirtualEnvironment, "_run_command", interrupted)
            with pytest.raises(KeyboardInterrupt):
                run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert not run.VirtualEnvironment(root).satisfies("requirements.lock")
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert commands[0][1:4] == ["-m", "venv", "--clear"]
        assert run.VirtualEnvironment(root).satisfies("requirements.lock")

    def test_another_python_means_another_environment(
        self, run: ModuleType, root: Path, commands: list[list[str]]
    ) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        stamp = root / ".venv" / "handraiser.json"
        stamp.write_text(stamp.read_text().replace(sys.version.split()[0], "3.11.0"))
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert commands[1][1:4] == ["-m", "venv", "--clear"]

    def test_a_failing_installation_shows_why_and_is_not_taken_for_done(
        self, run: ModuleType, root: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        write_program(root / ".venv" / "bin" / "python", "echo no matching package\nexit 1")
        with pytest.raises(SystemExit) as ended:
            run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert ended.value.code == 1
        assert "no matching package" in capfd.readouterr().err
        assert not run.VirtualEnvironment(root).satisfies("requirements.lock")

    def test_a_full_disk_met_by_pip_is_one_sentence(
        self, run: ModuleType, root: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        write_program(root / ".venv" / "bin" / "python", "echo 'ERROR: [Errno 28] No space left on device'\nexit 1")
        with pytest.raises(SystemExit):
            run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert capfd.readouterr().err.splitlines()[-1] == f"No space left on {root}: free some and start again."

    @pytest.mark.parametrize(
        "damage",
        [
            lambda venv: (venv / "handraiser.json").unlink(),
            lambda venv: (venv / "handraiser.json").write_text('{"python": "3.'),
            lambda venv: (venv / "bin" / "python").unlink(),
            lambda venv: (venv / "bin" / "python").chmod(0o644),
            lambda venv: (venv / "bin" / "python").unlink() or (venv / "bin" / "python").symlink_to("/nowhere/python"),
            lambda venv: (venv / "handraiser.json").write_text(
                json.dumps({"python": sys.version, "place": "/before/it/was/moved/.venv"})
            ),
        ],
        ids=["made by others", "torn stamp", "no python", "not executable", "python removed", "moved"],
    )
    def test_an_environment_that_is_not_whole_is_made_again(
        self, run: ModuleType, root: Path, commands: list[list[str]], damage: Callable[[Path], Any]
    ) -> None:
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        damage(root / ".venv")
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert [command[1:4] for command in commands] == [
            ["-m", "pip", "install"],
            ["-m", "venv", "--clear"],
            ["-m", "pip", "install"],
        ]

    def test_a_killed_installation_is_one_sentence_and_is_made_again(
        self, run: ModuleType, root: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_program(root / ".venv" / "bin" / "python", "kill -9 $$")
        with pytest.raises(SystemExit) as ended:
            run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert ended.value.code == 1
        assert capfd.readouterr().err.splitlines() == [
            "failed",
            "The installation was killed, perhaps for want of memory: start again, and it is made again.",
        ]
        commands: list[list[str]] = []
        monkeypatch.setattr(run.VirtualEnvironment, "_run_command", lambda self, command: commands.append(command))
        run.VirtualEnvironment(root).prepare_for("requirements.lock")
        assert commands[0][1:4] == ["-m", "venv", "--clear"]

    def test_a_pip_whose_run_was_killed_is_waited_for(self, run: ModuleType, root: Path) -> None:
        program = f"import importlib.machinery as m; run = m.SourceFileLoader('r', {str(RUN)!r}).load_module(); "
        program += f"run.VirtualEnvironment(run.Path({str(root)!r})).prepare_for('requirements.lock')"
        write_program(root / ".venv" / "bin" / "python", f"echo $$ > {root}/pip.id\nexec sleep 60")
        killed = subprocess.Popen([sys.executable, "-W", "ignore", "-B", "-c", program], stdout=subprocess.DEVNULL)
        while not (root / "pip.id").exists() or not (root / "pip.id").read_text().strip():
            time.sleep(0.01)
        killed.kill()
        killed.wait()
        with open(root / "var" / "install.lock", "w") as lock_file:
            with pytest.raises(BlockingIOError):
                fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.kill(int((root / "pip.id").read_text()), signal.SIGKILL)
            fcntl.flock(lock_file, fcntl.LOCK_EX)


def test_a_python_that_cannot_be_started_is_one_sentence(
    run: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / ".venv" / "bin" / "python").write_text("not a program")
    monkeypatch.setattr(run, "ROOT", root)
    monkeypatch.setattr(run.VirtualEnvironment, "prepare_for", lambda self, lock: self.python)
    monkeypatch.chdir(root)
    with pytest.raises(SystemExit):
        run.main(["serve"])
    assert capfd.readouterr().err == (
        f"{root}/.venv/bin/python cannot be started (Exec format error): delete the folder .venv and start again.\n"
    )
