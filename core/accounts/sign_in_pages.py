"""The pages on which a sign-in begins. A code that went to a wrong address does not stand in the way of another one."""

from typing import Any

from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.account.views import LoginView, RequestLoginCodeView
from django.http import HttpRequest, HttpResponseRedirect

_WAITS_FOR_CODE = {LoginStageKey.LOGIN_BY_CODE.value, LoginStageKey.VERIFY_EMAIL.value}


_FILLED_IN_KEY = "email_of_next_code"


def fill_in_email(request: HttpRequest, email: str) -> None:
    """Have the next page that sends a code show this address, once. It stands in the session, and in no link."""
    request.session[_FILLED_IN_KEY] = email


class BeginAgainMixin:
    """Show the page also while a code is awaited, where allauth leads to the code; a second factor still comes first.

    Nothing is forgotten by looking. The next address that is sent replaces the last one.
    """

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        if stage.key not in _WAITS_FOR_CODE:
            redirect: HttpResponseRedirect | None = super()._redirect_to_pending_stage(  # type: ignore[misc]
                request, stage
            )
            return redirect
        if request.method == "POST":
            clear_login(request)
        return None


class SignInView(BeginAgainMixin, LoginView):  # type: ignore[misc]
    """The page with every way to sign in."""


class SendCodeView(BeginAgainMixin, RequestLoginCodeView):  # type: ignore[misc]
    """The page that sends a code to sign in."""

    def get_initial(self) -> dict[str, Any]:
        """Return the address of a person who was signed out just now to sign in once more."""
        initial: dict[str, Any] = super().get_initial()
        email = self.request.session.pop(_FILLED_IN_KEY, "")
        return initial | {"email": email} if email else initial
