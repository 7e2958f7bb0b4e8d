"""Middleware that gives refusals of sign-up and sign-in a text, where allauth answers with a status alone."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from core.accounts.code_limits import explain_early_resend
from core.waits import explain_too_many_requests

AUTH_PREFIX = "/api/v1/auth/"
REFUSAL_CODES = {
    HTTPStatus.FORBIDDEN: "too_early",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
}
"""By status: the code of the error in `errors`."""


class AuthTextMiddleware(MiddlewareMixin):
    """Add `errors` with one error to answers that hold nothing but the status of a refusal."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response, with a sentence for the user where it had none."""
        is_json = response.headers.get("Content-Type", "") == "application/json"
        if response.status_code not in REFUSAL_CODES or not is_json or not request.path_info.startswith(AUTH_PREFIX):
            return response
        body = json.loads(response.content)
        if not body.get("errors"):
            code = REFUSAL_CODES[HTTPStatus(response.status_code)]
            error = {"message": _explain_refusal(response), "code": code}
            response.content = json.dumps(body | {"errors": [error]}).encode()
        return response


def _explain_refusal(response: HttpResponse) -> str:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return explain_too_many_requests(int(response.headers.get("Retry-After", 1)))
    if response.status_code == HTTPStatus.CONFLICT:
        return _("This does not fit now: you are signed in already, or nothing of this kind has begun. Begin again.")
    return explain_early_resend()
