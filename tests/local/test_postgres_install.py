import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import postgres_install
from local.paths import ServerPaths
from local.postgres_install import choose_install
from local.user_facing_error import UserFacingError

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")


@pytest.fixture
def closed() -> Iterator[ServerPaths]:
    """Paths inside a folder that only its owner may enter, like a home folder."""
    root = Path(tempfile.mkdtemp(prefix="handraiser-closed-", dir="/tmp"))
    paths = ServerPaths(root, "test", durable=False)
    paths.make()
    yield paths
    shutil.rmtree(root)


@pytest.fixture
def lasting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A stand-in for /var/tmp that every account may pass through, so that a test leaves nothing there."""
    folder = Path(tempfile.mkdtemp(prefix="handraiser-lasting-", dir="/tmp"))
    folder.chmod(0o711)
    monkeypatch.setattr(postgres_install, "LASTING_FOLDER", folder)
    yield folder
    shutil.rmtree(folder)


@needs_root
def test_where_the_server_account_cannot_go_programs_and_files_lie_elsewhere(
    closed: ServerPaths, lasting: Path
) -> None:
    found = choose_install(closed)
    [base] = lasting.iterdir()
    assert found.folder == base / "test"
    assert found.programs.is_relative_to(base)
    assert stat.S_IMODE(base.stat().st_mode) == 0o711
    assert "PostgreSQL" in found.run_program([str(found.programs / "postgres"), "--version"]).stdout


@needs_root
def test_programs_are_copied_once(closed: ServerPaths, lasting: Path) -> None:
    first = choose_install(closed).programs.stat().st_ino
    assert choose_install(closed).programs.stat().st_ino == first


@needs_root
def test_where_the_server_account_can_go_everything_stays(closed: ServerPaths, lasting: Path) -> None:
    closed.root.chmod(0o755)
    found = choose_install(closed)
    assert found.folder == closed.folder
    assert list(lasting.iterdir()) == []


@needs_root
def test_a_folder_that_somebody_else_put_there_is_refused(closed: ServerPaths, lasting: Path) -> None:
    choose_install(closed)
    [base] = lasting.iterdir()
    os.chown(base, 65534, 65534)
    with pytest.raises(UserFacingError, match="belongs to another account: remove it"):
        choose_install(closed)


@needs_root
def test_without_a_server_account_the_person_is_told_what_to_do(
    closed: ServerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_install, "SERVER_ACCOUNT", "there-is-no-such-account")
    with pytest.raises(UserFacingError, match="start as an ordinary user, or set DATABASE_URL"):
        choose_install(closed)
