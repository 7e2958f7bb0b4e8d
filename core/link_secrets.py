"""Hide the secrets of links from what is logged or stored: who reads a log must not be able to use them.

A secret is the last part of an address below one of `SECRET_FOLDERS`. A test finds each address with such a part.
"""

import re

SECRET_FOLDERS = (
    "accounts/confirm-email",
    "accounts/password/reset/key",
    "calendar",
    "candidate",
    "invitation",
    "join",
    "mail/stop",
    "recovery/stop",
)
HIDDEN_SECRET = "(secret)"

_SLASH = r"(?:/|%2[Ff])"
# In an address that is a value of another one, slashes may be written as %2F. The API names no secret in its addresses.
_SECRET_PART = re.compile(
    rf"(?<!/v1)({_SLASH}(?:{'|'.join(name.replace('/', _SLASH) for name in SECRET_FOLDERS)}){_SLASH})"
    rf"(?:(?!{_SLASH})[^?#&\s\"'\\])+"
)


def hide_link_secrets(text: str) -> str:
    """Return a text without the secret part of each address in it."""
    return _SECRET_PART.sub(rf"\g<1>{HIDDEN_SECRET}", text)
