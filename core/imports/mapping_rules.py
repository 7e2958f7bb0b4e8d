"""What a mapping can say about one field: where its value comes from, and how the text there is translated."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate

from core.errors import Invalid
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.toml_table import StrictTable, Texts, read_literals

_SOURCE_KEYS = ("column", "columns", "constant", "choose")
_UNKNOWN_OPTIONS = ("reject", "ignore", "default", "keep")
_NUMBER_PATTERN = re.compile(r"\d[\d,]*")
_MAX_SHIFT_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Translation:
    """From the words of the file to ours: by the whole text, by words in it in their order, or by the first number."""

    exact: Mapping[str, Texts]
    contained_words: tuple[tuple[str, Texts], ...]
    thresholds: tuple[tuple[int, Texts], ...]
    unknown: str

    def __bool__(self) -> bool:
        return bool(self.exact or self.contained_words or self.thresholds)

    def translate(self, text: str) -> Texts | None:
        """Our texts for that one, () when the mapping says that it means nothing, None when it does not say."""
        found = self.exact.get(text.casefold())
        if found is None and self.contained_words:
            padded = _normalize_words(text)
            found = next((ours for word, ours in self.contained_words if word in padded), None)
        if found is None and self.thresholds and (number := _NUMBER_PATTERN.search(text)):
            reached = bisect_right(self.thresholds, int(number[0].replace(",", "")[:12]), key=lambda step: step[0])
            found = self.thresholds[reached - 1][1] if reached else None
        return found


@dataclass(frozen=True, slots=True)
class WeightedChoice:
    """A pick among values by their weights, always the same one for the same row."""

    values: tuple[Texts, ...]
    cumulative_weights: tuple[float, ...]

    def pick(self, seed: str) -> Texts:
        """The value on which this seed falls."""
        share = int.from_bytes(sha256(seed.encode()).digest()[:8], "big") / 2**64
        return self.values[bisect_right(self.cumulative_weights, share * self.cumulative_weights[-1])]


@dataclass(frozen=True, slots=True)
class DateShift:
    """Moves days by a number of days, or so that the day `origin` falls `days` after the day of the import."""

    days: int
    origin: date | None

    def move(self, moved: date, today: date) -> date:
        """The moved day. Raises Invalid when the calendar does not reach that far."""
        try:
            return moved + timedelta(days=self.days) + (today - self.origin if self.origin else timedelta())
        except OverflowError as error:
            raise Invalid(f"{moved} cannot be moved that far: correct it, or the mapping's `shift`.") from error


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where one field comes from. Exactly one of `columns`, `constant` and `choose` is given."""

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


def read_rule(table: StrictTable, field: ImportField, today: date) -> FieldRule:
    """The rule that a table spells for a field. Raises Invalid, naming the key that is wrong."""
    given = [source for source in _SOURCE_KEYS if source in table]
    if len(given) != 1:
        raise Invalid(
            f"{table.path} must say exactly one of {', '.join(_SOURCE_KEYS)}: it says {' and '.join(given) or 'none'}.",
            field=table.path,
        )
    column = table.text("column")
    rule = FieldRule(
        field=field,
        path=table.path,
        columns=(column,) if column else table.texts("columns") or (),
        join=table.text("join", " "),
        constant=_read_checked_texts(table, "constant", field, today),
        choose=_read_choice(table, field, today),
        default=_read_checked_texts(table, "default", field, today) or (),
        split=table.text("split"),
        between=table.texts("between") or (),
        translation=read_translation(table, "map", field, today),
        prefix=table.text("prefix"),
        format=table.text("format"),
        shift=_read_shift(table, field),
        is_assumed=table.flag("assumed"),
    )
    _check_parts(table, rule)
    table.refuse_unused_keys()
    return rule


def read_translation(table: StrictTable, exact: str, field: ImportField, today: date, unknown: str = "") -> Translation:
    """The translation that a table spells: whole texts under the key `exact`, beside `contains` and `steps`."""
    whole = {key.strip().casefold(): ours for key, ours in _read_translations(table, exact, field, today)}
    words = tuple(
        (_normalize_words(key).rstrip(), ours) for key, ours in _read_translations(table, "contains", field, today)
    )
    if any(not word.strip() for word, _ in words):
        raise table.error_at("contains", "must hold words with letters or digits.")
    steps = _read_steps(table, field, today)
    usual = unknown or ("reject" if whole or words or steps else "keep")
    return Translation(whole, words, steps, table.one_of("unknown", usual, _UNKNOWN_OPTIONS))


