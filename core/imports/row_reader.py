"""Applying a mapping to the cells of one row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.errors import Invalid
from core.imports.importers import ImportedSkill, ImportRow
from core.imports.mapping import ImportMapping, SkillRule
from core.imports.mapping_rules import FieldRule
from core.imports.toml_table import Texts

MAX_KEY_LENGTH = 200
MAX_CELL_VALUES = 200

CellMapping = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _RowContext:
    """Where in which import a rule is applied: what a choice and a moved day depend on."""

    source: str
    key: str
    today: date


def read_row(mapping: ImportMapping, line: int, cells: CellMapping, today: date) -> ImportRow:
    """The row in our fields, with the names of those that the mapping filled in.

    Raises Invalid with everything that is wrong with it, a sentence each.
    """
    place = _RowContext(mapping.source.name, _build_row_key(mapping, cells), today)
    values: dict[str, Any] = {}
    assumed: list[str] = []
    wrong: list[str] = []
    for rule in mapping.rules:
        try:
            value, filled_in = _read_field(rule, cells, place)
        except Invalid as error:
            wrong.append(f"{rule.field.name}: {error.message}")
            continue
        if value is not None:
            values[rule.field.name] = value
            assumed += [rule.field.name] * filled_in
        elif rule.field.required:
            wrong.append(
                f"{rule.field.name}: {_quote_columns(rule.columns)} is empty, and the mapping has no default for it."
            )
    if mapping.skill_rules:
        try:
            values["skills"], filled_in = _read_skill_claims(mapping.skill_rules, cells, place)
            assumed += ["skills"] * filled_in
        except Invalid as error:
            wrong.append(f"skills: {error.message}")
    if wrong:
        raise Invalid(" ".join(wrong))
    return ImportRow(line, place.key, values, tuple(assumed))


def _build_row_key(mapping: ImportMapping, cells: CellMapping) -> str:
    parts = [cells[column].strip() for column in mapping.source.key]
    key = "|".join(parts)
    if not any(parts):
        raise Invalid(f"{_quote_columns(mapping.source.key)} is empty, so the row could not be found again.")
    if len(key) > MAX_KEY_LENGTH:
        raise Invalid(
            f"Its key has {len(key)} characters: name columns under source.key that stay under {MAX_KEY_LENGTH}."
        )
    return key


def _quote_columns(columns: Texts) -> str:
    return " and ".join(f"“{column}”" for column in columns)


def _read_field(rule: FieldRule, cells: CellMapping, place: _RowContext) -> tuple[Any, bool]:
    """The field's value, None when there is none, and whether it is the mapping's."""
    texts, filled_in = _find_texts(rule, cells, place)
    values = tuple(dict.fromkeys(_convert_text(rule, text, place.today) for text in texts))
    if not values:
        return None, False
    if len(values) > 1 and not rule.field.is_multiple:
        raise Invalid(f"{_quote_columns(rule.columns)} gives {len(values)} values where one belongs.")
    return values if rule.field.is_multiple else values[0], filled_in or rule.is_assumed or rule.shift is not None


def _find_texts(rule: FieldRule, cells: CellMapping, place: _RowContext) -> tuple[Texts, bool]:
    if rule.constant is not None:
        return rule.constant, True
    if rule.choose is not None:
        return rule.choose.pick(f"{place.source}|{rule.path}|{place.key}"), True
    found = _translate_cell(rule, rule.join.join(filter(None, (cells[column].strip() for column in rule.columns))))
    return (found, False) if found else (rule.default, True)


def _translate_cell(rule: FieldRule, cell: str) -> Texts:
    """Our texts for a cell; none when it is empty or means nothing, so that the default takes its place."""
    found: list[str] = []
    for part in _split_cell(cell, rule.split, rule.between):
        ours = rule.translation.translate(part) if rule.translation else None
        if ours is None and rule.translation.unknown == "reject":
            raise Invalid(f"“{part[:60]}” is not in the mapping: add it under {rule.path}, or correct the cell.")
        if ours is None and rule.translation.unknown == "keep":
            ours = (_convert_to_iso_date(rule.prefix + part, rule.format),)
        found += ours or ()
    return tuple(found)


def _split_cell(cell: str, split: str, between: Texts) -> list[str]:
    if between:
        start, end = between
        cell = cell.partition(start)[2].partition(end)[0] if end in cell.partition(start)[2] else ""
    parts = [part.strip() for part in (cell.split(split, MAX_CELL_VALUES) if split else [cell])]
    if len(parts) > MAX_CELL_VALUES:
        raise Invalid(f"More than {MAX_CELL_VALUES} values stand in one cell: shorten it.")
    return [part for part in parts if part]


def _convert_to_iso_date(text: str, layout: str) -> str:
    if not layout:
        return text
    try:
        return datetime.strptime(text, layout).date().isoformat()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise Invalid(f"“{text[:40]}” is not a day written like {layout}.") from error


def _convert_text(rule: FieldRule, text: str, today: date) -> Any:
    value = rule.field.read(text, today)
    return rule.shift.move(value, today) if rule.shift else value


def _read_skill_claims(
    rules: tuple[SkillRule, ...], cells: CellMapping, place: _RowContext
) -> tuple[tuple[ImportedSkill, ...], bool]:
    """One claim a skill, at the highest level that any column gives, and whether a level or skill is the mapping's."""
    best: dict[str, ImportedSkill] = {}
    assumed = False
    for rule in rules:
        skills, filled_in = _read_skill_codes(rule, cells)
        if not skills:
            continue
        level, guessed = _read_skill_level(rule, cells, place)
        assumed |= filled_in or guessed or rule.is_assumed
        for skill in skills:
            known = best.get(skill)
            if known is None or (level, rule.wanted) > (known.level, known.wanted):
                best[skill] = ImportedSkill(skill, level, rule.wanted)
    if not best:
        raise Invalid(
            f"{_quote_columns(tuple(dict.fromkeys(rule.column for rule in rules)))} name no skill that the mapping knows."
        )
    return tuple(best.values()), assumed


def _read_skill_codes(rule: SkillRule, cells: CellMapping) -> tuple[Texts, bool]:
    found: list[str] = []
    for part in _split_cell(cells[rule.column].strip(), rule.split, ()):
        ours = rule.skills.translate(part)
        if ours is None and rule.skills.unknown == "reject":
            raise Invalid(f"“{part[:60]}” is not in the mapping: add it under {rule.path}, or correct the cell.")
        found += ours or ()
    return tuple(found), False


def _read_skill_level(rule: SkillRule, cells: CellMapping, place: _RowContext) -> tuple[int, bool]:
    if rule.level_from is None:
        return max(1, rule.level - rule.level_reduction), True
    level, guessed = _read_field(rule.level_from, cells, place)
    if level is None:
        raise Invalid(f"{_quote_columns(rule.level_from.columns)} is empty, and {rule.level_from.path} has no default.")
    return max(1, level - rule.level_reduction), guessed
