"""The change of a password, which needs the one of today, for pages and for the API."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.headless.account.inputs import ChangePasswordInput

from core.accounts.text_bounds import bound_texts
from core.models import User


def check_current_password(user: User, password: str) -> None:
    """Raise ValidationError unless the password is the user's, or after too many wrong ones."""
    if not get_adapter().reauthenticate(user, password):
        raise get_adapter().validation_error("enter_current_password")


@bound_texts
class PasswordChangeForm(ChangePasswordForm):  # type: ignore[misc]
    """The form that changes a password. Wrong ones are counted."""

    def clean_oldpassword(self) -> str:
        """Return the password of today. Raises ValidationError."""
        password: str = self.cleaned_data["oldpassword"]
        check_current_password(self.user, password)
        return password


@bound_texts
class PasswordChangeInput(ChangePasswordInput):  # type: ignore[misc]
    """The body that changes a password in the API."""

    def clean_current_password(self) -> str:
        """Return the password of today, or nothing where the account has none. Raises ValidationError."""
        password: str = self.cleaned_data["current_password"]
        if self.user.has_usable_password():
            check_current_password(self.user, password)
        return password
