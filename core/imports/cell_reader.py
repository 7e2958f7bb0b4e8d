"""Translate the text of one cell, by the rule of its field."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.imports.field_rules import FieldRule
from core.imports.toml_table import Texts

MAX_CELL_VALUES = 200


def translate_cell(rule: FieldRule, cell: str) -> Texts:
    """Return our texts for a cell; none when it is empty or means nothing, so that the default applies."""
    texts: list[str] = []
    for part in split_cell(cell, rule.split, rule.between):
        translated = rule.translation.translate(part) if rule.translation else None
        if translated is None and rule.translation.unknown == "reject":
            raise build_unknown_value_error(part, rule.path)
        if translated is None and rule.translation.unknown == "keep":
            translated = (_convert_to_iso_date(rule.prefix + part, rule.format),)
        texts += translated or ()
    return tuple(texts)


def build_unknown_value_error(part: str, path: str) -> Invalid:
    """Return the error of a text that the mapping does not know."""
    return Invalid(
        _("“%(text)s” is not in the mapping: add it under %(key)s, or correct the cell.")
        % {"text": part[:60], "key": path}
    )


def split_cell(cell: str, split: str, between: Texts) -> list[str]:
    """Return the values that stand in a cell. Raises Invalid for too many."""
    if between:
        start, end = between
        cell = cell.partition(start)[2].partition(end)[0] if end in cell.partition(start)[2] else ""
    parts = [part.strip() for part in (cell.split(split, MAX_CELL_VALUES) if split else [cell])]
    if len(parts) > MAX_CELL_VALUES:
        raise Invalid(_("More than %(limit)s values stand in one cell: shorten it.") % {"limit": MAX_CELL_VALUES})
    return [part for part in parts if part]


def _convert_to_iso_date(text: str, layout: str) -> str:
    if not layout:
        return text
    try:
        return datetime.strptime(text, layout).date().isoformat()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise Invalid(
            _("“%(text)s” is not a day written like %(layout)s.") % {"text": text[:40], "layout": layout}
        ) from error
