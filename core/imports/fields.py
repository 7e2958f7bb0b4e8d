"""Describe the fields that an import can fill, and read the text of a cell for each of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.date_rules import check_day
from core.email_addresses import MAX_EMAIL_LENGTH, normalize_address
from core.errors import Invalid
from core.spoken_languages import LANGUAGE_NAMES
from core.visible_text import (
    MAX_ONE_LINE_LENGTH,
    find_unshowable_character,
    has_line_break,
    has_stacked_marks,
    looks_empty,
)
from core.week_mask import WINDOW_PRESETS, Window

CellReader = Callable[[str, date], Any]

_YES_WORDS = frozenset({"yes", "y", "true", "t", "1", "x"})
_NO_WORDS = frozenset({"no", "n", "false", "f", "0"})
_DAYS_PATTERN = re.compile(r"[+-][0-9]{1,4}")
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW_PATTERN = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]* (\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImportField:
    """One field that a mapping can fill.

    `read` turns a text that is not empty into the field's value, or raises Invalid with what it should be. Its second
    argument is the day of the import: dates given as "+14" count from it. A field that `is_multiple` has a tuple of
    values.
    """

    name: str
    read: CellReader
    required: bool = False
    is_multiple: bool = False


def text_reader(max_length: int) -> CellReader:
    """Return a reader of texts of at most `max_length` characters.

    It refuses what a spreadsheet would take for a formula: the text may be exported again and opened there.
    """

    def read(text: str, today: date) -> str:
        if find_unshowable_character(text) is not None or has_stacked_marks(text) or looks_empty(text):
            raise Invalid(
                _("“%(text)s” has characters that cannot be shown: write it without them.") % {"text": ascii(text[:40])}
            )
        if max_length <= MAX_ONE_LINE_LENGTH and has_line_break(text):
            raise Invalid(
                _("“%(text)s” has several lines: write it on one, without tabs.")
                % {"text": " ".join(text.split())[:40]}
            )
        if text[0] in "=@" or (text[0] in "+-" and any(sign in text for sign in "(|!")):
            raise Invalid(_("“%(text)s” looks like a formula: write it as plain text.") % {"text": text[:40]})
        if len(text) > max_length:
            raise Invalid(
                _("“%(text)s…” has %(length)s characters: shorten it to %(limit)s.")
                % {"text": text[:40], "length": len(text), "limit": max_length}
            )
        return text

    return read


def integer_reader(low: int, high: int) -> CellReader:
    """Return a reader of whole numbers from `low` to `high`; it takes "4.0", which spreadsheets write for 4."""

    def read(text: str, today: date) -> int:
        digits = text.removesuffix(".0")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and low <= int(digits) <= high):
            raise Invalid(
                _("“%(text)s” is not a whole number from %(low)s to %(high)s.")
                % {"text": text[:40], "low": low, "high": high}
            )
        return int(digits)

    return read


def read_yes_no(text: str, today: date) -> bool:
    """Read yes or no in the usual spellings. Raises Invalid for any other text."""
    word = text.casefold()
    if word not in _YES_WORDS | _NO_WORDS:
        raise Invalid(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
    return word in _YES_WORDS


def read_date(text: str, today: date) -> date:
    """Read a date: 2026-11-03, or "+14" and "-7", which count from `today`. Raises Invalid for any other text."""
    try:
        day = today + timedelta(days=int(text)) if _DAYS_PATTERN.fullmatch(text) else date.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            _("“%(text)s” is not a day like 2026-11-03: say under `format` how days are written.") % {"text": text[:40]}
        ) from error
    check_day(day, "")
    return day


def read_email(text: str, today: date) -> str:
    """Read an email address and return it as it is stored. Raises Invalid for any other text."""
    if len(text) > MAX_EMAIL_LENGTH:
        normalize_address(text)  # says how long it may be
    try:
        validate_email(text)
    except ValidationError as error:
        raise Invalid(_("“%(text)s” is not an email address.") % {"text": text[:60]}) from error
    return normalize_address(text)


def read_language(text: str, today: date) -> str:
    """Read the code of a language, such as "es"; a region, as in "es-MX", is left out. Raises Invalid for others."""
    code = text.lower().partition("-")[0]
    if code not in LANGUAGE_NAMES:
        raise Invalid(_("“%(text)s” is not a language code like “en” or “es”.") % {"text": text[:40]})
    return code


def choice_reader(options: Iterable[str]) -> CellReader:
    """Return a reader of these words, in any capitalisation; it returns them as they stand in `options`."""
    options_by_word = {option.casefold(): option for option in options}

    def read(text: str, today: date) -> str:
        option = options_by_word.get(text.casefold())
        if option is None:
            values = {"text": text[:40], "options": ", ".join(sorted(options_by_word.values())[:12])}
            if len(options_by_word) > 12:
                raise Invalid(_("“%(text)s” is not known here. Known are %(options)s and more.") % values)
            raise Invalid(_("“%(text)s” is not known here. Known are %(options)s.") % values)
        return option

    return read


def read_windows(text: str, today: date) -> tuple[Window, ...]:
    """Read a preset's name, such as "evenings", or one window, such as "mon 18:00-22:00". Raises Invalid."""
    if text.casefold() in WINDOW_PRESETS:
        return WINDOW_PRESETS[text.casefold()]
    parts = _WINDOW_PATTERN.fullmatch(text)
    try:
        if parts is None:
            raise ValueError
        weekday, *clock = parts.groups()
        hour, minute, last_hour, last_minute = map(int, clock)
        last = time(0) if (last_hour, last_minute) == (24, 0) else time(last_hour, last_minute)
        return (Window(_WEEKDAY_NAMES.index(weekday.casefold()), time(hour, minute), last),)
    except ValueError as error:
        raise Invalid(
            _("“%(text)s” is neither one of %(presets)s nor like “mon 18:00-22:00”.")
            % {"text": text[:40], "presets": ", ".join(WINDOW_PRESETS)}
        ) from error
