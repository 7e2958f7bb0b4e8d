"""Errors as RFC 9457 problem details, in one place for the whole API."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core import errors

STATUS: dict[type[errors.HandraiserError], int] = {
    errors.NotAllowed: status.HTTP_403_FORBIDDEN,
    errors.NotFound: status.HTTP_404_NOT_FOUND,
    errors.WrongState: status.HTTP_409_CONFLICT,
    errors.Full: status.HTTP_409_CONFLICT,
    errors.Stale: status.HTTP_412_PRECONDITION_FAILED,
    errors.Invalid: status.HTTP_400_BAD_REQUEST,
    errors.KeyReused: status.HTTP_422_UNPROCESSABLE_ENTITY,
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The response to an error that is an answer to the caller; None lets a defect be one."""
    if isinstance(error, errors.HandraiserError):
        fields = {error.field: [error.message]} if error.field else {}
        return _problem(STATUS[type(error)], error.code, error.message, fields)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return None
    if isinstance(error, exceptions.ValidationError):
        fields = response.data if isinstance(response.data, dict) else {"": response.data}
        problem = _problem(response.status_code, "invalid", "Some of what was sent cannot be used.", fields)
    else:
        problem = _problem(response.status_code, error.default_code, str(error.detail), {})
    for header in ("WWW-Authenticate", "Retry-After"):
        if response.has_header(header):
            problem[header] = response[header]
    return problem


def _problem(code: int, name: str, detail: str, fields: Any) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "status": code, "code": name, "detail": detail}
    if fields:
        body["errors"] = fields
    return Response(body, status=code, content_type="application/problem+json")
