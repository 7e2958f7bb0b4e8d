"""How allauth, which signs people up and in, does it here."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from core.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's own ways, but for mail: an account says nothing about politics, so neither does its mail."""

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is, on one line, without the site's name before it."""
        return " ".join(subject.split())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Reviewers go to their proposals, everybody else home."""
        user: Any = request.user
        return "/admin/" if isinstance(user, User) and user.is_reviewer else "/"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's own ways with second factors, but for secrets, which the database alone cannot tell."""

    def encrypt(self, text: str) -> str:
        """The secret of an authenticator app, or of recovery codes, under our secret key."""
        kept: bytes = _build_cipher().encrypt(text.encode())
        return kept.decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; one that was kept under an older key is read as long as that key is among the fallbacks."""
        plain: bytes = _build_cipher().decrypt(encrypted_text.encode())
        return plain.decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Handraiser"}


def _build_cipher() -> MultiFernet:
    keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"core.accounts.factors {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
