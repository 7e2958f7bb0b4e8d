"""The fields that an import can fill, and how the text of a cell is read for each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.errors import Invalid
from core.week_mask import WINDOW_PRESETS, Window

CellReader = Callable[[str, date], Any]

_YES_WORDS = frozenset({"yes", "y", "true", "t", "1", "x"})
_NO_WORDS = frozenset({"no", "n", "false", "f", "0"})
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW_PATTERN = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]* (\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", re.IGNORECASE)
_LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImportField:
    """One field. `read` turns a text that is not empty into its value, or raises Invalid with what it should be.

    Its second argument is the day of the import, which days given as "+14" count from. A field of which there are
    `many` has a tuple of values.
    """

    name: str
    read: CellReader
    required: bool = False
    is_multiple: bool = False


def text_reader(longest: int) -> CellReader:
    """Any text up to a length, but none that a spreadsheet would take for a formula."""

    def read(given: str, today: date) -> str:
        if given[0] in "=@" or (given[0] in "+-" and any(sign in given for sign in "(|!")):
            raise Invalid(f"“{given[:40]}” looks like a formula: write it as plain text.")
        if len(given) > longest:
            raise Invalid(f"“{given[:40]}…” has {len(given)} characters: shorten it to {longest}.")
        return given

    return read


def integer_reader(low: int, high: int) -> CellReader:
    """A whole number within bounds; "4.0" is one."""

    def read(given: str, today: date) -> int:
        digits = given.removesuffix(".0")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and low <= int(digits) <= high):
            raise Invalid(f"“{given[:40]}” is not a whole number from {low} to {high}.")
        return int(digits)

    return read


def read_yes_no(given: str, today: date) -> bool:
    """Yes or no, in the usual spellings."""
    word = given.casefold()
    if word not in _YES_WORDS | _NO_WORDS:
        raise Invalid(f"“{given[:40]}” is neither yes nor no.")
    return word in _YES_WORDS


def read_date(given: str, today: date) -> date:
    """A day: 2026-11-03, or "+14" and "-7", counted from the day of the import."""
    try:
        return today + timedelta(days=int(given)) if re.fullmatch(r"[+-]\d{1,4}", given) else date.fromisoformat(given)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            f"“{given[:40]}” is not a day like 2026-11-03: say under `format` how days are written."
        ) from error


def read_email(given: str, today: date) -> str:
    """An address, in lower case."""
    try:
        validate_email(given)
    except ValidationError as error:
        raise Invalid(f"“{given[:60]}” is not an email address.") from error
    return given.lower()


def read_language(given: str, today: date) -> str:
    """A language's code, such as "es"."""
    if not _LANGUAGE_PATTERN.fullmatch(given):
        raise Invalid(f"“{given[:40]}” is not a language code like “en” or “es”.")
    return given.lower()


def choice_reader(options: Iterable[str]) -> CellReader:
    """One of these words, however it is capitalised."""
    known = {option.casefold(): option for option in options}

    def read(given: str, today: date) -> str:
        found = known.get(given.casefold())
        if found is None:
            some = ", ".join(sorted(known.values())[:12])
            raise Invalid(
                f"“{given[:40]}” is not known here. Known are {some}{' and more' if len(known) > 12 else ''}."
            )
        return found

    return read


def read_windows(given: str, today: date) -> tuple[Window, ...]:
    """A preset's name, such as "evenings", or one window, such as "mon 18:00-22:00"."""
    if given.casefold() in WINDOW_PRESETS:
        return WINDOW_PRESETS[given.casefold()]
    parts = _WINDOW_PATTERN.fullmatch(given)
    try:
        if parts is None:
            raise ValueError
        weekday, *clock = parts.groups()
        hour, minute, last_hour, last_minute = map(int, clock)
        last = time(0) if (last_hour, last_minute) == (24, 0) else time(last_hour, last_minute)
        return (Window(_WEEKDAY_NAMES.index(weekday.casefold()), time(hour, minute), last),)
    except ValueError as error:
        raise Invalid(
            f"“{given[:40]}” is neither one of {', '.join(WINDOW_PRESETS)} nor like “mon 18:00-22:00”."
        ) from error
