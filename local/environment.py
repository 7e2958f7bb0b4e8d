"""The environment variables that Django, Celery and the tests are started with."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from local.paths import REPOSITORY, ServerPaths
from local.servers import URL_VARIABLES
from local.user_facing_error import UserFacingError

# libpq reads these by itself, and each could lead it past the server that we mean.
LIBPQ_PREFIX = "PG"


def read_dotenv(path: Path) -> dict[str, str]:
    """The KEY=VALUE lines of a file; empty when there is no file. Django's settings read it by themselves.

    Raises UserFacingError for a file that is not UTF-8.
    """
    if not path.is_file():
        return {}
    values = {}
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserFacingError(f"{path} is not UTF-8 text: save it as UTF-8, and start again.") from None
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            values[name.strip()] = value.strip().strip("\"'")
    return values


def read_settings(root: Path = REPOSITORY) -> dict[str, str]:
    """What the person has set: the environment, and `.env` where the environment says nothing."""
    return {**read_dotenv(root / ".env"), **os.environ}


def servers_to_start(settings: Mapping[str, str]) -> list[str]:
    """The local servers that no setting replaces."""
    return [server for variable, server in URL_VARIABLES.items() if not settings.get(variable)]


def read_or_create_secret_key(paths: ServerPaths) -> str:
    """The key for local use, made once and readable by its owner only."""
    path = paths.var / "secret_key"
    if not (path.exists() and path.read_text().strip()):
        # Written whole or not at all: what is killed in between, or meets a full disk, leaves no empty key.
        begun = path.with_name(f"secret_key.{os.getpid()}")
        descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(64))
        if path.exists() and not path.read_text().strip():
            path.unlink(missing_ok=True)
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(begun, path)
        begun.unlink()
    return path.read_text().strip()


def build_child_environment(
    paths: ServerPaths, servers: Mapping[str, str], extra: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The whole environment of a child process: ours, overridden by `servers`, with defaults for what is not set.

    `servers` holds the addresses of the local servers; `extra` holds more defaults.
    """
    settings = read_settings(paths.root)
    defaults = {
        "HANDRAISER_ENV": "local",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        **(extra or {}),
    }
    if not settings.get("SECRET_KEY"):
        defaults["SECRET_KEY"] = read_or_create_secret_key(paths)
    inherited = dict(os.environ)
    if "DATABASE_URL" in servers:
        inherited = {name: value for name, value in inherited.items() if not name.startswith(LIBPQ_PREFIX)}
    missing = {name: value for name, value in defaults.items() if not settings.get(name)}
    return {**inherited, **missing, **servers}
