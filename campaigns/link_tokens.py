"""Tokens of links in mails: made from a row's public id under the secret key, so that none has to be kept.

A notice holds no text, so the worker that writes the mail must be able to make the token again; the row keeps a digest.
"""

import hashlib
from base64 import urlsafe_b64encode
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LINK_REPLACED_TEXT = _("This link is not complete, or a newer one has replaced it. Ask us for a new one.")
"""For whoever comes with a candidate's link that opens nothing."""


def derive_link_token(kind: str, name: UUID) -> str:
    """The token for what is called `name`; `kind` keeps links of different purposes apart."""
    made = salted_hmac(f"campaigns.{kind}", str(name), algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def hash_link_token(token: str) -> str:
    """What is kept of a token: it is long and random, so one round of a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
