"""The code that a session waits for, to sign up or in."""

from datetime import datetime

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest

from core.accounts.code_limits import find_code_limit

CODE_SESSION_KEY = "core.accounts.code_sign_up"


class SignUpCodeProcess(AbstractCodeVerificationProcess):  # type: ignore[misc]
    """The code that a session waits for, as allauth keeps its own: in the session, and for as long."""

    def __init__(self, request: HttpRequest, state: dict[str, object]) -> None:
        self.request = request
        super().__init__(settings.SIGN_UP_CODE_GUESSES, app_settings.LOGIN_BY_CODE_TIMEOUT, state)

    def persist(self) -> None:
        """Keep the code in the session."""
        self.request.session[CODE_SESSION_KEY] = self.state

    def abort(self) -> None:
        """Forget the code and the address."""
        self.request.session.pop(CODE_SESSION_KEY, None)

    def send(self) -> None:
        """Have a new code mailed."""
        email = str(self.state["email"])
        self.state["code"] = get_adapter().generate_login_code()
        is_known = EmailAddress.objects.filter(email=email, verified=True).exists()
        letter = "account/email/login_code" if is_known else "account/email/sign_up_code"
        get_adapter().send_mail(letter, email, {"request": self.request, "code": self.state["code"]})


def find_code_address(request: HttpRequest) -> str | None:
    """Return the address to which the code of this session was sent; None without one."""
    state = request.session.get(CODE_SESSION_KEY)
    return str(state["email"]) if state else None


def seconds_until_resend(request: HttpRequest, *, at: datetime) -> int:
    """Return in how many seconds this session may have a new code sent."""
    state = request.session.get(CODE_SESSION_KEY)
    return max(0, round(state["at"] + find_code_limit("resend").seconds - at.timestamp())) if state else 0
