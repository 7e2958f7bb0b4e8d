"""How allauth, which signs people up and in, does it here."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest

from core.actions.second_factor import end_sessions
from core.models import User
from core.second_factor import factors_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's own ways, but for mail: an account says nothing about politics, so neither does its mail."""

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is, on one line, without the site's name before it."""
        return " ".join(subject.split())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Reviewers go to their proposals, everybody else home."""
        user: Any = request.user
        return "/admin/" if isinstance(user, User) and user.is_reviewer else "/"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's own ways with second factors, but for secrets, which the database alone cannot tell."""

    def encrypt(self, text: str) -> str:
        """The secret of an authenticator app, or of recovery codes, under our secret key."""
        kept: bytes = _box().encrypt(text.encode())
        return kept.decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; one that was kept under an older key is read as long as that key is among the fallbacks."""
        plain: bytes = _box().decrypt(encrypted_text.encode())
        return plain.decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Handraiser"}


def _box() -> MultiFernet:
    keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"core.accounts.factors {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Whoever sets up their first factor has just used it, so this session counts; every other one ends.

    Nobody who has a factor is then signed in without it anywhere. A further factor proves nothing: a session that was
    not signed in to with the first must not prove itself with one of its own making.
    """
    is_factor = authenticator.type != Authenticator.Type.RECOVERY_CODES
    if not is_factor or factors_of(user).exclude(pk=authenticator.pk).exists():
        return
    end_sessions(user)
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
