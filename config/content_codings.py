"""Which compressions a caller takes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_HEADER = "HTTP_ACCEPT_ENCODING"


def list_taken_codings(header: str) -> list[str]:
    """Return the entries of an `Accept-Encoding` that the caller takes, in lower case: those with q=0 are refused."""
    entries = [entry.strip() for entry in header.lower().split(",")]
    return [entry for entry in entries if entry and not _is_refused(entry)]


def takes_gzip(header: str) -> bool:
    """Return whether a caller with this `Accept-Encoding` takes gzip."""
    return any(entry.partition(";")[0].strip() == "gzip" for entry in list_taken_codings(header))


def _is_refused(entry: str) -> bool:
    _coding, *parameters = (part.strip() for part in entry.split(";"))
    pairs = [part.partition("=") for part in parameters]
    return any(name.strip() == "q" and value.strip().strip("0") in ("", ".") for name, _sign, value in pairs)


class RefusedCodingsMiddleware:
    """Take refused compressions out of the header.

    Django and the server of static files look for the word alone, in lower case, so they would send what is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if the caller had not named what it refuses."""
        if header := request.META.get(_HEADER):
            request.META[_HEADER] = ", ".join(list_taken_codings(header))
        return self.get_response(request)
