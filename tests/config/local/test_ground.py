import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local import ground
from config.local.place import Place
from config.local.problem import Problem

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")


@pytest.fixture
def closed() -> Iterator[Place]:
    """A place inside a folder that only its owner may enter, like a home folder."""
    root = Path(tempfile.mkdtemp(prefix="handraiser-closed-", dir="/tmp"))
    place = Place(root, "test", durable=False)
    place.make()
    yield place
    shutil.rmtree(root)


@pytest.fixture
def lasting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A stand-in for /var/tmp that everybody may pass through, so that nothing of a test stays there."""
    folder = Path(tempfile.mkdtemp(prefix="handraiser-lasting-", dir="/tmp"))
    folder.chmod(0o711)
    monkeypatch.setattr(ground, "LASTING", folder)
    yield folder
    shutil.rmtree(folder)


@needs_root
def test_where_the_server_account_cannot_go_programs_and_files_lie_elsewhere(closed: Place, lasting: Path) -> None:
    found = ground.choose(closed)
    [base] = lasting.iterdir()
    assert found.folder == base / "test"
    assert found.programs.is_relative_to(base)
    assert stat.S_IMODE(base.stat().st_mode) == 0o711
    assert "PostgreSQL" in found.run([str(found.programs / "postgres"), "--version"]).stdout


@needs_root
def test_programs_are_copied_once(closed: Place, lasting: Path) -> None:
    first = ground.choose(closed).programs.stat().st_ino
    assert ground.choose(closed).programs.stat().st_ino == first


@needs_root
def test_where_the_server_account_can_go_everything_stays(closed: Place, lasting: Path) -> None:
    closed.root.chmod(0o755)
    found = ground.choose(closed)
    assert found.folder == closed.folder
    assert list(lasting.iterdir()) == []


@needs_root
def test_a_folder_that_somebody_else_put_there_is_refused(closed: Place, lasting: Path) -> None:
    ground.choose(closed)
    [base] = lasting.iterdir()
    os.chown(base, 65534, 65534)
    with pytest.raises(Problem, match="belongs to somebody else: remove it"):
        ground.choose(closed)


@needs_root
def test_without_a_server_account_the_person_is_told_what_to_do(closed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "SERVER_ACCOUNT", "there-is-no-such-account")
    with pytest.raises(Problem, match="start as an ordinary user, or set DATABASE_URL"):
        ground.choose(closed)
