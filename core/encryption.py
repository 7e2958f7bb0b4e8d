"""Encryption of what the database alone must not tell, with the installation's secret key."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def build_cipher(purpose: str) -> MultiFernet:
    """Return a cipher with a key of its own for each purpose; it reads what an older secret key wrote, too.

    The older keys are in SECRET_KEY_FALLBACKS. `decrypt` raises cryptography's InvalidToken.
    """
    keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"{purpose} {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
