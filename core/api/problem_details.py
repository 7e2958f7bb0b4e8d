"""Errors as RFC 9457 problem details, in one place for the whole API."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core import errors
from core.request_ids import find_request_id

API_PREFIX = "/api/"
PROBLEM_MEDIA_TYPE = "application/problem+json"

ERROR_STATUS_CODES: dict[type[errors.HandraiserError], int] = {
    errors.NotAllowed: status.HTTP_403_FORBIDDEN,
    errors.MFARequired: status.HTTP_403_FORBIDDEN,
    errors.ReauthenticationRequired: status.HTTP_403_FORBIDDEN,
    errors.InsufficientScope: status.HTTP_403_FORBIDDEN,
    errors.NotFound: status.HTTP_404_NOT_FOUND,
    errors.WrongState: status.HTTP_409_CONFLICT,
    errors.Full: status.HTTP_409_CONFLICT,
    errors.Stale: status.HTTP_412_PRECONDITION_FAILED,
    errors.Invalid: status.HTTP_400_BAD_REQUEST,
    errors.IdempotencyKeyReused: status.HTTP_422_UNPROCESSABLE_ENTITY,
    errors.TooManyRequests: status.HTTP_429_TOO_MANY_REQUESTS,
}


REMEDY_PAGES: dict[type[errors.HandraiserError], str] = {
    errors.MFARequired: "mfa_index",
    errors.ReauthenticationRequired: "account_reauthenticate",
}
"""The page on which the user can remedy the error."""


def handle_api_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the problem response to an error; None for a defect, which becomes a 500."""
    if isinstance(error, errors.HandraiserError):
        fields = {error.field: [error.message]} if error.field else {}
        problem = _problem_response(ERROR_STATUS_CODES[type(error)], error.code, error.message, fields)
        if isinstance(error, errors.TooManyRequests):
            problem["Retry-After"] = str(error.retry_after)
        if type(error) in REMEDY_PAGES:
            problem.data["where"] = reverse(REMEDY_PAGES[type(error)])
        return problem
    if isinstance(error, Http404):
        error = exceptions.NotFound(nothing_here_message())
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return None
    if isinstance(error, exceptions.ValidationError):
        fields = dict(_error_paths(response.data))
        problem = _problem_response(response.status_code, "invalid", invalid_input_message(), fields)
    else:
        problem = _problem_response(response.status_code, error.default_code, str(error.detail), {})
    for header in ("WWW-Authenticate", "Retry-After"):
        if response.has_header(header):
            problem[header] = response[header]
    return problem


def render_problem(code: int, name: str, detail: str, fields: dict[str, list[str]] | None = None) -> HttpResponse:
    """Return a problem response from outside a view, as middleware needs it."""
    body = JSONRenderer().render(_problem_body(code, name, detail, fields or {}))
    return HttpResponse(body, status=code, content_type=PROBLEM_MEDIA_TYPE)


def nothing_here_message() -> str:
    """Return the message for objects that do not exist, or that the caller may not know of."""
    return _("There is nothing here that you may see.")


def invalid_input_message() -> str:
    """Return the message above several errors, or one that is no sentence without its field."""
    return _("Some of what was sent cannot be used.")


def _problem_response(code: int, name: str, detail: str, fields: dict[str, list[str]]) -> Response:
    return Response(_problem_body(code, name, detail, fields), status=code, content_type=PROBLEM_MEDIA_TYPE)


def _problem_body(code: int, name: str, detail: str, fields: dict[str, list[str]]) -> dict[str, Any]:
    title = HTTPStatus(code).phrase
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": code, "code": name, "detail": detail}
    body |= {"errors": fields} if fields else {}
    request_id = find_request_id()
    return body | {"request_id": request_id} if request_id else body


def _error_paths(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the messages of each field with its path: the names and indexes that lead to it, with dots."""
    if isinstance(detail, dict):
        for name, nested in detail.items():
            step = "" if name == "non_field_errors" else str(name)
            yield from _error_paths(nested, ".".join(part for part in (path, step) if part))
    elif isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        for index, nested in enumerate(detail):
            yield from _error_paths(nested, f"{path}.{index}" if path else str(index))
    elif detail:
        yield path, [str(message) for message in detail] if isinstance(detail, list) else [str(detail)]
