"""Views of allauth's API clients that we replace: sign-up, and what a password does. `urlpatterns` has all of ours."""

from http import HTTPStatus
from typing import Any

from allauth.headless.account import views as account_views
from allauth.headless.account.inputs import ResetPasswordKeyInput
from allauth.headless.base.response import ConflictResponse, ReauthenticationResponse
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.response import ErrorResponse
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from core.accounts.code_api import (
    EmailCodeResendView,
    LastGuessMixin,
    LoginCodeResendView,
    LoginCodeView,
    OpenEmailCodeView,
    ProvenLoginCodeRequestView,
)
from core.accounts.code_letters import find_wait_seconds
from core.accounts.factor_api import (
    FactorReauthenticationView,
    FactorView,
    PasskeyLoginView,
    PasskeyReauthenticationView,
    PasskeysView,
    PasskeyView,
    PendingTOTPView,
)
from core.accounts.mfa import list_authenticators
from core.accounts.password_change import PasswordChangeInput
from core.accounts.password_forms import LoginInput, PasswordResetRequestInput
from core.accounts.reauthentication import PASSWORD_REAUTHENTICATION
from core.accounts.reset_codes import claim_reset_code
from core.accounts.sign_up_forms import SignupInput
from core.api.current_user import get_current_user
from core.models import User


class SecretiveSignupView(account_views.SignupView):  # type: ignore[misc]
    """Sign-up that takes as long for a known address as for a new one."""

    input_class = {"POST": SignupInput}


class FoldedLoginView(account_views.LoginView):  # type: ignore[misc]
    """The sign-in with a password, which finds the account however its domain is written."""

    input_class = LoginInput


class FoldedPasswordResetRequestView(account_views.RequestPasswordResetView):  # type: ignore[misc]
    """The request for a new password, which finds the account however its domain is written."""

    input_class = PasswordResetRequestInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mail the code; 429 says how long an address has to wait."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            address = self.input.cleaned_data["email"]
            response["Retry-After"] = str(find_wait_seconds(request, "reset_password", address))
        return response


class CountedPasswordChangeView(account_views.ChangePasswordView):  # type: ignore[misc]
    """The change of a password, which counts wrong ones."""

    input_class = PasswordChangeInput


class StrongReauthenticateResponse(ReauthenticationResponse):  # type: ignore[misc]
    """The answer that asks for the second factor, and for nothing weaker."""

    def _get_flows(self, request: HttpRequest, user: User) -> list[dict[str, Any]]:
        flows: list[dict[str, Any]] = super()._get_flows(request, user)
        return [flow for flow in flows if flow["id"] != PASSWORD_REAUTHENTICATION]


class StrongReauthenticateView(account_views.ReauthenticateView):  # type: ignore[misc]
    """The proof by password, which is none for a user with a second factor."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask a user with a second factor for that, before the password is looked at."""
        if list_authenticators(get_current_user(request)).exists():
            refused: HttpResponse = StrongReauthenticateResponse(request)
            return refused
        response: HttpResponse = super().handle(request, *args, **kwargs)
        return response


class SecretivePasswordResetView(LastGuessMixin, account_views.ResetPasswordView):  # type: ignore[misc]
    """A new password by a mailed code, answered alike for an address without an account.

    allauth ends the process after some wrong codes for a known address only, and judges the password only there.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return whether the code is right; for an unknown address none is."""
        if self.process is None or self.process.user is not None:
            checked: HttpResponse = super().get(request, *args, **kwargs)
            return checked
        sent = ResetPasswordKeyInput({"key": request.headers.get("X-Password-Reset-Key", "")}, code=self.process.code)
        sent.is_valid()
        self.process.record_invalid_attempt()
        refused: HttpResponse = ErrorResponse(request, input=sent)
        return refused

    def get_input_kwargs(self) -> dict[str, Any]:
        """Return the code and the user; for an unknown address an unsaved user, so that the password is judged too."""
        options: dict[str, Any] = super().get_input_kwargs()
        if self.process is not None and options.get("user") is None:
            options["user"] = User(email=self.process.state["email"])
        return options

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the password; a code that was used meanwhile is answered as one that is over."""
        if self.process is not None and not claim_reset_code(self.process.state):
            used: HttpResponse = ConflictResponse(request)
            return used
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


def refuse_phone(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Raise Http404: accounts have no telephone numbers, and allauth's views would answer 500."""
    raise Http404


def _list_patterns() -> list[Any]:
    routes: dict[str, Any] = {
        "auth/signup": SecretiveSignupView,
        "auth/login": FoldedLoginView,
        "auth/email/verify": OpenEmailCodeView,
        "auth/email/verify/resend": EmailCodeResendView,
        "auth/code/resend": LoginCodeResendView,
        "auth/code/request": ProvenLoginCodeRequestView,
        "auth/code/confirm": LoginCodeView,
        "auth/password/request": FoldedPasswordResetRequestView,
        "auth/reauthenticate": StrongReauthenticateView,
        "auth/password/reset": SecretivePasswordResetView,
        "account/password/change": CountedPasswordChangeView,
        "account/authenticators/totp": PendingTOTPView,
        "auth/2fa/authenticate": FactorView,
        "auth/2fa/reauthenticate": FactorReauthenticationView,
        "account/authenticators/webauthn": PasskeysView,
        "auth/webauthn/authenticate": PasskeyView,
        "auth/webauthn/reauthenticate": PasskeyReauthenticationView,
        "auth/webauthn/login": PasskeyLoginView,
    }
    closed = ("account/phone", "auth/phone/verify", "auth/phone/verify/resend")
    patterns = [
        path(f"{client.value}/v1/{route}", view.as_api_view(client=client), name=f"{client.value}-{route}")
        for client in Client
        for route, view in routes.items()
    ]
    patterns += [
        path(f"{client.value}/v1/{route}", login_not_required(csrf_exempt(refuse_phone)))
        for client in Client
        for route in closed
    ]
    return patterns


urlpatterns = _list_patterns()
