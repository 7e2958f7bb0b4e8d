"""End the connection after a request whose body is refused unread."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def close_after_unread_body(application: Application) -> Application:
    """Return the application, which answers a body that we do not read with `Connection: close`.

    What is left of such a body stands before the next request, so the server ends the connection: the client must know.
    gunicorn drops the header from our own ones, and writes it where its response is told to close.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        response: Any = getattr(start_response, "__self__", None)
        if _has_unread_body(environ) and hasattr(response, "force_close"):
            response.force_close()
        return application(environ, start_response)

    return answer


def _has_unread_body(environ: dict[str, Any]) -> bool:
    length = str(environ.get("CONTENT_LENGTH", ""))
    is_long = length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return is_long or "HTTP_TRANSFER_ENCODING" in environ
