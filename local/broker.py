"""The broker that REDIS_URL names, in place of the local Valkey."""

import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from local.user_facing_error import UserFacingError

DEFAULT_PORT = 6379
CONNECT_SECONDS = 3.0


def check_broker(settings: Mapping[str, str]) -> None:
    """Raise UserFacingError when REDIS_URL is set and nothing answers there.

    Later an absent broker is waited for. At the start it is most likely a mistake.
    """
    url = settings.get("REDIS_URL")
    if not url:
        return
    parts = urlsplit(url)
    try:
        if parts.scheme == "redis+socket":
            where = parts.path
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(CONNECT_SECONDS)
                connection.connect(where)
        else:
            host, port = parts.hostname or "localhost", parts.port or DEFAULT_PORT
            where = f"{host}:{port}"
            socket.create_connection((host, port), CONNECT_SECONDS).close()
    except ValueError:
        raise UserFacingError("REDIS_URL has no port that can be read: correct it, or unset it.") from None
    except OSError as error:
        reason = error.strerror or error
        raise UserFacingError(
            f"Nothing answers at {where}, which REDIS_URL names ({reason}): start that server, correct REDIS_URL, or "
            "unset it to use a local one."
        ) from error
