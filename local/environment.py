"""The environment variables that Django, Celery and the tests are started with."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from local.paths import REPOSITORY, ServerPaths
from local.servers import URL_VARIABLES

# libpq reads these by itself, and each could lead it past the server that we mean.
LIBPQ_PREFIX = "PG"


def read_dotenv(path: Path) -> dict[str, str]:
    """The KEY=VALUE lines of a file; empty when there is no file. Django's settings read it by themselves."""
    if not path.is_file():
        return {}
    values = {}
    for line in path.read_text().splitlines():
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
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(64))
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
