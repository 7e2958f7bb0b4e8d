"""By a digest a form says which sentences its reader was told before they pressed once more."""

import hashlib
from collections.abc import Sequence

from django.utils.functional import Promise

SURE_FIELD = "sure"
"""The hidden field with the digest of what its reader was told; if it is something else by then, that is told first."""


def digest_sentences(sentences: Sequence[str | Promise]) -> str:
    """Return the digest by which a form says what its reader was told; empty where that is nothing."""
    return hashlib.sha256("\n".join(map(str, sentences)).encode()).hexdigest() if sentences else ""
