"""Write a record of the log as a JSON line that names no person: a log is not erased with its people.

An exception is written with its class, its frames, and numbers such as an error code. Its message is left out: it may
hold what a person typed, or the row that the database refused.
"""

import re
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from django.http import HttpRequest

from config.logged_addresses import name_route
from core.request_ids import REQUEST_ID, get_request_id

HIDDEN_ADDRESS = "(address)"
# Bounded, so that a long line is read in time.
# What JSON escapes before an address stays whole: "\\n" in a line is no letter of the name.
_MAIL_ADDRESS = re.compile(r"(\\(?:u[0-9a-f]{4}|.))?[\w.!#$%&*+=?^`{|}~-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Django's own sentences; what they quote ends the reason.
_QUOTED_HEADER = re.compile(r"((?:Origin|Referer) checking failed|Invalid HTTP_HOST header).*", re.DOTALL)
_SAFE_NUMBERS = ("errno", "sqlstate", "smtp_code", "status_code")
_SAFE_DATABASE_NAMES = ("table_name", "constraint_name")
_render_json = structlog.processors.JSONRenderer()


def hide_mail_addresses(text: str) -> str:
    """Return the text without the mail addresses in it."""
    return _MAIL_ADDRESS.sub(rf"\g<1>{HIDDEN_ADDRESS}", text)


def hide_sent_headers(_logger: Any, _method: str, event: Any) -> Any:
    """Leave out what a caller wrote in a header that Django refused: it quotes `Origin`, `Referer` and `Host`."""
    if event["_record"].name.startswith("django.security."):
        event["event"] = _QUOTED_HEADER.sub(r"\g<1>", str(event["event"]))
    return event


def add_request(_logger: Any, _method: str, event: Any) -> Any:
    """Add the id of a request to Django's records about it, and name its route instead of its address.

    Django writes most of them when all middleware has returned, so that the id is not bound any more.
    """
    request = getattr(event["_record"], "request", None)
    if isinstance(request, HttpRequest):
        event.setdefault(REQUEST_ID, get_request_id(request))
        for path in (request.path, request.path.encode("unicode_escape").decode("ascii")):
            event["event"] = event["event"].replace(path, name_route(request)) if path != "/" else event["event"]
    return event


def render_json_line(logger: Any, method: str, event: Any) -> str | bytes:
    """Return the line of an event. An exception is described by `describe_exception`."""
    info = event.pop("exc_info", None)
    exception = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(exception, BaseException):
        event["exception"] = describe_exception(exception)
        for text in filter(None, (repr(exception), str(exception))):  # Celery and Django write it into the event
            event["event"] = str(event["event"]).replace(text, type(exception).__name__)
    return _render_json(logger, method, event)


def describe_exception(exception: BaseException) -> str:
    """Return frames, classes and numbers of an exception and of those that led to it, the first one first."""
    parts = [
        "".join(traceback.format_tb(error.__traceback__)) + " ".join([type(error).__name__, *_list_facts(error)])
        for error in _list_chain(exception)
    ]
    return "\n\nThen:\n\n".join(reversed(parts))


def _list_chain(exception: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    error: BaseException | None = exception
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def _list_facts(error: BaseException) -> Iterator[str]:
    """Yield what may be written of an exception: numbers of its kind, and names of the database's own things."""
    for name in _SAFE_NUMBERS:
        value = getattr(error, name, None)
        if isinstance(value, int | str):
            yield f"{name}={value}"
    diagnosis = getattr(error, "diag", None)
    for name in _SAFE_DATABASE_NAMES:
        value = getattr(diagnosis, name, None)
        if isinstance(value, str):
            yield f"{name}={value}"
