"""Parse request bodies: JSON as defined by RFC 7493 (I-JSON), within limits, so that no view has to check either."""

import json
import math
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.visible_text import MAX_MARKS_IN_A_ROW, find_unshowable_character, has_stacked_marks, looks_empty

MAX_NESTING_DEPTH = 8
"""Levels of objects and lists in a body; our own requests have at most four."""
MAX_MEMBERS = 1000
"""Members of one object or list."""
MAX_BODY_VALUES = 10_000
MAX_SAFE_INTEGER = 2**53 - 1
"""Larger whole numbers lose digits in parsers that read numbers as doubles (RFC 7493, section 2.2)."""


class UnreadableBody(ValueError):
    """The body cannot be read; the message tells the caller why."""


def parse_strict_json(body: bytes) -> Any:
    """Parse a body. Raises UnreadableBody when it is no JSON, is ambiguous, or exceeds a limit."""
    try:
        content = json.loads(
            body.decode(),
            object_pairs_hook=_refuse_duplicate_keys,
            parse_constant=_refuse_json_constant,
            parse_float=_parse_finite_float,
            parse_int=_parse_safe_integer,
        )
    except UnicodeDecodeError as error:
        raise UnreadableBody(_("The body is not UTF-8. Send JSON in UTF-8.")) from error
    except json.JSONDecodeError as error:
        message = _("The body is not JSON: look at line %(line)s, column %(column)s.")
        raise UnreadableBody(message % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise UnreadableBody(_too_deep_message()) from error
    _check_limits(content)
    return content


def _refuse_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _value in pairs]
        duplicate = next(name for name in names if names.count(name) > 1)
        raise UnreadableBody(_("“%(name)s” is given twice. Give it once.") % {"name": duplicate[:100]})
    return content


def _refuse_json_constant(name: str) -> Any:
    raise UnreadableBody(_("%(name)s is no number in JSON. Send a number, or null.") % {"name": name})


def _parse_finite_float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise UnreadableBody(_("A number is too large. Send a smaller one."))
    return number


def _parse_safe_integer(digits: str) -> int:
    # The length is checked first: converting a million digits takes seconds, only to find the number too large.
    number = int(digits) if len(digits) <= len(str(-MAX_SAFE_INTEGER)) else MAX_SAFE_INTEGER + 1
    if abs(number) > MAX_SAFE_INTEGER:
        raise UnreadableBody(_("A number is too large. Send a smaller one."))
    return number


def _check_limits(content: Any) -> None:
    # One level at a time, so that depth costs no recursion.
    level, value_count = [content], 0
    for depth in range(MAX_NESTING_DEPTH + 1):
        value_count += len(level)
        if value_count > MAX_BODY_VALUES:
            raise UnreadableBody(
                _("The body holds more than %(limit)s values. Send less at once.") % {"limit": MAX_BODY_VALUES}
            )
        next_level: list[Any] = []
        for value in level:
            if isinstance(value, str):
                _check_text(value)
            elif isinstance(value, dict | list):
                if depth == MAX_NESTING_DEPTH:
                    raise UnreadableBody(_too_deep_message())
                next_level += _child_values(value)
        if not next_level:
            return
        level = next_level


def _child_values(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    if len(value) > MAX_MEMBERS:
        raise UnreadableBody(
            _("A list or an object has more than %(limit)s members. Send less at once.") % {"limit": MAX_MEMBERS}
        )
    if isinstance(value, list):
        return value
    return [*value.keys(), *value.values()]


def describe_unreadable_text(text: str) -> str:
    """Return what is wrong with a text that cannot be shown, or that shows nothing; empty for any other."""
    unshowable = find_unshowable_character(text)
    if unshowable is not None:
        message = _("A text holds the character %(code)s, which cannot be shown. Leave it out.")
        return message % {"code": f"U+{ord(unshowable):04X}"}
    if has_stacked_marks(text):
        message = _("A text holds more than %(limit)s accents or invisible characters on one letter. Leave some out.")
        return message % {"limit": MAX_MARKS_IN_A_ROW}
    if looks_empty(text):
        return _("A text holds only characters that show nothing. Write something, or leave it empty.")
    return ""


def _check_text(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UnreadableBody(_("A text holds half of a surrogate pair. Send whole characters.")) from error
    if message := describe_unreadable_text(value):
        raise UnreadableBody(message)


def _too_deep_message() -> str:
    return _("The body is nested deeper than %(limit)s levels. Send it flatter.") % {"limit": MAX_NESTING_DEPTH}
