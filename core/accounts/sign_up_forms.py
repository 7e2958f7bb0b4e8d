"""allauth's forms of a sign-up with what they lack, for pages and for the API's auth clients."""

from typing import Any
from uuid import uuid4

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.headless.account.inputs import SignupInput as HeadlessSignupInput
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.accounts.address_field import name_address_errors
from core.accounts.code_limits import find_code_limit
from core.accounts.sign_up import SIGN_UP_PASSWORD_SESSION_KEY, count_sign_up, find_pending_account
from core.accounts.text_bounds import bound_texts
from core.errors import TooManyRequests
from core.models import User


class SecretiveSignupMixin:
    """A sign-up that shows neither by its time nor by an error whether the address has an account.

    A known address costs the same work as a new one: an account is made for it and taken back. The letter says the
    rest. An account that never proved the address is joined: this session gets a code of its own, and the password
    sent here counts once this session has proved the address. So a person who lost the page for the code signs up
    again, and nobody voids the sign-up of another.
    """

    account_already_exists: bool
    cleaned_data: dict[str, Any]

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """Return the new user, or None and the response that a new user would get.

        Raises ImmediateHttpResponse (429) when this network has signed the address up too often.
        """
        email = self.cleaned_data["email"]
        try:
            count_sign_up(request, email, at=timezone.now())
        except TooManyRequests as error:
            raise ImmediateHttpResponse(_refuse_sign_up(request, error.retry_after)) from error
        request.session.pop(SIGN_UP_PASSWORD_SESSION_KEY, None)  # of another address
        pending = find_pending_account(email)
        if pending is not None:
            request.session[SIGN_UP_PASSWORD_SESSION_KEY] = self._rehearse(request).password
            return pending, None
        if self.account_already_exists and not User.objects.filter(email=email.lower()).exists():
            self.account_already_exists = False
        if self.account_already_exists:
            self._rehearse(request)
            known: tuple[AbstractBaseUser | None, HttpResponse | None] = super().try_save(request)  # type: ignore[misc]
            return known
        try:
            with transaction.atomic():
                return self.save(request), None  # type: ignore[attr-defined]
        except IntegrityError as error:
            # The other request writes the letter with the code. One from here would only use up its rate limit.
            raise ImmediateHttpResponse(_refuse_sign_up(request, find_code_limit("sign_up").seconds)) from error

    def _rehearse(self, request: HttpRequest) -> User:
        """Make an account under an address that cannot exist, roll it back, and return it."""
        known_address = self.cleaned_data["email"]
        self.account_already_exists = False
        self.cleaned_data["email"] = f"{uuid4().hex}@sign-up.invalid"
        try:
            with transaction.atomic():
                rehearsed: User = self.save(request)  # type: ignore[attr-defined]
                transaction.set_rollback(True)
        finally:
            self.account_already_exists = True
            self.cleaned_data["email"] = known_address
        return rehearsed


def _refuse_sign_up(request: HttpRequest, seconds: int) -> HttpResponse:
    """Return the 429 of an address that has signed up too often, with the seconds to wait."""
    response: HttpResponse = respond_429(request)
    response["Retry-After"] = str(seconds)
    return response


@bound_texts
@name_address_errors
class SignupForm(SecretiveSignupMixin, account_forms.SignupForm):  # type: ignore[misc]
    """The form of the sign-up page."""


@bound_texts
@name_address_errors
class AddEmailForm(account_forms.AddEmailForm):  # type: ignore[misc]
    """The form of a further address of the account."""


@bound_texts
class SignupInput(SecretiveSignupMixin, HeadlessSignupInput):  # type: ignore[misc]
    """The body of a sign-up in the API. Without a password its user signs in with codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False

    def clean_password(self) -> str:
        """Return the password, judged beside the address, which allauth does only on the page; "" for none."""
        if not self.cleaned_data["password"]:
            return ""
        claimer = User(email=self.cleaned_data.get("email", ""))
        password: str = get_adapter().clean_password(self.cleaned_data["password"], user=claimer)
        return password
