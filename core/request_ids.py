"""The id of a request: in its answer, in every log record about it, and in those of the tasks that it sends."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars, unbind_contextvars

REQUEST_ID_HEADER = "X-Request-Id"
REQUEST_ID = "request_id"
_ID_OF_REQUEST = "handraiser.request_id"  # in the environment of a request
_WELL_FORMED = re.compile(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


class RequestIDMiddleware:
    """Give each request an id: that of the caller or of a proxy if it is a UUID or 32 hex digits, else a new one.

    A freer text could be the secret of a link, and each line of the log about the request would hold it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response with the id in its header."""
        sent_id = request.headers.get(REQUEST_ID_HEADER, "")
        request_id = sent_id if _WELL_FORMED.fullmatch(sent_id) else uuid4().hex
        request.META[_ID_OF_REQUEST] = request_id
        with bound_contextvars(**{REQUEST_ID: request_id}):
            response = self.get_response(request)
        response[REQUEST_ID_HEADER] = request_id
        return response


def find_request_id() -> str:
    """Return the id of the request that is being answered, or whose task is executed; "" outside of both."""
    return str(get_contextvars().get(REQUEST_ID, ""))


def get_request_id(request: HttpRequest) -> str:
    """Return the id of this request, also when it has been answered; "" before it has one."""
    return str(request.META.get(_ID_OF_REQUEST, ""))


def send_request_id(headers: dict[str, Any] | None = None, **_about: Any) -> None:
    """Add the id to the message of a task that is about to be sent."""
    if headers is not None and find_request_id():
        headers[REQUEST_ID] = find_request_id()


def bind_task_ids(task_id: str, task: Any, **_about: Any) -> None:
    """Bind the ids of a task and of the request that sent it, for the log records until it ends."""
    request_id = getattr(task.request, REQUEST_ID, None)
    bind_contextvars(task_id=task_id, **({REQUEST_ID: request_id} if request_id else {}))


def unbind_task_ids(**_about: Any) -> None:
    """Forget the ids of a task that has ended."""
    unbind_contextvars("task_id", REQUEST_ID)
