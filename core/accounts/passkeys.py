"""Passkeys, for pages and for the API: what may be sent as one, and whose one is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.adapter import get_adapter
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from core.models import User

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
