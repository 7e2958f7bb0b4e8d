"""Views of allauth's API clients that we replace. `urlpatterns` goes before allauth's own."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.headless.account import views as account_views
from allauth.headless.account.inputs import ResetPasswordKeyInput
from allauth.headless.base.response import ConflictResponse, RateLimitResponse, ReauthenticationResponse
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.response import APIResponse, ErrorResponse
from allauth.headless.mfa import views as mfa_views
from allauth.headless.mfa.inputs import DeleteWebAuthnInput, UpdateWebAuthnInput
from allauth.headless.mfa.response import TOTPNotFoundResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from core.accounts.code_letters import find_wait_seconds
from core.accounts.code_resend import resend_email_code, resend_login_code
from core.accounts.factor_forms import ActivateTOTPInput, FactorInput, FactorReauthenticationInput
from core.accounts.forms import (
    EmailCodeInput,
    LoginCodeInput,
    LoginCodeRequestInput,
    LoginInput,
    PasswordResetRequestInput,
    SignupInput,
)
from core.accounts.mfa import list_authenticators
from core.accounts.passkey_views import OnePasskeyAtATimeMixin
from core.accounts.passkeys import (
    AddPasskeyInput,
    PasskeyInput,
    PasskeyLoginInput,
    PasskeyReauthenticationInput,
)
from core.accounts.password_change import PasswordChangeInput
from core.accounts.pending_totp import find_pending_secret, store_pending_secret
from core.accounts.reauthentication import PASSWORD_REAUTHENTICATION
from core.accounts.reset_codes import claim_reset_code
from core.api.current_user import get_current_user
from core.errors import TooManyRequests, WrongState
from core.models import User


class SecretiveSignupView(account_views.SignupView):  # type: ignore[misc]
    """Sign-up that takes as long for a known address as for a new one."""

    input_class = {"POST": SignupInput}


class FoldedLoginView(account_views.LoginView):  # type: ignore[misc]
    """The sign-in with a password, which finds the account however its domain is written."""

    input_class = LoginInput


class OpenEmailCodeView(account_views.VerifyEmailView):  # type: ignore[misc]
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


class LoginCodeView(account_views.ConfirmLoginCodeView):  # type: ignore[misc]
    """The sign-in with the code."""

    input_class = LoginCodeInput


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


class SecretivePasswordResetView(account_views.ResetPasswordView):  # type: ignore[misc]
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


class PendingTOTPView(mfa_views.ManageTOTPView):  # type: ignore[misc]
    """The authenticator app of the user. A pending secret is shown again for some minutes."""

    input_class = {"POST": ActivateTOTPInput}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the app, or a secret to set one up.

        Raises ReauthenticationRequired: a session alone must not read a secret that its user is about to confirm.
        """
        if self._get_authenticator() is None:
            raise_if_reauthentication_required(request, app="allauth.mfa")
        session, at = request.session, timezone.now()
        pending = find_pending_secret(session, at=at)
        response: HttpResponse = super().get(request, *args, **kwargs)
        if not isinstance(response, TOTPNotFoundResponse):
            return response
        # allauth has just put a new secret into the session.
        secret = store_pending_secret(session, pending or session[SECRET_SESSION_KEY], at=at)
        url = get_adapter().build_totp_url(get_current_user(request), secret)
        offered: HttpResponse = TOTPNotFoundResponse(request, secret, url)
        return offered


class FactorView(mfa_views.AuthenticateView):  # type: ignore[misc]
    """The code of a second factor at a sign-in, of bounded length."""

    input_class = FactorInput


class FactorReauthenticationView(mfa_views.ReauthenticateView):  # type: ignore[misc]
    """The code of a second factor once more, of bounded length."""

    input_class = FactorReauthenticationInput


class PasskeysView(OnePasskeyAtATimeMixin, mfa_views.ManageWebAuthnView):  # type: ignore[misc]
    """The passkeys of the user, a bounded number."""

    input_class = {"POST": AddPasskeyInput, "PUT": UpdateWebAuthnInput, "DELETE": DeleteWebAuthnInput}


class PasskeyView(mfa_views.AuthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey after the password."""

    input_class = {"POST": PasskeyInput}


class PasskeyReauthenticationView(mfa_views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more."""

    input_class = {"POST": PasskeyReauthenticationInput}


class PasskeyLoginView(mfa_views.LoginWebAuthnView):  # type: ignore[misc]
    """The sign-in by passkey alone."""

    input_class = {"POST": PasskeyLoginInput}


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
