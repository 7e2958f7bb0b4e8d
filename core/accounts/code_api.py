"""Views of allauth's API clients that we replace: mailed codes that prove an address or sign in."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.headless.account import views as account_views
from allauth.headless.base.response import ConflictResponse, RateLimitResponse
from allauth.headless.base.views import APIView
from allauth.headless.internal.restkit.response import APIResponse
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.accounts.code_forms import EmailCodeInput, LoginCodeInput, LoginCodeRequestInput
from core.accounts.code_resend import resend_email_code, resend_login_code
from core.accounts.wrong_code import explain_last_wrong_code
from core.errors import TooManyRequests, WrongState

CODE_PARAMETERS = ("code", "key")
"""What the field of a mailed code is called in the bodies."""


class LastGuessMixin:
    """A view that compares mailed codes, and says with the last wrong one that the flow is over."""

    process: Any

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the response; a 400 that was the last try says so in place of how to try again."""
        response: HttpResponse = super().handle(request, *args, **kwargs)  # type: ignore[misc]
        process = getattr(self, "process", None)
        is_over = process is not None and process.state.get("failed_attempts", 0) >= process.max_attempts
        if response.status_code != HTTPStatus.BAD_REQUEST or not is_over:
            return response
        body = json.loads(response.content)
        for error in body["errors"]:
            if error.get("param") in CODE_PARAMETERS:
                error["message"] = explain_last_wrong_code()
        response.content = json.dumps(body).encode()
        return response


class OpenEmailCodeView(LastGuessMixin, account_views.VerifyEmailView):  # type: ignore[misc]
    """The proof of an address by a mailed code, which answers 400 where nothing is left to prove."""

    input_class = EmailCodeInput


class ProvenLoginCodeRequestView(account_views.RequestLoginCodeView):  # type: ignore[misc]
    """The request for a code to sign in with, which is sent to proved addresses only."""

    input_class = LoginCodeRequestInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mail the code; 409 for a session that is signed in, as sign-up and the sign-in by password answer."""
        if request.user.is_authenticated:
            refused: HttpResponse = ConflictResponse(request)
            return refused
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class CodeResendView(APIView):  # type: ignore[misc]
    """Base of the views that mail the code of the session once more, to known and unknown addresses alike."""

    handle_json_input = False
    resend_code: Callable[..., None]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return 200; 409 where the session waits for no code, and 429 with the seconds to wait."""
        response: HttpResponse
        try:
            type(self).resend_code(request, at=timezone.now())
        except WrongState:
            response = ConflictResponse(request)
        except TooManyRequests as error:
            response = RateLimitResponse(request)
            response["Retry-After"] = str(error.retry_after)
        else:
            response = APIResponse(request)
        return response


class EmailCodeResendView(CodeResendView):
    """The code that proves an address, once more."""

    resend_code = staticmethod(resend_email_code)


class LoginCodeResendView(CodeResendView):
    """The code to sign in with, once more."""

    resend_code = staticmethod(resend_login_code)


class LoginCodeView(LastGuessMixin, account_views.ConfirmLoginCodeView):  # type: ignore[misc]
    """The sign-in with the code."""

    input_class = LoginCodeInput
