"""The forms of passkeys, for pages and for the API."""

from copy import deepcopy
from typing import Any

from allauth.headless.internal.restkit.inputs import Input
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.webauthn import RegistrationResponse

from core.accounts.passkeys import PasskeyField, find_passkey_owner, read_new_passkey, read_passkey_answer
from core.accounts.wrong_code import name_too_many_factors
from core.models import User
from core.one_line_texts import check_one_line

MAX_PASSKEYS_PER_USER = 10
MAX_PASSKEY_NAME_LENGTH = 100


class NewPasskeyMixin(forms.Form):
    """A new passkey. The caller holds the lock of the user, so that two at once do not pass the bound together."""

    credential = PasskeyField()
    user: User

    def clean_credential(self) -> dict[str, Any]:
        """Return the passkey. Raises ValidationError for an unreadable one, for one too many and for a known one."""
        credential = read_new_passkey(self.cleaned_data["credential"])
        if Authenticator.objects.filter(user=self.user, type="webauthn").count() >= MAX_PASSKEYS_PER_USER:
            message = _("You have %(most)s passkeys. Remove one that you no longer use, then add this one.")
            raise ValidationError(message % {"most": MAX_PASSKEYS_PER_USER}, code="too_many_passkeys")
        data = RegistrationResponse.from_dict(credential).response.attestation_object.auth_data.credential_data
        if data is None or auth.get_authenticator_by_credential_id(self.user, data.credential_id) is not None:
            raise ValidationError(
                _("This passkey is on your account already. Use it, or add another one."), code="known_passkey"
            )
        return credential


class PasskeyAnswerMixin(forms.Form):
    """An answer by passkey."""

    credential = PasskeyField()

    @name_too_many_factors
    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered. Raises ValidationError."""
        self.cleaned_data["credential"] = read_passkey_answer(self.cleaned_data["credential"])
        return super().clean_credential()  # type: ignore[misc]


class PasskeyLoginMixin(PasskeyAnswerMixin):
    """A sign-in by passkey alone, which also says whose it is."""

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered. Raises ValidationError."""
        answer = read_passkey_answer(self.cleaned_data["credential"])
        return auth.complete_authentication(find_passkey_owner(answer), answer)


def bound_name(form: type[Any]) -> type[Any]:
    """Bound the name of a passkey, and label it."""
    field = deepcopy(form.base_fields["name"])
    field.label = gettext_lazy("Name of the passkey")
    field.max_length = MAX_PASSKEY_NAME_LENGTH
    field.validators = [*field.validators, MaxLengthValidator(MAX_PASSKEY_NAME_LENGTH), check_one_line]
    field.widget.attrs["maxlength"] = str(MAX_PASSKEY_NAME_LENGTH)
    form.base_fields["name"] = field
    return form


@bound_name
class AddPasskeyForm(NewPasskeyMixin, webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """The form that adds a passkey."""


class AddPasskeyInput(AddPasskeyForm, Input):  # type: ignore[misc]
    """The body that adds a passkey in the API."""


@bound_name
class EditPasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    """The form that renames a passkey."""


class PasskeyLoginForm(PasskeyLoginMixin, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """The form that signs in by passkey."""


class PasskeyLoginInput(PasskeyLoginForm, Input):  # type: ignore[misc]
    """The body that signs in by passkey in the API."""


class PasskeyForm(PasskeyAnswerMixin, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The form that shows a passkey after the password."""


class PasskeyInput(PasskeyForm, Input):  # type: ignore[misc]
    """The body that shows a passkey after the password in the API."""


class PasskeyReauthenticationForm(PasskeyAnswerMixin, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The form that shows a passkey once more."""


class PasskeyReauthenticationInput(PasskeyReauthenticationForm, Input):  # type: ignore[misc]
    """The body that shows a passkey once more in the API."""
