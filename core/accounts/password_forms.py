"""allauth's forms of a sign-in by password and of a new password, with what they lack, for pages and for apps."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.headless.account.inputs import LoginInput as HeadlessLoginInput
from allauth.headless.account.inputs import RequestPasswordResetInput as HeadlessPasswordResetRequestInput
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.address_field import build_address_field, name_address_errors
from core.accounts.code_letters import count_letter
from core.accounts.text_bounds import bound_texts
from core.email_addresses import fold_address
from core.errors import TooManyRequests


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


@bound_texts
class LoginForm(account_forms.LoginForm):  # type: ignore[misc]
    """The form of the sign-in page, on which the link to a new password stands below the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"] = build_address_field(self.fields["login"])
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
@name_address_errors
class PasswordResetForm(FoldedResetMixin, account_forms.ResetPasswordForm):  # type: ignore[misc]
    """The form that asks for a new password."""


@bound_texts
class PasswordResetRequestInput(FoldedResetMixin, HeadlessPasswordResetRequestInput):  # type: ignore[misc]
    """The body that asks for a new password in the API."""
