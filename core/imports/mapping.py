"""Read a mapping: the TOML file in which an organisation describes its spreadsheet (docs/reference/mappings.md)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.imports import fields
from core.imports.field_rules import FieldRule
from core.imports.fields import ImportField
from core.imports.importers import Importer
from core.imports.mapping_rules import read_rule
from core.imports.regular_file import check_regular_file
from core.imports.skill_rules import SkillRule, read_skill_rules
from core.imports.toml_table import StrictTable, Texts

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1252", "iso-8859-1", "iso-8859-15", "mac-roman")
MAX_MAPPING_BYTES = 1_000_000

_read_source_name = fields.text_reader(64)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Describe the spreadsheet: its name, the columns that identify a row, and how the file is written."""

    name: str
    key: Texts
    encoding: str
    delimiter: str


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A whole mapping, after all checks."""

    source: SourceFile
    rules: tuple[FieldRule, ...]
    skill_rules: tuple[SkillRule, ...]

    def columns_read(self) -> dict[str, str]:
        """Return every column that is read, with the key of the mapping that reads it."""
        columns = dict.fromkeys(self.source.key, "source.key")
        for rule in self.rules:
            columns |= dict.fromkeys(rule.columns, rule.path)
        for skill_rule in self.skill_rules:
            columns[skill_rule.column] = skill_rule.path
            if skill_rule.level_from:
                columns |= dict.fromkeys(skill_rule.level_from.columns, skill_rule.level_from.path)
        return columns


def load_mapping(path: Path, importer: Importer, today: date) -> ImportMapping:
    """Read the mapping in a file for the rows of `importer`. Raises Invalid: one sentence names the key to correct."""
    root = StrictTable(_parse_toml(path))
    source = _read_source(root.table("source"))
    fields_by_name = {field.name: field for field in importer.fields()}
    inner = root.table("fields")
    rules = tuple(
        read_rule(inner.table(name), _require_known_field(inner, name, fields_by_name), today) for name in inner.names()
    )
    skill_rules = read_skill_rules(root, today) if importer.takes_skills else ()
    root.refuse_unused_keys()
    mapped_names = {rule.field.name for rule in rules}
    for name, field in fields_by_name.items():
        if field.required and name not in mapped_names:
            raise Invalid(
                _("%(key)s is missing: %(kind)s cannot be without it.")
                % {"key": f"fields.{name}", "kind": importer.kind},
                field=f"fields.{name}",
            )
    if importer.takes_skills and not skill_rules:
        raise Invalid(
            _("%(key)s is missing: %(kind)s cannot be without it.") % {"key": "[[skills]]", "kind": importer.kind},
            field="skills",
        )
    return ImportMapping(source, rules, skill_rules)


def _parse_toml(path: Path) -> object:
    check_regular_file(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_MAPPING_BYTES + 1)  # a device has no size
        if len(content) > MAX_MAPPING_BYTES:
            raise Invalid(
                _("%(file)s has more than %(limit)s bytes: that is not a mapping.")
                % {"file": path, "limit": f"{MAX_MAPPING_BYTES:,}"}
            )
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise Invalid(
            _("%(file)s cannot be read: %(reason)s. Name the mapping's file after --mapping.")
            % {"file": path, "reason": error.strerror}
        ) from error
    except RecursionError as error:
        raise Invalid(_("%(file)s is nested too deeply: that is not a mapping.") % {"file": path}) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(
            _("%(file)s is not TOML: %(reason)s. Correct it there.") % {"file": path, "reason": error}
        ) from error


def _require_known_field(table: StrictTable, name: str, fields_by_name: dict[str, ImportField]) -> ImportField:
    if name not in fields_by_name:
        raise table.error_at(name, _("%(key)s is not a field. Fields are %(names)s."), names=", ".join(fields_by_name))
    return fields_by_name[name]


def _read_source(table: StrictTable) -> SourceFile:
    encoding = table.one_of("encoding", "utf-8", ENCODINGS)
    name, key, delimiter = table.text("name"), table.texts("key") or (), table.text("delimiter", ",")
    table.refuse_unused_keys()
    if not name.strip():
        raise table.error_at("name", _("%(key)s is missing: give the spreadsheet a name, which its rows keep."))
    try:
        _read_source_name(name, date.min)
    except Invalid as error:
        raise table.error_at("name", _("%(key)s cannot be used. %(reason)s"), reason=error.message) from error
    if not key:
        raise table.error_at(
            "key", _("%(key)s is missing: name the column, or the columns, that tell one row from another.")
        )
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise table.error_at("delimiter", _('%(key)s must be one character, such as ";" or "\\t".'))
    return SourceFile(name, key, "utf-8-sig" if encoding == "utf-8" else encoding, delimiter)
