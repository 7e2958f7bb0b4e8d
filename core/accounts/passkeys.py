"""Passkeys, for pages and for the API: what may be sent as one, how many an account has, and whose one is."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import UUID

from allauth.account.utils import url_str_to_user_pk
from allauth.headless.internal.restkit.inputs import Input
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from core.accounts.wrong_code import name_too_many_factors
from core.models import User
from core.one_line_texts import check_one_line

MAX_PASSKEYS_PER_USER = 10
MAX_PASSKEY_NAME_LENGTH = 100
MAX_PASSKEY_CHARACTERS = 20_000
"""Of what a browser sends of a passkey. A long one, with a certificate of its maker, has some thousands."""


class PasskeyField(forms.JSONField):
    """What a browser sends of a passkey, as JSON. It is never shown again: each one answers one question."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)
        self.max_length = MAX_PASSKEY_CHARACTERS  # of the text, which `to_python` judges

    def to_python(self, value: Any) -> Any:
        """Return the object. Raises ValidationError."""
        if isinstance(value, str) and len(value) > MAX_PASSKEY_CHARACTERS:
            raise _unreadable_error()
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise _unreadable_error() from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return nothing to show."""
        return InvalidJSONInput("")


def read_new_passkey(sent: Any) -> dict[str, Any]:
    """Return those parts of a new passkey that are stored. Raises ValidationError for what is none."""
    credential = _pick_parts(sent, ("clientDataJSON", "attestationObject"))
    parsed: RegistrationResponse = _parse(RegistrationResponse.from_dict, credential)
    data = parsed.response.attestation_object.auth_data.credential_data
    if data is None or not _can_verify(data.public_key):
        raise _unreadable_error()
    extensions = sent.get("clientExtensionResults")
    properties = extensions.get("credProps") if isinstance(extensions, dict) else None
    is_resident = properties.get("rk") if isinstance(properties, dict) else None
    return credential | {"clientExtensionResults": {"credProps": {"rk": is_resident is True}}}


def read_passkey_answer(sent: Any) -> dict[str, Any]:
    """Return those parts of an answer that prove a passkey. Raises ValidationError for what is none."""
    answer = _pick_parts(sent, ("clientDataJSON", "authenticatorData", "signature"))
    if isinstance(sent["response"].get("userHandle"), str):
        answer["response"]["userHandle"] = sent["response"]["userHandle"]
    _parse(AuthenticationResponse.from_dict, answer)
    return answer


def find_passkey_owner(answer: dict[str, Any]) -> User:
    """Return the user that the passkey names. Raises ValidationError.

    It names the public id of its user; one that was made before names the number.
    """
    handle = AuthenticationResponse.from_dict(answer).response.user_handle or b""
    try:
        key = {"public_id": UUID(bytes=handle)} if len(handle) == 16 else {"pk": url_str_to_user_pk(handle.decode())}
    except ValueError as error:
        raise get_adapter().validation_error("incorrect_code") from error
    user = User.objects.filter(**key).first()
    if user is None:
        raise get_adapter().validation_error("incorrect_code")
    return user


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


def _pick_parts(sent: Any, parts: tuple[str, ...]) -> dict[str, Any]:
    """Return the texts of a passkey that WebAuthn names, and nothing else. Raises ValidationError."""
    if not isinstance(sent, dict) or not isinstance(sent.get("response"), dict):
        raise _unreadable_error()
    whole = {name: sent.get(name) for name in ("id", "rawId", "type")}
    response = {name: sent["response"].get(name) for name in parts}
    texts = [*whole.values(), *response.values()]
    if not all(isinstance(text, str) for text in texts) or sum(map(len, texts)) > MAX_PASSKEY_CHARACTERS:
        raise _unreadable_error()
    return whole | {"response": response}


def _parse(read: Callable[[Any], Any], credential: dict[str, Any]) -> Any:
    """Return the parsed passkey. Raises ValidationError."""
    try:
        parsed = read(credential)
    except Exception as error:  # the library raises whatever its steps through foreign bytes raise
        raise _unreadable_error() from error
    if not isinstance(parsed.response.client_data.origin, str):
        raise _unreadable_error()
    return parsed


def _can_verify(public_key: Any) -> bool:
    """Return whether the key can be used: one of an unknown kind, or off its curve, would fail at each sign-in."""
    try:
        public_key.verify(b"", b"")
    except InvalidSignature:
        return True
    except Exception:  # as above
        return False
    return False


def _unreadable_error() -> ValidationError:
    return ValidationError(
        _("What your device sent is no passkey that we can read. Try once more, or use another way."), code="invalid"
    )
