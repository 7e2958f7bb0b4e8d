"""The switch of languages, which names the address of its page and has a token of its own each time."""

import re

SWITCH = re.compile(rb'<form method="post" action="/language/".*?</form>', re.DOTALL)


def cut_switch(content: bytes) -> bytes:
    """Return a page without its switch: all else is equal where two answers must not be told apart."""
    return SWITCH.sub(b"", content)
