"""Views of allauth's API clients that we replace: the second factors, and passkeys."""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.headless.mfa import views as mfa_views
from allauth.headless.mfa.inputs import DeleteWebAuthnInput, UpdateWebAuthnInput
from allauth.headless.mfa.response import TOTPNotFoundResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.accounts.factor_forms import ActivateTOTPInput, FactorInput, FactorReauthenticationInput
from core.accounts.passkey_forms import AddPasskeyInput, PasskeyInput, PasskeyLoginInput, PasskeyReauthenticationInput
from core.accounts.passkey_views import OnePasskeyAtATimeMixin
from core.accounts.pending_totp import find_pending_secret, store_pending_secret
from core.api.current_user import get_current_user


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
