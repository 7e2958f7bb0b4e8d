"""Name the address of a request for the access log, without the secret of a link and without a query."""

from collections.abc import Callable, Iterable
from typing import Any

from core.link_secrets import hide_link_secrets

LOGGED_ADDRESS = "handraiser.address"
"""The key in the environment of a request, which the format of the access log names."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def name_logged_address(application: Application) -> Application:
    """Return the application, which puts the address of each request for the access log into its environment."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[LOGGED_ADDRESS] = hide_link_secrets(str(environ.get("PATH_INFO", "")))
        return application(environ, start_response)

    return answer
