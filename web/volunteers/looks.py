"""Tell a page that a person opens from one that a program fetches ahead. Only the first is a look at people."""

from django.http import HttpRequest

_PURPOSE_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_opened_by_person(request: HttpRequest) -> bool:
    """Return whether a page may show contacts and mark messages as read: not for HEAD, and not ahead of a tap."""
    purposes = " ".join(request.headers.get(name, "") for name in _PURPOSE_HEADERS)
    return request.method != "HEAD" and not any(
        word in purposes.lower() for word in ("prefetch", "preview", "prerender")
    )
