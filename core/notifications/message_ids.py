"""The ids of our letters: each proves that we wrote it, and to which address.

A delivery report brings the id of the letter back. Without the proof, a stranger who mails a forged report could stop
the letters of another person. It needs no row, so it holds for letters with codes too, whose rows are deleted.
"""

import re
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from core.email_addresses import fold_address

_SALT = "core.notifications.message_ids"
_PROOF_LENGTH = 32
_ID_PATTERN = re.compile(rf"<([0-9a-f-]{{36}})\.([0-9a-f]{{{_PROOF_LENGTH}}})@([^\s<>@]{{1,253}})>")


def build_message_id(name: UUID, *, to: str) -> str:
    """Return the `Message-ID` of the letter with this name to an address; the same one each time."""
    return f"<{name}.{_derive_proof(str(name), to, settings.SECRET_KEY)}@{settings.MAIL_DOMAIN}>"


def is_own_message_id(text: str, *, to: str) -> bool:
    """Return whether a `Message-ID` is one that we gave to a letter to this address, under this key or an older one."""
    found = _ID_PATTERN.fullmatch(text.strip())
    if found is None or found[3].lower() != settings.MAIL_DOMAIN.lower():
        return False
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(found[2], _derive_proof(found[1], to, key)) for key in keys)


def _derive_proof(name: str, to: str, key: str) -> str:
    digest = salted_hmac(_SALT, f"{name} {fold_address(to)}", secret=key, algorithm="sha256").hexdigest()
    return digest[:_PROOF_LENGTH]
