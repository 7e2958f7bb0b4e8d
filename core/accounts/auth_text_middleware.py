"""Middleware that gives refusals of sign-up and sign-in a text, where allauth answers with a status alone."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from core.accounts.code_limits import explain_early_resend
from core.waits import explain_too_many_requests

AUTH_PREFIX = "/api/v1/auth/"
APP_PREFIX = f"{AUTH_PREFIX}app/"
REFUSAL_CODES = {
    HTTPStatus.FORBIDDEN: "too_early",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
}
"""By status: the code of the error in `errors`."""


class AuthTextMiddleware(MiddlewareMixin):
    """Add `errors` with one error to answers that hold nothing but the status of a refusal.

    An app finds its token in each answer that says how to go on, also where allauth leaves out the one that was sent.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response, with a sentence for the user where it had none, or with the app's token."""
        is_json = response.headers.get("Content-Type", "") == "application/json"
        if not is_json or not request.path_info.startswith(AUTH_PREFIX):
            return response
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            return _repeat_token(request, response)
        if response.status_code not in REFUSAL_CODES:
            return response
        body = json.loads(response.content)
        if not body.get("errors"):
            code = REFUSAL_CODES[HTTPStatus(response.status_code)]
            error = {"message": _explain_refusal(response), "code": code}
            response.content = json.dumps(body | {"errors": [error]}).encode()
        return response


def _repeat_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    token = request.headers.get("X-Session-Token")
    if not token or not request.path_info.startswith(APP_PREFIX):
        return response
    body = json.loads(response.content)
    if any(flow.get("is_pending") for flow in body.get("data", {}).get("flows", ())):
        body["meta"] = {"session_token": token} | body["meta"]
        response.content = json.dumps(body).encode()
    return response


def _explain_refusal(response: HttpResponse) -> str:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return explain_too_many_requests(int(response.headers.get("Retry-After", 1)))
    if response.status_code == HTTPStatus.CONFLICT:
        return _("This does not fit now: you are signed in already, or nothing of this kind has begun. Begin again.")
    return explain_early_resend()