def check_texts(texts: Texts, path: str, field: ImportField, today: date) -> Texts:
    """These texts, if the field can take them. Raises Invalid."""
    if len(texts) > 1 and not field.is_multiple:
        raise Invalid(f"{path} holds {len(texts)} values, but {field.name} takes one.", field=path)
    for text in texts:
        try:
            field.read(text, today)
        except Invalid as error:
            raise Invalid(f"{path}: {error.message}", field=path) from error
    return texts


def _normalize_words(text: str) -> str:
    """Its words in small letters, each after one space: a word is found by its beginning, not inside another."""
    return " " + re.sub(r"[\W_]+", " ", text.casefold()).strip() + " "


def _read_checked_texts(table: StrictTable, key: str, field: ImportField, today: date) -> Texts | None:
    texts = table.texts(key)
    return texts and check_texts(texts, table.path_of(key), field, today)


def _read_translations(table: StrictTable, key: str, field: ImportField, today: date) -> list[tuple[str, Texts]]:
    inner = table.table(key)
    return [(name, _read_checked_texts(inner, name, field, today) or ()) for name in inner.names()]


def _read_steps(table: StrictTable, field: ImportField, today: date) -> tuple[tuple[int, Texts], ...]:
    steps: list[tuple[int, Texts]] = []
    for step in table.raw("steps") or ():
        if not (isinstance(step, list) and len(step) == 2 and type(step[0]) is int):
            raise table.error_at("steps", "must be a list of pairs like [3, 2]: from this number on, that value.")
        path = table.path_of("steps")
        steps.append((step[0], check_texts(read_literals(step[1], path), path, field, today)))
    if [number for number, _ in steps] != sorted({number for number, _ in steps}):
        raise table.error_at("steps", "must rise from one pair to the next.")
    return tuple(steps)


def _read_choice(table: StrictTable, field: ImportField, today: date) -> WeightedChoice | None:
    if "choose" not in table:
        return None
    inner = table.table("choose")
    values, weights = inner.raw("values") or [], inner.raw("weights")
    inner.refuse_unused_keys()
    if not isinstance(values, list) or not values:
        raise inner.error_at("values", "must be a list of the values to choose among.")
    weights = [1] * len(values) if weights is None else weights
    if not isinstance(weights, list) or len(weights) != len(values):
        raise inner.error_at("weights", f"must be a list of {len(values)} weights, one for each value.")
    if any(type(weight) not in (int, float) or not 0 <= weight <= 1e9 for weight in weights) or not sum(weights):
        raise inner.error_at("weights", "must be numbers that are not negative, and not all of them zero.")
    texts = tuple(
        check_texts(read_literals(value, inner.path_of("values")), inner.path_of("values"), field, today)
        for value in values
    )
    return WeightedChoice(texts, tuple(accumulate(weights)))


def _read_shift(table: StrictTable, field: ImportField) -> DateShift | None:
    if "shift" not in table:
        return None
    if field.read is not fields.read_date:
        raise table.error_at("shift", f"moves days, and {field.name} is none.")
    if not isinstance(table.raw("shift"), dict):
        return DateShift(table.number("shift", 0, -_MAX_SHIFT_DAYS, _MAX_SHIFT_DAYS), None)
    inner = table.table("shift")
    origin, days = inner.raw("from"), inner.number("to", 0, -_MAX_SHIFT_DAYS, _MAX_SHIFT_DAYS)
    inner.refuse_unused_keys()
    if type(origin) is not date:
        raise inner.error_at("from", "must be a day without quotation marks, such as 2018-11-06.")
    return DateShift(days, origin)


def _check_parts(table: StrictTable, rule: FieldRule) -> None:
    if rule.split and not rule.field.is_multiple:
        raise table.error_at("split", f"gives several values, but {rule.field.name} takes one.")
    if rule.between and len(rule.between) != 2:
        raise table.error_at("between", 'must be a pair of marks, such as ["(", ")"].')
    if rule.format and rule.field.read is not fields.read_date:
        raise table.error_at("format", f"says how days are written, and {rule.field.name} is none.")
    if rule.translation.unknown == "default" and not rule.default:
        raise table.error_at("unknown", "is “default”, but there is no `default`: add one.")
    of_columns = ("split", "between", "map", "contains", "steps", "unknown", "prefix", "format", "default", "join")
    for key in () if rule.columns else of_columns:
        if key in table:
            raise table.error_at(key, "has no effect without `column`: remove it.")
