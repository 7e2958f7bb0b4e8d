"""What may be sent to the API at all: JSON as RFC 7493 (I-JSON) has it, within limits, so that no view has to ask."""

import json
import math
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

MAX_BODY_BYTES = 256 * 1024
MAX_NESTING_DEPTH = 8
"""Levels of objects and lists; what we take has four."""
MAX_MEMBERS = 1000
"""Members of one object or list."""
MAX_BODY_VALUES = 10_000
MAX_SAFE_INTEGER = 2**53 - 1
"""Whole numbers beyond it are not the same for everybody who reads JSON."""


class UnreadableBody(ValueError):
    """The body cannot be taken, for a reason that the message tells its sender."""


def parse_strict_json(body: bytes) -> Any:
    """What a body says. Raises Unreadable for what is not JSON, is ambiguous in it, or is beyond the limits."""
    try:
        said = json.loads(
            body.decode(),
            object_pairs_hook=_refuse_duplicate_keys,
            parse_constant=_refuse_json_constant,
            parse_float=_parse_finite_float,
            parse_int=_parse_safe_integer,
        )
    except UnicodeDecodeError as error:
        raise UnreadableBody(_("The body is not UTF-8. Send JSON in UTF-8.")) from error
    except json.JSONDecodeError as error:
        told = _("The body is not JSON: line %(line)s, column %(column)s.")
        raise UnreadableBody(told % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise UnreadableBody(_too_deep_message()) from error
    _check_limits(said)
    return said


def _refuse_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableBody(_("“%(name)s” is given twice. Give it once.") % {"name": twice[:100]})
    return found


def _refuse_json_constant(name: str) -> Any:
    raise UnreadableBody(_("%(name)s is no number in JSON.") % {"name": name})


def _parse_finite_float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise UnreadableBody(_("A number is too large."))
    return number


def _parse_safe_integer(digits: str) -> int:
    # A number of a million digits is not worked out to learn that it is too large.
    number = int(digits) if len(digits) <= len(str(-MAX_SAFE_INTEGER)) else MAX_SAFE_INTEGER + 1
    if abs(number) > MAX_SAFE_INTEGER:
        raise UnreadableBody(_("A number is too large."))
    return number


def _check_limits(said: Any) -> None:
    """Walks a level at a time, so that depth costs no recursion."""
    level, seen = [said], 0
    for depth in range(MAX_NESTING_DEPTH + 1):
        seen += len(level)
        if seen > MAX_BODY_VALUES:
            raise UnreadableBody(_("The body holds more values than we take: %(most)s.") % {"most": MAX_BODY_VALUES})
        below: list[Any] = []
        for value in level:
            if isinstance(value, str):
                _check_text(value)
            elif isinstance(value, dict | list):
                if depth == MAX_NESTING_DEPTH:
                    raise UnreadableBody(_too_deep_message())
                below += _child_values(value)
        if not below:
            return
        level = below


def _child_values(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    if len(value) > MAX_MEMBERS:
        raise UnreadableBody(_("A list or an object has more members than we take: %(most)s.") % {"most": MAX_MEMBERS})
    if isinstance(value, list):
        return value
    return [*value.keys(), *value.values()]


def _check_text(value: str) -> None:
    if "\0" in value:
        raise UnreadableBody(_("A text holds the character NUL, which cannot be stored. Leave it out."))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UnreadableBody(_("A text holds half of a surrogate pair. Send whole characters.")) from error


def _too_deep_message() -> str:
    return _("The body is nested deeper than we take: %(most)s levels.") % {"most": MAX_NESTING_DEPTH}
