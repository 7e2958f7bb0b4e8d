"""A body that is refused unread ends its connection, and the answer says so."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from gunicorn.http.wsgi import Response  # type: ignore[import-untyped]

from config.unread_bodies import close_after_unread_body

LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def answer(path: str, **headers: Any) -> tuple[str, str]:
    """Return the status, and the header `Connection` that gunicorn writes."""
    request = SimpleNamespace(version=(1, 1), method="POST", should_close=lambda: False)
    response = Response(request, None, SimpleNamespace(is_ssl=False))
    environ = RequestFactory().post(path, content_type="application/json").environ | headers
    environ["wsgi.input"] = BytesIO()
    list(close_after_unread_body(WSGIHandler())(environ, response.start_response))
    written = dict(line.strip().split(": ", 1) for line in response.default_headers()[1:])
    return response.status, written["Connection"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/api/v1/me", {"CONTENT_LENGTH": str(LIMIT + 1)}, "413 Request Entity Too Large"),
        ("/api/v1/me", {"HTTP_TRANSFER_ENCODING": "chunked"}, "411 Length Required"),
        ("/start/", {"CONTENT_LENGTH": str(LIMIT + 1)}, "400 Bad Request"),
    ],
)
def test_an_answer_to_an_unread_body_ends_the_connection(path: str, headers: dict[str, str], status: str) -> None:
    assert answer(path, **headers) == (status, "close")


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "0", "2", "x"])
def test_other_answers_keep_it(length: str) -> None:
    assert answer("/api/v1/nothing", CONTENT_LENGTH=length)[1] == "keep-alive"
