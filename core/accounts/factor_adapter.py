"""allauth's adapter of second factors."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext

from core.accounts.factor_texts import FACTOR_ERROR_MESSAGES
from core.encryption import build_cipher
from core.models import User

_FACTOR_SECRETS = "core.accounts.factors"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's adapter, with encrypted secrets: the database alone is not enough to use a second factor."""

    error_messages = DefaultMFAAdapter.error_messages | FACTOR_ERROR_MESSAGES

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of an authenticator app, or of recovery codes, with our secret key."""
        encrypted: bytes = build_cipher(_FACTOR_SECRETS).encrypt(text.encode())
        return encrypted.decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret; one under an older key too, while that key is among the fallbacks."""
        decrypted: bytes = build_cipher(_FACTOR_SECRETS).decrypt(encrypted_text.encode())
        return decrypted.decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Return the name that a new passkey has until its user gives another: the device, and its number if not 1."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        is_phone = "Mobi" in context.request.headers.get("User-Agent", "")
        if number == 1:
            return gettext("Phone") if is_phone else gettext("Computer")
        return (gettext("Phone %(number)d") if is_phone else gettext("Computer %(number)d")) % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the name that a passkey shows for this site."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Handraiser"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return the account of a passkey, by its public id: numbers in order tell how many accounts were made."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"id": user.public_id.bytes}
