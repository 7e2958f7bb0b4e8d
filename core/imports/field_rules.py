"""Where the value of one field comes from, and how its text is translated."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from core.date_rules import check_day
from core.errors import Invalid
from core.imports.fields import ImportField
from core.imports.toml_table import Texts

_NUMBER_PATTERN = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Translation:
    """Translate the words of the file into ours: by the whole text, by words in it, or by its first number.

    `contained_words` are tried in their order. `thresholds` are pairs of the least number and its value, ascending.
    """

    exact: Mapping[str, Texts]
    contained_words: tuple[tuple[str, Texts], ...]
    thresholds: tuple[tuple[int, Texts], ...]
    unknown: str

    def __bool__(self) -> bool:
        return bool(self.exact or self.contained_words or self.thresholds)

    def translate(self, text: str) -> Texts | None:
        """Return our texts for `text`; () when it means nothing by the mapping, None when the mapping lacks it."""
        values = self.exact.get(text.casefold())
        if values is None and self.contained_words:
            padded = normalize_words(text)
            values = next((texts for word, texts in self.contained_words if word in padded), None)
        if values is None and self.thresholds and (number := _NUMBER_PATTERN.search(text)):
            reached = bisect_right(self.thresholds, int(number[0].replace(",", "")[:12]), key=lambda step: step[0])
            values = self.thresholds[reached - 1][1] if reached else None
        return values


@dataclass(frozen=True, slots=True)
class WeightedChoice:
    """Pick among values by their weights, always the same one for the same row."""

    values: tuple[Texts, ...]
    cumulative_weights: tuple[float, ...]

    def pick(self, seed: str) -> Texts:
        """Return the value that belongs to this seed."""
        # A hash and not `random`: an import that is repeated must not change the rows.
        share = int.from_bytes(sha256(seed.encode()).digest()[:8], "big") / 2**64
        return self.values[bisect_right(self.cumulative_weights, share * self.cumulative_weights[-1])]


@dataclass(frozen=True, slots=True)
class DateShift:
    """Move dates by `days`, or, with an `origin`, so that `origin` falls `days` after the day of the import."""

    days: int
    origin: date | None

    def move(self, day: date, today: date) -> date:
        """Return the moved date. Raises Invalid when it cannot be stored."""
        try:
            moved = day + timedelta(days=self.days) + (today - self.origin if self.origin else timedelta())
        except OverflowError as error:
            raise Invalid(
                _("%(day)s cannot be moved that far: correct it, or the mapping's `shift`.") % {"day": day}
            ) from error
        check_day(moved, "")
        return moved


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Say where the value of one field comes from. Exactly one of `columns`, `constant` and `choose` is set."""

    field: ImportField
    path: str
    columns: Texts
    join: str
    constant: Texts | None
    choose: WeightedChoice | None
    default: Texts
    split: str
    between: Texts
    translation: Translation
    prefix: str
    format: str
    shift: DateShift | None
    is_assumed: bool


def normalize_words(text: str) -> str:
    """Return the words of `text` in lower case, each after one space.

    So a word is found by its beginning (" account" in " accounting "), and never inside another word.
    """
    return " " + re.sub(r"[\W_]+", " ", text.casefold()).strip() + " "
