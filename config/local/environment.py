"""The environment that Django, Celery and the tests are started with."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from config.local.place import REPOSITORY, Place
from config.local.servers import URLS

# libpq reads these on its own account, and each could lead it past the server that we mean.
FOREIGN_PREFIX = "PG"


def read_dotenv(path: Path) -> dict[str, str]:
    """The KEY=VALUE lines of a file; none when there is no file. Settings read it themselves: this only looks."""
    if not path.is_file():
        return {}
    found = {}
    for line in path.read_text().splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            found[name.strip()] = value.strip().strip("\"'")
    return found


def given(root: Path = REPOSITORY) -> dict[str, str]:
    """What the person has set: the environment, and `.env` where the environment says nothing."""
    return {**read_dotenv(root / ".env"), **os.environ}


def servers_to_start(settings: Mapping[str, str]) -> list[str]:
    """The local servers that no setting replaces."""
    return [server for variable, server in URLS.items() if not settings.get(variable)]


def secret_key(place: Place) -> str:
    """The key for local use, made once and readable by its owner only."""
    path = place.var / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def for_children(place: Place, servers: Mapping[str, str], extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The whole environment of a child: ours, with `servers` above it, and below it what nobody has set.

    `servers` holds the addresses of the local servers; `extra` more defaults.
    """
    settings = given(place.root)
    defaults = {
        "HANDRAISER_ENV": "local",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        **(extra or {}),
    }
    if not settings.get("SECRET_KEY"):
        defaults["SECRET_KEY"] = secret_key(place)
    inherited = dict(os.environ)
    if "DATABASE_URL" in servers:
        inherited = {name: value for name, value in inherited.items() if not name.startswith(FOREIGN_PREFIX)}
    missing = {name: value for name, value in defaults.items() if not settings.get(name)}
    return {**inherited, **missing, **servers}
