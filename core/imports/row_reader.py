"""Apply a mapping to the cells of one row. Pure: it reads no database and no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports.cell_reader import build_unknown_value_error, split_cell, translate_cell
from core.imports.field_rules import FieldRule
from core.imports.importers import ImportedSkill, ImportRow, RowCheck
from core.imports.mapping import ImportMapping
from core.imports.skill_rules import SkillRule
from core.imports.toml_table import Texts
from core.notifications.moments import join_phrases

MAX_KEY_LENGTH = 200

CellMapping = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _RowContext:
    """The source, the key of the row and the day of the import, on which weighted choices and moved dates depend."""

    source: str
    key: str
    today: date


def read_row(
    mapping: ImportMapping, line: int, cells: CellMapping, today: date, check: RowCheck | None = None
) -> ImportRow:
    """Return the row in our fields, with the names of the fields that the mapping filled in.

    `check` judges what could be read. Raises Invalid with everything that is wrong with the row, by field.
    """
    context = _RowContext(mapping.source.name, _build_row_key(mapping, cells), today)
    values: dict[str, Any] = {}
    assumed: list[str] = []
    errors = FieldErrors()
    for rule in mapping.rules:
        try:
            value, filled_in = _read_field(rule, cells, context)
        except Invalid as error:
            errors.add(rule.field.name, error.message)
            continue
        if value is not None:
            values[rule.field.name] = value
            assumed += [rule.field.name] * filled_in
        elif rule.field.required:
            message = _("%(columns)s is empty, and the mapping has no default for it.")
            errors.add(rule.field.name, message % {"columns": _quote_columns(rule.columns)})
    if mapping.skill_rules:
        try:
            values["skills"], filled_in = _read_skill_claims(mapping.skill_rules, cells, context)
            assumed += ["skills"] * filled_in
        except Invalid as error:
            errors.add("skills", error.message)
    if check is not None:
        with errors.collect():
            check(values, today)
    errors.raise_if_any()
    return ImportRow(line, context.key, values, tuple(assumed))


def _build_row_key(mapping: ImportMapping, cells: CellMapping) -> str:
    parts = [cells[column].strip() for column in mapping.source.key]
    key = "|".join(parts)
    if not any(parts):
        raise Invalid(
            _("%(columns)s is empty, so the row could not be found again.")
            % {"columns": _quote_columns(mapping.source.key)}
        )
    if len(key) > MAX_KEY_LENGTH:
        raise Invalid(
            _("Its key has %(length)s characters: name columns under source.key that stay under %(limit)s.")
            % {"length": len(key), "limit": MAX_KEY_LENGTH}
        )
    return key


def _quote_columns(columns: Texts) -> str:
    quoted = [f"“{column}”" for column in columns]
    return join_phrases(quoted)


def _read_field(rule: FieldRule, cells: CellMapping, context: _RowContext) -> tuple[Any, bool]:
    """Return the field's value, or None, and whether the mapping filled it in."""
    texts, filled_in = _find_texts(rule, cells, context)
    values = tuple(dict.fromkeys(_convert_text(rule, text, context.today) for text in texts))
    if not values:
        return None, False
    if len(values) > 1 and not rule.field.is_multiple:
        raise Invalid(
            _("%(columns)s gives %(count)s values where one belongs.")
            % {"columns": _quote_columns(rule.columns), "count": len(values)}
        )
    return values if rule.field.is_multiple else values[0], filled_in or rule.is_assumed or rule.shift is not None


def _find_texts(rule: FieldRule, cells: CellMapping, context: _RowContext) -> tuple[Texts, bool]:
    if rule.constant is not None:
        return rule.constant, True
    if rule.choose is not None:
        return rule.choose.pick(f"{context.source}|{rule.path}|{context.key}"), True
    texts = translate_cell(rule, rule.join.join(filter(None, (cells[column].strip() for column in rule.columns))))
    return (texts, False) if texts else (rule.default, True)


def _convert_text(rule: FieldRule, text: str, today: date) -> Any:
    value = rule.field.read(text, today)
    return rule.shift.move(value, today) if rule.shift else value


def _read_skill_claims(
    rules: tuple[SkillRule, ...], cells: CellMapping, context: _RowContext
) -> tuple[tuple[ImportedSkill, ...], bool]:
    """Return one claim a skill, at the highest level that any column gives, and whether the mapping assumed any."""
    best: dict[str, ImportedSkill] = {}
    assumed = False
    for rule in rules:
        skills, filled_in = _read_skill_codes(rule, cells)
        if not skills:
            continue
        level, is_level_assumed = _read_skill_level(rule, cells, context)
        assumed |= filled_in or is_level_assumed or rule.is_assumed
        for skill in skills:
            claim = best.get(skill)
            if claim is None or (level, rule.wants_to_use) > (claim.level, claim.wants_to_use):
                best[skill] = ImportedSkill(skill, level, rule.wants_to_use)
    if not best:
        raise Invalid(
            _("%(columns)s name no skill that the mapping knows.")
            % {"columns": _quote_columns(tuple(dict.fromkeys(rule.column for rule in rules)))}
        )
    return tuple(best.values()), assumed


def _read_skill_codes(rule: SkillRule, cells: CellMapping) -> tuple[Texts, bool]:
    codes: list[str] = []
    for part in split_cell(cells[rule.column].strip(), rule.split, ()):
        translated = rule.skills.translate(part)
        if translated is None and rule.skills.unknown == "reject":
            raise build_unknown_value_error(part, rule.path)
        codes += translated or ()
    return tuple(codes), False


def _read_skill_level(rule: SkillRule, cells: CellMapping, context: _RowContext) -> tuple[int, bool]:
    if rule.level_from is None:
        return max(1, rule.level - rule.level_reduction), True
    level, is_level_assumed = _read_field(rule.level_from, cells, context)
    if level is None:
        raise Invalid(
            _("%(columns)s is empty, and %(key)s has no default.")
            % {"columns": _quote_columns(rule.level_from.columns), "key": rule.level_from.path}
        )
    return max(1, level - rule.level_reduction), is_level_assumed
