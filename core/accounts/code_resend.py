"""Send the code that a session waits for once more, by the API.

allauth writes no second letter to an address that it must not talk about, so the time of its answer would tell which
addresses have an account. Here each address gets the letter that it got before.
"""

from datetime import datetime
from math import ceil

from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import stash_login
from allauth.account.stages import LoginStage, LoginStageController
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.accounts.code_letters import build_letter_key, count_sign_in_letter
from core.accounts.code_limits import explain_early_resend, find_code_limit
from core.errors import TooManyRequests, WrongState
from core.rate_counters import count_request


def resend_email_code(request: HttpRequest, *, at: datetime) -> None:
    """Mail a new code that proves the address of this session.

    It lives as long as the first one, and has as many guesses. Raises WrongState (the session waits for no code),
    TooManyRequests (too soon after the last letter, or too many of them).
    """
    stage = LoginStageController.enter(request, LoginStageKey.VERIFY_EMAIL.value)
    process = EmailVerificationProcess.resume(request) if stage or request.user.is_authenticated else None
    if process is None:
        raise _no_code_error()
    _count_letter(request, process, at=at)
    process.generate_code()
    process.send()
    _renew(process, at=at)
    if stage is not None:
        _renew_login(request, stage, at=at)


def resend_login_code(request: HttpRequest, *, at: datetime) -> None:
    """Mail a new code that signs this session in. Raises WrongState and TooManyRequests, as `resend_email_code`."""
    stage = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE.value)
    process = LoginCodeVerificationProcess.resume(stage) if stage else None
    if process is None:
        raise _no_code_error()
    _count_letter(request, process, at=at)
    process.send()
    stage.login.initiated_at = at.timestamp()
    _renew(process, at=at)


def _count_letter(request: HttpRequest, process: AbstractCodeVerificationProcess, *, at: datetime) -> None:
    address = str(process.state["email"])
    limit = find_code_limit("resend")
    wait = float(process.state["at"]) + limit.seconds - at.timestamp()
    key = f"resent-code_{build_letter_key(request, address)}"
    # Counted in the table too: requests at once do not see each other's time in the session.
    if wait > 0 or not count_request(key, limit=limit.amount, seconds=limit.seconds, at=at).is_allowed:
        seconds = max(1, ceil(wait)) if wait > 0 else limit.seconds
        raise TooManyRequests(explain_early_resend(), retry_after=seconds)
    count_sign_in_letter(request, address, at=at)


def _renew(process: AbstractCodeVerificationProcess, *, at: datetime) -> None:
    """Store the new code with a time and guesses of its own."""
    process.state["at"] = at.timestamp()
    process.state["failed_attempts"] = 0
    process.persist()


def _renew_login(request: HttpRequest, stage: LoginStage, *, at: datetime) -> None:
    """Have the sign-in wait as long as the new code lives."""
    stage.login.initiated_at = at.timestamp()
    stash_login(request, stage.login)


def _no_code_error() -> WrongState:
    return WrongState(_("This session waits for no code. Sign up, or ask for a code, once more."))
