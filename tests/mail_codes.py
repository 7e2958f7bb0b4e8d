"""Codes in letters."""

import re

from django.core.mail import EmailMessage

CODE = re.compile(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", re.M)


def read_code(letter: EmailMessage) -> str:
    """Return the code of a letter that proves an address."""
    found = CODE.search(str(letter.body))
    assert found is not None, letter.body
    return found[1]
