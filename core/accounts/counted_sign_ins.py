"""The part of allauth's adapter that counts sign-ins by password: by address, and by account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from core.accounts.own_password import forget_own_wrong_passwords
from core.models import User

ACCOUNT_LIMIT = "login_failed_account"


class CountedSignInMixin(DefaultAccountAdapter):  # type: ignore[misc]
    """Wrong sign-ins lock an address, and no address tells which others its account has."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a sign-in by its address and by its account. Raises the error of a locked address.

        A locked account raises nothing: it would tell which addresses belong to one account. Its sign-ins fail, at each
        of its addresses, until that address is locked.
        """
        super().pre_authenticate(request, **credentials)
        self._account_usages = [
            ratelimit.consume(request, app="allauth.account", action=ACCOUNT_LIMIT, key=key)
            for key in _list_account_keys(credentials["email"])
        ]

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        for usage in self._account_usages:
            if usage is not None:
                usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Do nothing: allauth would forget the tries at addresses that the account only claims, and others have."""

    def forget_wrong_passwords(self, request: HttpRequest, user: User) -> None:
        """Reset all counts of the account, after a new password by mail."""
        for address in EmailAddress.objects.filter(user=user, verified=True):
            super()._delete_login_attempts_cached_email(request, email=address.email)
        ratelimit.clear(request, app="allauth.account", action=ACCOUNT_LIMIT, key=str(user.pk))
        forget_own_wrong_passwords(request, user)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the user that the credentials name, or None.

        An account that never proved its address answers as for a wrong password. Otherwise a sign-up followed by a
        sign-in would tell whether the address had an account before. Signing up again sends the code again. So does an
        account with too many wrong sign-ins, at any of its addresses.
        """
        user = super().authenticate(request, **credentials)
        if user is None or (self._has_proved_address(user) and None not in self._account_usages):
            return user
        # allauth has taken the count of this attempt back, as of one that succeeded.
        self.pre_authenticate(request, **credentials)
        self.authentication_failed(request, **credentials)
        return None

    def _has_proved_address(self, user: User) -> bool:
        # A reviewer's account is made by the operator, not by a sign-up: its first sign-in proves the address.
        return user.is_staff or EmailAddress.objects.filter(user=user, verified=True).exists()


def _list_account_keys(email: str) -> list[str]:
    """Return the keys of the accounts whose password allauth compares at a sign-in, mostly one.

    An unknown address has a key too, so that it is the same work.
    """
    users = filter_users_by_email(email, prefer_verified=True, for_login=True)
    return [str(user.pk) for user in users] or [email.lower()]
