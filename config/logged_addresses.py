"""Name the address of a request for the logs, without the secret of a link and without a query."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve

from core.link_secrets import HIDDEN_SECRET, SECRET_FOLDERS, hide_link_secrets

LOGGED_ADDRESS = "handraiser.address"
"""The key in the environment of a request, which the format of the access log names."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def name_logged_address(application: Application) -> Application:
    """Return the application, which puts the address of each request for the access log into its environment."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[LOGGED_ADDRESS] = describe_address(str(environ.get("PATH_INFO", "")))
        return application(environ, start_response)

    return answer


def describe_address(path: str) -> str:
    """Return an address as the logs may hold it.

    One that leads nowhere may be a link with a typing error, whose secret can stand anywhere in it. Of such an address
    only the length is told.
    """
    try:
        found = resolve(path)
    except Resolver404:
        found = None
    # Below its folder the admin takes every address, and answers 404.
    if found is None or "url" in found.kwargs:
        is_file = path.startswith(str(settings.STATIC_URL))
        return hide_link_secrets(path) if is_file else f"(unknown address, {len(path)} characters)"
    if path.lstrip("/").startswith(tuple(f"{folder}/" for folder in SECRET_FOLDERS)):
        for value in found.kwargs.values():
            path = path.replace(str(value), HIDDEN_SECRET)
    return hide_link_secrets(path)
