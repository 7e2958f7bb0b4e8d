"""Derive the tokens of links in mails from a row's public id and the secret key, so that none has to be stored.

A notice stores no text, so the worker that renders the mail must be able to derive the token again. The row stores a
digest of it.
"""

import hashlib
from base64 import urlsafe_b64encode
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LINK_REPLACED_TEXT = _("This link is not complete, or a newer one has replaced it. Ask us for a new one.")
"""The answer to a candidate's link that is unknown or replaced."""


def derive_link_token(kind: str, public_id: UUID) -> str:
    """Return the token of the row with this public id; `kind` is the type of the notice that has the link."""
    digest = salted_hmac(f"campaigns.{kind}", str(public_id), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")  # mail programs may cut a "=" off the end of a link


def hash_link_token(token: str) -> str:
    """Return the digest of a token to store: it is long and random, so one round without salt is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
