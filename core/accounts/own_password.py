"""The password of somebody who is signed in, asked for once more."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from core.accounts.adapter import LOGIN_LOCK_SECONDS
from core.errors import TooManyRequests
from core.models import User


def is_own_password(request: HttpRequest, user: User, password: str) -> bool:
    """Return whether the password is the user's. A wrong one counts as a sign-in that failed.

    So one limit holds for all places that ask for a password: a stolen session gives no tries of its own. Raises
    TooManyRequests after too many wrong ones; in allauth's API it is ImmediateHttpResponse (429).
    """
    if not password:
        return False
    try:
        return bool(get_adapter(request).authenticate(request, email=user.email, password=password) == user)
    except ValidationError as error:
        raise TooManyRequests(str(error.message), retry_after=LOGIN_LOCK_SECONDS, field="password") from error
