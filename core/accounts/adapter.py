"""The adapter of allauth, which does sign-up and sign-in."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.internal.httpkit import is_headless_request
from allauth.headless.base.response import ConflictResponse, RateLimitResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.accounts.account_letters import AccountLetterMixin
from core.accounts.code_limits import find_longest_window
from core.accounts.counted_sign_ins import CountedSignInMixin
from core.accounts.factor_texts import WAYS_TO_CONFIRM
from core.accounts.mfa import list_authenticators
from core.accounts.own_password import TOO_MANY_OWN_PASSWORDS, is_own_password
from core.accounts.queries import list_unproved_accounts
from core.accounts.reauthentication import PASSWORD_REAUTHENTICATION, has_authenticated_recently
from core.accounts.sign_up import SIGN_UP_PASSWORD_SESSION_KEY
from core.accounts.wrong_code import explain_wrong_code
from core.client_address import find_client_network
from core.email_addresses import normalize_address
from core.errors import Invalid, TooManyRequests
from core.models import User
from core.notifications.bounces import clear_bounce
from core.waits import describe_wait

LOGIN_LOCK_SECONDS = find_longest_window("login_failed")
"""For how long an address is locked at most: the longest window of the limit `login_failed`."""
PASSKEY_REAUTHENTICATION = "mfa_reauthenticate:webauthn"
"""allauth's name of the way to show once more, by passkey, that it is you."""
_RATE_LIMIT_CODES = ("too_many_login_attempts", "too_many_own_passwords")


def _explain_lock() -> str:
    wait = describe_wait(LOGIN_LOCK_SECONDS)
    return gettext("Too many tries. Wait %(wait)s, or choose a new password.") % {"wait": wait}


def _explain_too_many_factors() -> str:
    wait = describe_wait(LOGIN_LOCK_SECONDS)
    return gettext("Too many wrong codes or keys. Wait %(wait)s, then try again.") % {"wait": wait}


class AccountAdapter(CountedSignInMixin, AccountLetterMixin):
    """allauth's adapter, with mail that does not name the site: an account must not give away its owner's politics."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": lazy(explain_wrong_code, str)(),
        "email_password_mismatch": _("The address or the password isn’t right. Look at both, or have a code sent."),
        "too_many_login_attempts": lazy(_explain_lock, str)(),
        "too_many_own_passwords": TOO_MANY_OWN_PASSWORDS,
        "too_many_factors": lazy(_explain_too_many_factors, str)(),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Return the new user, whose letters are in the language in which they signed up."""
        user.language = get_language() or user.language
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def validation_error(self, code: str, *arguments: Any) -> ValidationError:
        """Return the error with this code; raises ImmediateHttpResponse (429) after too many tries by the API."""
        request = self.request
        if code in _RATE_LIMIT_CODES and request is not None and is_headless_request(request):
            response = RateLimitResponse(request)
            response["Retry-After"] = str(LOGIN_LOCK_SECONDS)
            raise ImmediateHttpResponse(response)
        error: ValidationError = super().validation_error(code, *arguments)
        return error

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address or the network that the rate limits count, as those of the API do."""
        return find_client_network(super().get_client_ip(request))

    def is_safe_url(self, url: str) -> bool:
        """Return whether a page may lead to this address; never to one that cannot be read."""
        try:
            is_safe: bool = super().is_safe_url(url)
        except ValueError:  # such as of "http://[", which is no address
            return False
        return is_safe

    def reauthenticate(self, user: User, password: str) -> bool:
        """Return whether the password is that of a user who is signed in. Raises the error of too many wrong ones."""
        try:
            return is_own_password(context.request, user, password)
        except TooManyRequests as error:
            raise self.validation_error("too_many_own_passwords") from error

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in. `user` was read before its address was proved, which may have changed the password."""
        if request.session.pop(SIGN_UP_PASSWORD_SESSION_KEY, None):
            user.refresh_from_db(fields=["password"])
        super().login(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send users to the first page of their role, which the pages know; `next` comes before it."""
        user: Any = request.user
        find_address: Callable[[User], str] = import_string(settings.SIGNED_IN_ADDRESS_FINDER)
        return find_address(user) if isinstance(user, User) else "/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether the user must authenticate again before a change of how the account is signed in to.

        allauth counts only a fresh proof. A sign-in or a sign-up of the last minutes is as good. Raises
        ReauthenticationRequired for a user with a second factor: allauth would be content with the password.
        """
        request = self.request
        if request is None or not isinstance(request.user, User):
            return True
        if has_authenticated_recently(request.session, request.user, at=timezone.now()):
            return False
        if list_authenticators(request.user).exists():
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Return the ways to authenticate again, in our words.

        For a user with a second factor the password is none of them, and a passkey comes first. On pages, a user with
        neither signs in once more, with a mailed code: in an app that is a sign-in like any other.
        """
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        methods = [method | {"description": WAYS_TO_CONFIRM[method["id"]]} for method in found]
        if not methods and isinstance(user, User) and not is_headless_request(self.request):
            way = "sign-in-again"
            return [{"id": way, "url": reverse(way), "description": WAYS_TO_CONFIRM[way]}]
        if not isinstance(user, User) or not list_authenticators(user).exists():
            return methods
        factors = [method for method in methods if method["id"] != PASSWORD_REAUTHENTICATION]
        return sorted(factors, key=lambda method: method["id"] != PASSKEY_REAUTHENTICATION)

    def clean_email(self, email: str) -> str:
        """Return an address in the form in which addresses are compared. Raises ValidationError."""
        try:
            return normalize_address(super().clean_email(email))
        except Invalid as error:
            raise ValidationError(error.message) from error

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark an address as proved, and return whether it is.

        Accounts that only claimed the address and were never used give way to the account that proved it. An address
        that another account proves at the same moment is refused; ImmediateHttpResponse (409) says so in the API.
        """
        claimed = list_unproved_accounts().filter(email=email_address.email).exclude(pk=email_address.user_id)
        try:
            with transaction.atomic():
                User.objects.filter(pk__in=claimed.values("pk")).delete()
                is_proved = bool(super().confirm_email(request, email_address))
                password = request.session.get(SIGN_UP_PASSWORD_SESSION_KEY)
                if is_proved and password and not request.user.is_authenticated:
                    User.objects.filter(pk=email_address.user_id).update(password=password)
        except IntegrityError:
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            is_proved = False
        if is_proved:
            clear_bounce(email_address.email, at=timezone.now())
        if not is_proved and is_headless_request(request):
            # allauth's own view would answer 500.
            raise ImmediateHttpResponse(ConflictResponse(request))
        return is_proved
