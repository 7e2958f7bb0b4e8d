"""What may be sent to the API at all: JSON as RFC 7493 (I-JSON) has it, within limits, so that no view has to ask."""

import json
import math
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES = 256 * 1024
DEEPEST = 8
"""Levels of objects and lists; what we take has four."""
WIDEST = 1000
"""Members of one object or list."""
MOST_VALUES = 10_000
LARGEST = 2**53 - 1
"""Whole numbers beyond it are not the same for everybody who reads JSON."""


class Unreadable(ValueError):
    """The body cannot be taken, for a reason that the message tells its sender."""


def read(body: bytes) -> Any:
    """What a body says. Raises Unreadable for what is not JSON, is ambiguous in it, or is beyond the limits."""
    try:
        said = json.loads(
            body.decode(), object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite, parse_int=_exact
        )
    except UnicodeDecodeError as error:
        raise Unreadable(_("The body is not UTF-8. Send JSON in UTF-8.")) from error
    except json.JSONDecodeError as error:
        told = _("The body is not JSON: line %(line)s, column %(column)s.")
        raise Unreadable(told % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise Unreadable(_too_deep()) from error
    _measure(said)
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(_("“%(name)s” is given twice. Give it once.") % {"name": twice[:100]})
    return found


def _no_number(name: str) -> Any:
    raise Unreadable(_("%(name)s is no number in JSON.") % {"name": name})


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Unreadable(_("A number is too large."))
    return number


def _exact(digits: str) -> int:
    # A number of a million digits is not worked out to learn that it is too large.
    number = int(digits) if len(digits) <= len(str(-LARGEST)) else LARGEST + 1
    if abs(number) > LARGEST:
        raise Unreadable(_("A number is too large."))
    return number


def _measure(said: Any) -> None:
    """Walks a level at a time, so that depth costs no recursion."""
    level, seen = [said], 0
    for depth in range(DEEPEST + 1):
        seen += len(level)
        if seen > MOST_VALUES:
            raise Unreadable(_("The body holds more values than we take: %(most)s.") % {"most": MOST_VALUES})
        below: list[Any] = []
        for value in level:
            if isinstance(value, str):
                _text(value)
            elif isinstance(value, dict | list):
                if depth == DEEPEST:
                    raise Unreadable(_too_deep())
                below += _members(value)
        if not below:
            return
        level = below


def _members(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    if len(value) > WIDEST:
        raise Unreadable(_("A list or an object has more members than we take: %(most)s.") % {"most": WIDEST})
    if isinstance(value, list):
        return value
    return [*value.keys(), *value.values()]


def _text(value: str) -> None:
    if "\0" in value:
        raise Unreadable(_("A text holds the character NUL, which cannot be stored. Leave it out."))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(_("A text holds half of a surrogate pair. Send whole characters.")) from error


def _too_deep() -> str:
    return _("The body is nested deeper than we take: %(most)s levels.") % {"most": DEEPEST}
