"""Errors as RFC 9457 problem details, in one place for the whole API."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core import errors
from core.api.problem_types import PROBLEM_TYPES, build_problem_type_url
from core.api.remedies import find_remedy
from core.field_errors import blame_given
from core.request_ids import find_request_id
from core.waits import explain_too_many_requests

API_PREFIX = "/api/"
PROBLEM_MEDIA_TYPE = "application/problem+json"

WHOLE_BODY = "body"
"""The key of an error about the body as a whole."""


def handle_api_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the problem response to an error; None for a defect, which becomes a 500."""
    if isinstance(error, errors.InputError):
        status = PROBLEM_TYPES[error.code].status
        return _problem_response(status, error.code, *_describe_input_error(error, context.get("request")))
    if isinstance(error, errors.HandraiserError):
        fields = {error.field: [error.message]} if error.field else {}
        problem = _problem_response(PROBLEM_TYPES[error.code].status, error.code, error.message, fields)
        if isinstance(error, errors.TooManyRequests):
            problem["Retry-After"] = str(error.retry_after)
        return _add_remedy(problem, error, context)
    if isinstance(error, Http404):
        error = exceptions.NotFound(nothing_here_message())
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return None
    if isinstance(error, exceptions.ValidationError):
        problem = _problem_response(400, "invalid", invalid_input_message(), _group_by_path(list_field_errors(error)))
    else:
        detail = str(error.detail)
        if isinstance(error, exceptions.NotAuthenticated):
            detail = _explain_missing_sign_in(context.get("request"))
        if isinstance(error, exceptions.Throttled):
            detail = explain_too_many_requests(int(response.headers.get("Retry-After", 1)))
        problem = _problem_response(response.status_code, error.default_code, detail, {})
    for header in ("WWW-Authenticate", "Retry-After"):
        if response.has_header(header):
            problem[header] = response[header]
    return _add_remedy(problem, error, context)


def _explain_missing_sign_in(request: Any) -> str:
    # A token of a session that is over is refused before, so this one is of a sign-up or a sign-in that goes on.
    if request is not None and request.headers.get("X-Session-Token"):
        return _("Your sign-up or sign-in is not finished. Give the code that it asks for, and try again.")
    return _("You are not signed in. Sign in, and try again.")


def _add_remedy(problem: Response, error: Exception, context: dict[str, Any]) -> Response:
    where = find_remedy(error, context.get("request"))
    if where:
        problem.data["where"] = where
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


def list_field_errors(error: exceptions.ValidationError) -> list[errors.FieldError]:
    """Return what DRF says, each at its path: the names and indexes that lead to it."""
    return [errors.FieldError(path, text) for path, texts in _error_paths(error.detail) for text in texts]


def _describe_input_error(error: errors.InputError, request: Any) -> tuple[str, dict[str, list[str]]]:
    """Return the detail and the `errors` of inputs that cannot be used; each error stands at what was sent."""
    found = list(error.errors)
    if any(field_error.reads for field_error in found) and isinstance(getattr(request, "data", None), Mapping):
        found = [blame_given(field_error, request.data) for field_error in found]
    if len(found) > 1:
        return invalid_input_message(), _group_by_path(found)
    # Without a path only the sentence is told, except with `invalid`, of which clients expect `errors`.
    shown = [field_error for field_error in found if field_error.path or error.code == errors.Invalid.code]
    return error.message, _group_by_path(shown)


def _group_by_path(found: Iterable[errors.FieldError]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for field_error in found:
        fields.setdefault(field_error.path or WHOLE_BODY, []).append(field_error.message)
    return fields


def _problem_response(code: int, name: str, detail: str, fields: dict[str, list[str]]) -> Response:
    return Response(_problem_body(code, name, detail, fields), status=code, content_type=PROBLEM_MEDIA_TYPE)


def _problem_body(code: int, name: str, detail: str, fields: dict[str, list[str]]) -> dict[str, Any]:
    title = PROBLEM_TYPES[name].title
    body: dict[str, Any] = {
        "type": build_problem_type_url(name),
        "title": title,
        "status": code,
        "code": name,
        "detail": detail,
    }
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
