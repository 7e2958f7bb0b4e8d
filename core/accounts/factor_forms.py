"""allauth's forms for the codes of a second factor, for pages and for the API's auth clients."""

from typing import Any

from allauth.core import context
from allauth.headless.mfa.inputs import ActivateTOTPInput as HeadlessActivateTOTPInput
from allauth.headless.mfa.inputs import AuthenticateInput as HeadlessAuthenticateInput
from allauth.headless.mfa.inputs import ReauthenticateInput as HeadlessReauthenticateInput
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.factor_texts import describe_code_field, explain_wrong_factor_code
from core.accounts.mfa import list_factor_types
from core.accounts.pending_totp import find_pending_secret, store_pending_secret
from core.accounts.text_bounds import bound_texts
from core.accounts.wrong_code import name_too_many_factors
from core.models import User


class UsedCodeMixin:
    """The code that confirms an authenticator app. It counts as used: else it would also open the first sign-in."""

    user: User

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


@bound_texts
class ActivateTOTPForm(UsedCodeMixin, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The form that confirms an authenticator app; loading its page again shows the same secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session, at = context.request.session, timezone.now()
        pending = find_pending_secret(session, at=at)
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that the app shows")
        if not self.is_bound:
            # allauth has just put a new secret into the session.
            self.secret: str = store_pending_secret(session, pending or session[SECRET_SESSION_KEY], at=at)


@bound_texts
class ActivateTOTPInput(UsedCodeMixin, HeadlessActivateTOTPInput):  # type: ignore[misc]
    """The body that confirms an authenticator app in the API."""


class FactorCodeMixin:
    """A code of the second factor, which the page asks for by what the account has."""

    user: User
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factor_types = list_factor_types(self.user)
        self.fields["code"].label, self.fields["code"].help_text = describe_code_field(self.factor_types)

    @name_too_many_factors
    def clean_code(self) -> str:
        """Return the code. Raises ValidationError, which says which codes this account can take."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(explain_wrong_factor_code(self.factor_types), code=error.code) from error
        return code


@bound_texts
class FactorForm(FactorCodeMixin, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The form that takes a code of the second factor, at a sign-in."""


@bound_texts
class FactorInput(HeadlessAuthenticateInput):  # type: ignore[misc]
    """The body with such a code in the API."""


@bound_texts
class FactorReauthenticationForm(FactorCodeMixin, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """The form that takes a code of the second factor once more."""


@bound_texts
class FactorReauthenticationInput(HeadlessReauthenticateInput):  # type: ignore[misc]
    """The body with such a code in the API."""
