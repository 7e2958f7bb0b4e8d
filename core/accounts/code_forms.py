"""allauth's forms of mailed codes with what they lack, for pages and for the API's auth clients."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account.inputs import ConfirmLoginCodeInput as HeadlessLoginCodeInput
from allauth.headless.account.inputs import RequestLoginCodeInput as HeadlessLoginCodeRequestInput
from allauth.headless.account.inputs import VerifyEmailInput as HeadlessVerifyEmailInput
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from core.accounts.address_field import name_address_errors
from core.accounts.code_letters import CODE_LIMIT, count_letter, explain_too_many_letters, find_wait_seconds
from core.accounts.sign_up import is_still_to_prove
from core.accounts.text_bounds import bound_texts
from core.email_addresses import fold_address
from core.errors import TooManyRequests
from core.models import User


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


def show_digits(form: type[Any]) -> type[Any]:
    """Have phones show digits for the field of a code, and offer the code of the letter."""
    form.base_fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
    return form


@bound_texts
@name_address_errors
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
