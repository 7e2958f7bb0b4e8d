"""allauth's forms with what they lack, for pages and for the API's auth clients."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.headless.account.inputs import ConfirmLoginCodeInput as HeadlessLoginCodeInput
from allauth.headless.account.inputs import LoginInput as HeadlessLoginInput
from allauth.headless.account.inputs import RequestLoginCodeInput as HeadlessLoginCodeRequestInput
from allauth.headless.account.inputs import RequestPasswordResetInput as HeadlessPasswordResetRequestInput
from allauth.headless.account.inputs import SignupInput as HeadlessSignupInput
from allauth.headless.account.inputs import VerifyEmailInput as HeadlessVerifyEmailInput
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.accounts.code_letters import CODE_LIMIT, count_letter, explain_too_many_letters, find_wait_seconds
from core.accounts.code_limits import find_code_limit
from core.accounts.sign_up import (
    SIGN_UP_PASSWORD_SESSION_KEY,
    count_sign_up,
    find_pending_account,
    is_still_to_prove,
)
from core.email_addresses import fold_address
from core.errors import TooManyRequests
from core.models import User
from core.one_line_texts import keep_forms_on_one_line


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


class OpenEmailCodeMixin:
    """A mailed code that is right proves nothing any more when its account is gone, or proved by another session."""

    def require_open(self, user: User | None, email: str) -> None:
        """Raise ValidationError, as for a wrong code, when nothing is left to prove."""
        if not is_still_to_prove(user, email):
            raise get_adapter().validation_error("incorrect_code")


def count_code_letter(address: str) -> None:
    """Count a letter with a code to sign in. Raises ValidationError, or the API's answer, for one too many."""
    try:
        count_letter(context.request, "sign-in", address, at=timezone.now())
    except TooManyRequests as error:
        try:
            limited = get_adapter().validation_error("too_many_login_attempts")
        except ImmediateHttpResponse as refusal:  # in the API
            refusal.response["Retry-After"] = str(error.retry_after)
            raise
        raise ValidationError(error.message, code=limited.code) from error


class ProvenAddressMixin:
    """A request for a code to sign in with, which is sent to proved addresses only.

    A code to an address that was only claimed would prove it for the account of the claimer, whose password would then
    open it. Such an address gets the letter for an unknown one, which leads to the sign-up.
    """

    _user: User | None
    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        """Return the address. Raises ValidationError, in the API ImmediateHttpResponse (429), after too many codes."""
        self.cleaned_data["email"] = address = fold_address(self.cleaned_data["email"])
        count_code_letter(address)
        try:
            email: str = super().clean_email()  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise ValidationError(explain_too_many_letters(context.request, address)[0], code=error.code) from error
        except ImmediateHttpResponse as error:
            # The adapter's answer in the API, which names the time of a locked address.
            error.response["Retry-After"] = str(find_wait_seconds(context.request, CODE_LIMIT, address))
            raise
        # Asked for every address, so that the time does not tell which has an account.
        is_proven = EmailAddress.objects.filter(email=email.lower(), verified=True).exists()
        if not is_proven and not (self._user is not None and self._user.is_staff):
            self._user = None
        return email


class FoldedResetMixin:
    """A request for a new password, which finds the account however its domain is written.

    The letter goes to the address in its one form: mail servers of another kind would look the domain up as another.
    """

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        """Return the address in its one form. Raises ImmediateHttpResponse (429) for a letter too many."""
        self.cleaned_data["email"] = address = fold_address(self.cleaned_data["email"])
        try:
            count_letter(context.request, "reset", address, at=timezone.now())
        except TooManyRequests as error:
            response = respond_429(context.request)
            response["Retry-After"] = str(error.retry_after)
            raise ImmediateHttpResponse(response) from error
        email: str = super().clean_email()  # type: ignore[misc]
        return email


MAX_PASSWORD_LENGTH = 128
MAX_ACCOUNT_TEXT_LENGTH = 254


def bound_texts(form: type[Any]) -> type[Any]:
    """Give each text of the form that has no bound one, so that no caller makes us hash or compare a book."""
    for name, field in form.base_fields.items():
        if isinstance(field, forms.CharField) and field.max_length is None:
            field = deepcopy(field)
            field.max_length = MAX_PASSWORD_LENGTH if "password" in name else MAX_ACCOUNT_TEXT_LENGTH
            field.validators = [*field.validators, MaxLengthValidator(field.max_length)]
            form.base_fields[name] = field
    keep_forms_on_one_line(form.base_fields)
    return form


@bound_texts
class LoginForm(account_forms.LoginForm):  # type: ignore[misc]
    """The form of the sign-in page, on which the link to a new password stands below the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].error_messages["required"] = _("Write your address.")
        self.fields["password"].error_messages["required"] = _("Type your password, or have a code sent.")
        if "remember" in self.fields:
            self.fields["remember"].label = _("Keep me signed in on this device")

    def clean_login(self) -> str:
        """Return the address in its one form."""
        login: str = super().clean_login()
        return fold_address(login)


@bound_texts
class LoginInput(HeadlessLoginInput):  # type: ignore[misc]
    """The body of a sign-in in the API."""

    def clean_email(self) -> str:
        """Return the address in its one form."""
        return fold_address(self.cleaned_data["email"])


@bound_texts
class SignupForm(SecretiveSignupMixin, account_forms.SignupForm):  # type: ignore[misc]
    """The form of the sign-up page."""


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


def show_digits(form: type[Any]) -> type[Any]:
    """Have phones show digits for the field of a code, and offer the code of the letter."""
    form.base_fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
    return form


@bound_texts
class PasswordResetForm(FoldedResetMixin, account_forms.ResetPasswordForm):  # type: ignore[misc]
    """The form that asks for a new password."""


@bound_texts
class PasswordResetRequestInput(FoldedResetMixin, HeadlessPasswordResetRequestInput):  # type: ignore[misc]
    """The body that asks for a new password in the API."""


@bound_texts
class LoginCodeRequestForm(ProvenAddressMixin, account_forms.RequestLoginCodeForm):  # type: ignore[misc]
    """The form that asks for a code to sign in with. The sign-in page sends the address that was typed there."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and "login" in data and "email" not in data:
            data = QueryDict(urlencode({"email": data["login"]}))
            if not data["email"].strip():
                data = kwargs["files"] = None  # the page asks for the address, and complains of nothing
        super().__init__(data, **kwargs)


@bound_texts
class LoginCodeRequestInput(ProvenAddressMixin, HeadlessLoginCodeRequestInput):  # type: ignore[misc]
    """The body that asks for a code in the API."""


@show_digits
@bound_texts
class LoginCodeForm(account_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The form that takes the code."""


@bound_texts
class LoginCodeInput(HeadlessLoginCodeInput):  # type: ignore[misc]
    """The body with the code in the API."""


@bound_texts
class EmailCodeForm(OpenEmailCodeMixin, account_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The form that takes a mailed code."""

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError."""
        code: str = super().clean_code()
        self.require_open(self.user, self.email)
        return code


@bound_texts
class EmailCodeInput(OpenEmailCodeMixin, HeadlessVerifyEmailInput):  # type: ignore[misc]
    """The body with a mailed code in the API."""

    def clean_key(self) -> str:
        """Return the code. Raises ValidationError."""
        key: str = super().clean_key()
        if self.process is not None:
            self.require_open(self.process.user, self.process.email)
        return key
