"""Sign up, or sign in, with an address and a code that is mailed to it: without a password, and without a difference.

An address that has no account gets one when its code is typed in, and not before. So nothing that happens until then
tells whether the address is known: the same page, the same work, one letter. Only the letter says which it is.
"""

import hashlib
from datetime import datetime

from allauth.account import signals
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.code_letters import build_letter_key, count_sign_in_letter
from core.accounts.code_limits import explain_early_resend, find_code_limit
from core.accounts.queries import list_unproved_accounts
from core.accounts.sign_up_code_process import CODE_SESSION_KEY, SignUpCodeProcess
from core.accounts.wrong_code import explain_wrong_code
from core.email_addresses import normalize_address
from core.errors import Invalid, TooManyRequests
from core.models import User
from core.rate_counters import count_request


def send_sign_up_code(request: HttpRequest, *, email: str, at: datetime) -> str:
    """Mail a code to an address, known or not, which the session then waits for; return the address as it is stored.

    Raises Invalid (no address), TooManyRequests (too many codes, or one within the last half-minute).
    """
    address = normalize_address(email)
    _count_letter(request, address, at=at)
    process = SignUpCodeProcess(request, SignUpCodeProcess.initial_state(None, email=address))
    process.state["at"] = at.timestamp()
    process.send()
    process.persist()
    return address


def confirm_sign_up_code(request: HttpRequest, *, code: str, redirect_url: str, at: datetime) -> HttpResponse:
    """Sign the session in with the code that it waits for, and return the redirect; a new address gets its account.

    An account with a second factor is asked for it first. Raises Invalid (the code is wrong, too old or of another
    session), TooManyRequests (too many guesses at this code).
    """
    process = _find_process(request)
    if process is None or at.timestamp() - float(str(process.state["at"])) > process.timeout:
        raise _wrong_code_error()
    email = str(process.state["email"])
    _count_guess(process, at=at)
    if not constant_time_compare(_fold_code(code), _fold_code(process.code)):
        raise _wrong_code_error()
    process.abort()
    user, is_new = _find_or_create_account(email)
    if is_new:
        signals.user_signed_up.send(sender=User, request=request, user=user)  # which records the code
    else:
        record_authentication(request, user, method="code", email=email)
    response: HttpResponse = perform_login(request, Login(user=user, email=email, redirect_url=redirect_url))
    return response


def _find_process(request: HttpRequest) -> SignUpCodeProcess | None:
    state = request.session.get(CODE_SESSION_KEY)
    return SignUpCodeProcess(request, state) if state else None


def _count_letter(request: HttpRequest, address: str, *, at: datetime) -> None:
    """Count a letter before anything is known of the address; the limits are those of signing in by code."""
    key = f"sign-up-code_{build_letter_key(request, address)}"
    limit = find_code_limit("resend")
    if not count_request(key, limit=limit.amount, seconds=limit.seconds, at=at).is_allowed:
        raise TooManyRequests(explain_early_resend(), retry_after=limit.seconds, field="email")
    count_sign_in_letter(request, address, at=at)


def _count_guess(process: SignUpCodeProcess, *, at: datetime) -> None:
    # Counted in the table and before the comparison: guesses at once do not see each other's count in the session.
    key = f"sign-up-guess_{_digest(repr((process.state['at'], process.state['email'], process.code)))}"
    if not count_request(key, limit=settings.SIGN_UP_CODE_GUESSES, seconds=process.timeout, at=at).is_allowed:
        raise TooManyRequests(
            _("That were too many tries. Have a new code sent, and type that one in."),
            retry_after=find_code_limit("resend").seconds,
            field="code",
        )


def _find_or_create_account(email: str) -> tuple[User, bool]:
    """Return the account of a proved address, and whether it was made now.

    Accounts that only claimed the address and were never used give way: their password is their claimer's.
    """
    for _attempt in range(2):
        proved = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
        if proved is not None:
            return proved.user, False
        try:
            with transaction.atomic():
                _list_claiming_accounts(email).delete()
                return _prove_or_create(email)
        except IntegrityError:  # another session proved the address at this moment
            continue
    raise _wrong_code_error()


def _list_claiming_accounts(email: str) -> QuerySet[User]:
    """Return the accounts that only claim this address."""
    claimed = list_unproved_accounts().filter(emailaddress__email=email)
    return User.objects.filter(pk__in=claimed.values("pk"))


def _prove_or_create(email: str) -> tuple[User, bool]:
    # An account that the operator made, such as a reviewer's, has proved its address by this code.
    user = User.objects.filter(email=email).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(email, None, language=get_language() or "en")
    has_other = EmailAddress.objects.filter(user=user, primary=True).exclude(email=email).exists()
    proof = {"verified": True, "primary": not has_other}
    EmailAddress.objects.update_or_create(user=user, email=email, defaults=proof)
    return user, is_new


def _wrong_code_error() -> Invalid:
    return Invalid(explain_wrong_code(), field="code")


def _fold_code(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
